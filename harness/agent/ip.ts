import { CommandError, type Shell } from './shell.ts';

/**
 * Runs commands of ip(8) in one process, in order, stopping at the first that fails; resolves with
 * what they printed.
 */
export const batch = (
  shell: Shell,
  lines: readonly string[],
  ...options: string[]
): Promise<string> => feed(shell, ['ip', ...options, '-batch', '-'], lines.join('\n'));

/** Loads rules with nft(8) in one transaction. */
export async function loadRules(shell: Shell, rules: string): Promise<void> {
  await feed(shell, ['nft', '-f', '-'], rules);
}

async function feed(shell: Shell, argv: string[], input: string): Promise<string> {
  try {
    return await shell.run(argv, input);
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    error.message += ` (of: ${input.trim().replaceAll('\n', '; ')})`;
    throw error;
  }
}

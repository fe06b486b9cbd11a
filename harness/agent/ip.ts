import { CommandError, type Shell } from './shell.ts';

/**
 * Runs commands of ip(8) in one process, in order, stopping at the first that fails; resolves with
 * what they printed.
 */
export async function batch(
  shell: Shell,
  lines: readonly string[],
  ...options: string[]
): Promise<string> {
  try {
    return await shell.run(['ip', ...options, '-batch', '-'], lines.join('\n'));
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    error.message += ` (of: ${lines.join('; ')})`;
    throw error;
  }
}

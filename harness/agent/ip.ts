import { CommandError, type Shell } from './shell.ts';
import { told } from '../told.ts';

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
    const { argv, why } = error;
    throw new CommandError(argv, told('{why} (of: {lines})', { why, lines: lines.join('; ') }));
  }
}

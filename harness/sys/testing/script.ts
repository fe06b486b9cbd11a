import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';

import { ROOT } from '../../installation.ts';

/**
 * Runs TypeScript in a process of its own, from the repository's root, and returns what it prints.
 * `enter` wraps the command, so that it runs in a network namespace.
 */
export async function runScript(
  source: string,
  enter: (argv: string[]) => string[],
): Promise<string> {
  const node = [process.execPath, '--import', 'tsx', '--input-type=module', '--eval', source];
  const [file = '', ...args] = enter(node);
  const child = spawn(file, args, { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'] });
  const [stdout, stderr, [status]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close') as Promise<[number | null]>,
  ]);
  if (status !== 0) throw new Error(`script failed (${String(status)}): ${stderr}`);
  return stdout;
}

import { spawn } from 'node:child_process';
import { CommandError } from './command.ts';
import { hostEnvironment } from './environment.ts';

/** Runs commands of ip(8) in one process, in order, stopping at the first that fails. */
export async function batch(lines: readonly string[]): Promise<void> {
  await feed(['ip', '-batch', '-'], `${lines.join('\n')}\n`);
}

/** Loads rules with nft(8) in one transaction. */
export async function loadRules(rules: string): Promise<void> {
  await feed(['nft', '-f', '-'], rules);
}

function feed(argv: readonly [string, ...string[]], input: string): Promise<void> {
  const [file, ...args] = argv;
  const child = spawn(file, args, { stdio: ['pipe', 'ignore', 'pipe'], env: hostEnvironment() });
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
  child.stdin.on('error', () => undefined);
  child.stdin.end(input);
  return new Promise((resolve, reject) => {
    child.on('error', (error) => {
      reject(new CommandError(argv, error.message));
    });
    child.on('close', (status) => {
      const what = `${said.trim().split('\n')[0] ?? ''} (of: ${input.trim().replaceAll('\n', '; ')})`;
      if (status === 0) resolve();
      else reject(new CommandError(argv, what));
    });
  });
}

import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { hostEnvironment } from './environment.ts';

const run = promisify(execFile);

/** A tool of the host that failed: the command as typed and the first thing it said. */
export class CommandError extends Error {
  readonly code = 'COMMAND';
  constructor(argv: readonly string[], reason: string) {
    super(`${argv.join(' ')}: ${reason}`);
    this.name = 'CommandError';
  }
}

/** Runs a tool of the host and returns what it printed on stdout. */
export async function command(...argv: [string, ...string[]]): Promise<string> {
  const [file, ...args] = argv;
  try {
    const { stdout } = await run(file, args, { env: hostEnvironment(), maxBuffer: 64 << 20 });
    return stdout;
  } catch (error) {
    throw new CommandError(argv, reasonOf(error as ExecError));
  }
}

interface ExecError extends Error {
  stderr?: string;
  code?: string | number;
}

function reasonOf(error: ExecError): string {
  const said = error.stderr?.trim().split('\n')[0];
  if (said !== undefined && said !== '') return said;
  return error.code === 'ENOENT' ? 'not installed' : `exit status ${String(error.code)}`;
}

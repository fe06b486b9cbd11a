import { execFile } from 'node:child_process';
import { searchFolders } from '../setup/tools.mjs';

/** Milliseconds: none of the commands that are tried here has anything to wait for. */
const TIMEOUT = 10_000;

export interface Tried {
  ok: boolean;
  /** What it printed, or the first thing it complained of. */
  text: string;
}

/** Runs a command to see whether it works. Never rejects. */
export function tryCommand(signal: AbortSignal, file: string, ...args: string[]): Promise<Tried> {
  const env = { ...process.env, LC_ALL: 'C', PATH: searchFolders(process.env['PATH']).join(':') };
  return new Promise((resolve) => {
    const options = { env, timeout: TIMEOUT, killSignal: 'SIGKILL', signal } as const;
    execFile(file, args, options, (error, stdout, stderr) => {
      const complaint = stderr.trim().split('\n')[0] ?? '';
      if (error === null) resolve({ ok: true, text: stdout.trim() || stderr.trim() });
      else resolve({ ok: false, text: complaint || error.message });
    });
  });
}

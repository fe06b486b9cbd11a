import { spawn } from 'node:child_process';
import { closeSync, writeSync } from 'node:fs';
import { ReadStream } from 'node:tty';
import { fileURLToPath } from 'node:url';
import { openPty, openSlave } from '../../../sys/pty.ts';
import { TOKEN, type Run } from '../../../testing/left-behind.ts';

const ROOT = fileURLToPath(new URL('../../../../', import.meta.url));
let started = 0;

/** Somebody at a real terminal at which the command line runs. */
export interface Somebody {
  run: Run;
  /** Resolves when the next stop, or the end, has been printed; false at the end. */
  asked: () => Promise<boolean>;
  press: (key: string) => void;
  /** All that was printed, once it has ended, and its exit status. */
  ended: Promise<{ status: number | null; screen: string }>;
}

/** The last line of a stop. */
const QUESTION = 'q quit';

export function atTerminal(args: string[]): Somebody {
  const token = `walk-${process.pid}-${++started}`;
  const { master, slavePath } = openPty();
  const slave = openSlave(slavePath);
  const child = spawn(process.execPath, ['harness/cli/start/start.mjs', ...args], {
    cwd: ROOT,
    stdio: [slave, slave, slave],
    env: { ...process.env, [TOKEN]: token, NO_COLOR: '1', TERM: 'xterm' },
  });
  const terminal = new ReadStream(master);
  let screen = '';
  let seen = 0;
  let over = false;
  let wake = (): void => undefined;
  terminal.on('data', (chunk: Buffer) => {
    screen += chunk.toString();
    wake();
  });
  terminal.on('error', () => undefined);
  const ended = new Promise<{ status: number | null; screen: string }>((resolve) => {
    child.once('exit', (status) => {
      over = true;
      closeSync(slave);
      terminal.once('close', () => {
        resolve({ status, screen });
      });
      wake();
    });
  });
  const asked = async (): Promise<boolean> => {
    for (;;) {
      const at = screen.indexOf(QUESTION, seen);
      if (at !== -1) {
        seen = at + QUESTION.length;
        return true;
      }
      if (over) return false;
      await new Promise<void>((resolve) => (wake = resolve));
    }
  };
  const press = (key: string): void => {
    writeSync(master, key);
  };
  return { run: { pid: child.pid ?? 0, token }, asked, press, ended };
}

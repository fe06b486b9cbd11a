import { execa } from 'execa';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { TOKEN } from '../testing/left-behind.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const ARGUMENTS = ['harness/cli/start/start.mjs'];

/** What the tests' own environment may say is not to be heard. */
const NEUTRAL = { NO_COLOR: undefined, FORCE_COLOR: undefined, SOCKET_LAB_BACKEND: undefined };

let started = 0;

/** Starts the real command line, as `npm run lab -- ...` does. */
export function lab(args: string[], env: NodeJS.ProcessEnv = {}) {
  const token = `cli-${process.pid}-${++started}`;
  const child = execa(process.execPath, [...ARGUMENTS, ...args], {
    cwd: ROOT,
    env: { ...NEUTRAL, [TOKEN]: token, ...env },
    reject: false,
    stripFinalNewline: false,
  });
  return { child, run: { pid: child.pid ?? 0, token } };
}

/** Process ids of a program under test that this run of the command line started. */
export function programsOf({ token }: { token: string }, name: string): number[] {
  return readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry))
    .filter((pid) => {
      try {
        const read = (file: string): string[] =>
          readFileSync(`/proc/${pid}/${file}`, 'latin1').split('\0');
        return (
          read('environ').includes(`${TOKEN}=${token}`) &&
          read('cmdline').some((argument) => argument.endsWith(`/${name}.cjs`))
        );
      } catch {
        return false;
      }
    })
    .map(Number);
}

import { execa } from 'execa';
import { mkdir, rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { TOKEN } from '../testing/left-behind.ts';
import { processesOf } from '../testing/processes.ts';

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
export const programsOf = (run: { token: string }, name: string): number[] =>
  processesOf(run, new RegExp(`/${name}\\.cjs( |$)`));

/**
 * Runs the command line in a chroot into an empty folder into which the machine's are mounted: its
 * root is no mount point. All mounts are gone with it.
 */
export async function inChroot(args: string[], root: string, env: NodeJS.ProcessEnv = {}) {
  const script = `for folder in /*; do
    if [ -L $folder ]; then cp -P $folder "$ROOT"
    elif [ -d $folder ]; then mkdir "$ROOT$folder" && mount --rbind $folder "$ROOT$folder"
    fi
  done
  exec chroot "$ROOT" sh -c 'cd "$0" && exec "$@"' "$@"`;
  await mkdir(root);
  try {
    const shell = ['-m', '--', 'sh', '-ec', script, 'sh', ROOT, process.execPath];
    return await execa('unshare', [...shell, ...ARGUMENTS, ...args], {
      env: { ...NEUTRAL, ROOT: root, ...env },
      reject: false,
    });
  } finally {
    await rm(root, { recursive: true });
  }
}

import { execa } from 'execa';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DIST, PACKAGED, ROOT } from '../installation.ts';

const SWEEP = PACKAGED
  ? [join(DIST, 'docker-sweep.mjs')]
  : ['--import', 'tsx', fileURLToPath(new URL('docker-sweep.ts', import.meta.url))];

/** Waits for its stdin to end; what it reads before says that there is nothing to do. */
const WAIT = 'read -r over || exec "$@"';

let watching: { over: () => void } | undefined;
let pairs = 0;

/**
 * A container that was made but not started outlives a harness that is killed. While there are any
 * of ours, a shell waits for our end and then removes what the dead have left.
 * @returns to be called when what was to be watched over is gone
 */
export function watchOver(): () => void {
  pairs++;
  watching ??= startWatching();
  return () => {
    if (--pairs > 0) return;
    watching?.over();
    watching = undefined;
  };
}

function startWatching(): { over: () => void } {
  const argv = ['-c', WAIT, 'socket-lab', process.execPath, ...SWEEP];
  const shell = execa('sh', argv, {
    cwd: ROOT,
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
    reject: false,
  });
  shell.unref();
  return {
    over: () => {
      shell.stdin.end('over\n');
    },
  };
}

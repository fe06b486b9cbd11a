import { createReadStream } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type Docker from 'dockerode';
import { $, which } from 'zx';
import { followDocker, type OnProgress } from '../harness/backend/docker-progress.ts';
import { IMAGE_LABEL, ImageError } from '../harness/backend/image-name.ts';
import { debianMirror } from './mirror.ts';
import { told } from '../harness/told.ts';

/** The first Debian release whose own nodejs is 20. */
const SUITE = 'trixie';

const UNNEEDED = ['doc', 'info', 'locale', 'man'];

/**
 * Makes the base from Debian packages and imports it into Docker, untagged.
 * @returns the id of the new image
 * @throws ImageError when mmdebstrap is missing or fails
 */
export async function makeOfflineBase(
  docker: Docker,
  onProgress: OnProgress,
  signal: AbortSignal,
): Promise<string> {
  await requireMmdebstrap();
  const dir = await mkdtemp(join(tmpdir(), 'socket-lab-image-'));
  try {
    // By way of a file: Docker would import the half of a tar that a failure leaves in a pipe.
    const tar = join(dir, 'base.tar');
    await bootstrap(tar, onProgress, signal);
    return await importBase(docker, tar, signal);
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

async function requireMmdebstrap(): Promise<void> {
  if ((await which('mmdebstrap', { nothrow: true })) !== null) return;
  throw new ImageError(
    told('mmdebstrap is not installed; it makes the offline base: apt-get install mmdebstrap'),
  );
}

async function bootstrap(tar: string, onProgress: OnProgress, signal: AbortSignal): Promise<void> {
  const mirror = await debianMirror();
  const packages = await readFile(new URL('packages.txt', import.meta.url), 'utf8');
  const include = ['nodejs', ...packages.trim().split(/\s+/)].join(',');
  const leaveOut = UNNEEDED.map((name) => `--dpkgopt=path-exclude=/usr/share/${name}/*`);
  const node = ownNode();
  onProgress(`mmdebstrap ${SUITE} from ${mirror}`);
  signal.throwIfAborted();
  const command = $({
    nothrow: true,
    quiet: true,
    detached: true,
  })`mmdebstrap --variant=apt ${leaveOut} ${node} --include=${include} ${SUITE} ${tar} ${mirror}`;
  // It cleans its chroot up itself: asked to end as Ctrl-C would, the whole group, and waited for.
  const onAbort = () => {
    const { child } = command;
    if (child?.pid !== undefined && child.exitCode === null) process.kill(-child.pid, 'SIGINT');
  };
  signal.addEventListener('abort', onAbort, { once: true });
  const { exitCode, stderr } = await command;
  signal.removeEventListener('abort', onAbort);
  signal.throwIfAborted();
  if (exitCode === 0) return;
  const params = { suite: SUITE, mirror, why: firstError(stderr) };
  throw new ImageError(told('mmdebstrap {suite} from {mirror} failed: {why}', params), {
    cause: stderr,
  });
}

/**
 * Takes the Node that runs us along, where it runs there too. Debian's stays for where it does not:
 * built without Node's startup snapshot, it takes three times as long to start.
 */
function ownNode(): string[] {
  const path = '/usr/local/bin/node';
  const hooks = [`upload ${process.execPath} ${path}`, `chmod 755 "$1${path}"`];
  const keep = `chroot "$1" ${path} -e 0 2> /dev/null || rm "$1${path}"`;
  return [...hooks, keep].map((hook) => `--customize-hook=${hook}`);
}

/** mmdebstrap and apt mark their errors with `E:`; the first one is the reason. */
function firstError(stderr: string): string {
  const lines = stderr.trim().split('\n');
  return (lines.find((line) => line.startsWith('E:')) ?? lines.at(-1) ?? '').trim();
}

async function importBase(docker: Docker, tar: string, abortSignal: AbortSignal): Promise<string> {
  const answer = await docker.importImage(createReadStream(tar), {
    changes: `LABEL ${IMAGE_LABEL}=base`,
    abortSignal,
  });
  const id = await followDocker(answer, () => undefined);
  if (id?.startsWith('sha256:') !== true) {
    throw new ImageError(
      told('Docker imported the base but named no image: {seen}', { seen: String(id) }),
    );
  }
  return id;
}

import { existsSync } from 'node:fs';
import { BACKENDS, type Backend, type BackendName } from './backend.ts';
import { BackendError } from './errors.ts';

export const WANTED = ['auto', ...BACKENDS] as const;
export type Wanted = (typeof WANTED)[number];

export interface Selection {
  backend: Backend;
  /** Why this one, as printed after its name. */
  reason: string;
}

const DOCKER_SOCKET = '/var/run/docker.sock';

/**
 * The backend to use: with `auto`, Docker when its daemon answers, else network namespaces.
 * @param asker who asked for one by name, as printed: `--backend`
 * @throws BackendError when Docker is asked for and no daemon answers
 */
export async function selectBackend(
  wanted: Wanted,
  env: NodeJS.ProcessEnv,
  asker = '--backend',
): Promise<Selection> {
  if (wanted !== 'auto') {
    const version = wanted === 'docker' ? ` (${await askDocker()})` : '';
    return { backend: await load(wanted), reason: `asked for by ${asker}${version}` };
  }
  // Without a socket there is no need to load the client that would say so.
  const absent = isSocketAbsent(env);
  if (absent !== undefined) return { backend: await load('netns'), reason: absent };
  try {
    return { reason: await askDocker(), backend: await load('docker') };
  } catch (error) {
    if (!(error instanceof BackendError)) throw error;
    return { backend: await load('netns'), reason: error.message };
  }
}

/** Reason why no daemon can be at Docker's usual place; undefined when one may be. */
function isSocketAbsent(env: NodeJS.ProcessEnv): string | undefined {
  const elsewhere = env['DOCKER_HOST'] !== undefined || process.platform === 'win32';
  if (elsewhere || existsSync(DOCKER_SOCKET)) return undefined;
  return `no Docker daemon answers at ${DOCKER_SOCKET}`;
}

async function askDocker(): Promise<string> {
  const { dockerVersion } = await import('./docker.ts');
  return `Docker ${await dockerVersion()} answers`;
}

/** A backend's module brings its client along: only the one that is used is loaded. */
async function load(name: BackendName): Promise<Backend> {
  if (name === 'docker') return (await import('./docker.ts')).docker;
  return (await import('./netns.ts')).netns;
}

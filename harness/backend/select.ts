import { existsSync } from 'node:fs';
import { BACKENDS, type Backend, type BackendName } from './backend.ts';
import { BackendError } from './errors.ts';
import { told, type Told } from '../told.ts';

export const WANTED = ['auto', ...BACKENDS] as const;
export type Wanted = (typeof WANTED)[number];

export interface Selection {
  backend: Backend;
  /** Why this one, as printed after its name. */
  reason: Told;
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
    const reason =
      wanted === 'docker'
        ? told('asked for by {asker} ({seen})', { asker, seen: await askDocker() })
        : told('asked for by {asker}', { asker });
    return { backend: await load(wanted), reason };
  }
  // Without a socket there is no need to load the client that would say so.
  const absent = isSocketAbsent(env);
  if (absent !== undefined) return { backend: await load('netns'), reason: absent };
  try {
    return { reason: await askDocker(), backend: await load('docker') };
  } catch (error) {
    if (!(error instanceof BackendError)) throw error;
    return { backend: await load('netns'), reason: error.told };
  }
}

/** Reason why no daemon can be at Docker's usual place; undefined when one may be. */
function isSocketAbsent(env: NodeJS.ProcessEnv): Told | undefined {
  const elsewhere = env['DOCKER_HOST'] !== undefined || process.platform === 'win32';
  if (elsewhere || existsSync(DOCKER_SOCKET)) return undefined;
  return told('no Docker daemon answers at {socket}', { socket: DOCKER_SOCKET });
}

async function askDocker(): Promise<Told> {
  const { dockerVersion } = await import('./docker.ts');
  return told('Docker {version} answers', { version: await dockerVersion() });
}

/** A backend's module brings its client along: only the one that is used is loaded. */
async function load(name: BackendName): Promise<Backend> {
  if (name === 'docker') return (await import('./docker.ts')).docker;
  return (await import('./netns.ts')).netns;
}

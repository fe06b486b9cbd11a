import { netns } from '../backend/netns.ts';
import { docker, dockerVersion } from '../backend/docker.ts';
import { BACKENDS, type Backend, type BackendName } from '../backend/backend.ts';

const ALL: Record<BackendName, Backend> = { docker, netns };

/**
 * The backends that tests run on: those named in SOCKET_LAB_REQUIRE (`docker,netns`), which must
 * then be there, or whatever this machine has. An ordinary user's `netns` is rootless.
 */
export async function backendsUnderTest(): Promise<Backend[]> {
  const required = process.env['SOCKET_LAB_REQUIRE'];
  if (required !== undefined) return required.split(',').map(known);
  const answers = await dockerVersion().then(
    () => true,
    () => false,
  );
  return answers ? [docker, netns] : [netns];
}

function known(name: string): Backend {
  const found = BACKENDS.find((backend) => backend === name);
  if (found === undefined) {
    throw new Error(`SOCKET_LAB_REQUIRE: no backend '${name}' (backends: ${BACKENDS.join(', ')})`);
  }
  return ALL[found];
}

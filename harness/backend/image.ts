import type Docker from 'dockerode';
import { reasonOf, type OnProgress } from './docker-progress.ts';
import { buildImage } from './image-build.ts';
import { ImageError, imageTag, OFFLINE_BASE } from './image-name.ts';
import { told } from '../told.ts';

export { ImageError, imageTag } from './image-name.ts';

const building = new Map<string, Promise<string>>();

/**
 * The tag of the image, built if it is not there: on the offline base where there is one, else
 * on a pulled base. Labs of one process share a single build.
 * @throws ImageError when it is not there and cannot be built
 */
export async function ensureImage(
  docker: Docker,
  onProgress: OnProgress,
  abortSignal?: AbortSignal,
): Promise<string> {
  const tag = await imageTag();
  if (await imageExists(docker, tag)) return tag;
  const build = building.get(tag) ?? buildOnWhatIsThere(docker, onProgress, abortSignal);
  building.set(tag, build);
  return await build.finally(() => building.delete(tag));
}

async function buildOnWhatIsThere(
  docker: Docker,
  onProgress: OnProgress,
  abortSignal: AbortSignal | undefined,
): Promise<string> {
  const base = (await imageExists(docker, OFFLINE_BASE)) ? OFFLINE_BASE : undefined;
  return await buildImage(docker, base, onProgress, abortSignal);
}

export async function imageExists(docker: Docker, name: string): Promise<boolean> {
  try {
    await docker.getImage(name).inspect();
    return true;
  } catch (cause) {
    if ((cause as { statusCode?: number }).statusCode === 404) return false;
    const params = { image: name, why: reasonOf(cause) };
    throw new ImageError(told('cannot ask Docker for {image}: {why}', params), { cause });
  }
}

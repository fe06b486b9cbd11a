import type Docker from 'dockerode';
import { typed } from '../installation.ts';
import { followDocker, reasonOf, type OnProgress } from './docker-progress.ts';
import { CONTEXT, IMAGE_LABEL, ImageError, imageHash } from './image-name.ts';
import { told, type Told } from '../told.ts';

/**
 * Builds and tags the image. A failed or aborted build leaves neither container nor image.
 * @param base image to build on; without it the Dockerfile's own base, pulled when not there
 * @returns the tag
 * @throws ImageError with Docker's reason
 */
export async function buildImage(
  docker: Docker,
  base: string | undefined,
  onProgress: OnProgress,
  abortSignal?: AbortSignal,
): Promise<string> {
  const hash = await imageHash();
  const tag = `socket-lab:${hash}`;
  const steps = new BuildSteps();
  try {
    const events = await docker.buildImage(CONTEXT, {
      t: tag,
      labels: { [IMAGE_LABEL]: hash },
      ...(base === undefined ? {} : { buildargs: { BASE: base } }),
      ...(abortSignal === undefined ? {} : { abortSignal }),
      ...(await network(docker)),
      rm: true,
      forcerm: true,
    });
    await followDocker(events, (line) => {
      steps.read(line);
      onProgress(line);
    });
    return tag;
  } catch (cause) {
    await steps.removeFrom(docker);
    throw new ImageError(outcome(tag, base, cause), { cause });
  }
}

/**
 * What the machine reaches (its resolver, its mirror) the build reaches too, but where the daemon gives
 * containers users of their own (dockerd(8) --userns-remap): it refuses them the machine's network.
 */
async function network(docker: Docker): Promise<{ networkmode?: 'host' }> {
  const { SecurityOptions } = (await docker.info()) as { SecurityOptions: string[] | null };
  return SecurityOptions?.some((option) => option.startsWith('name=userns'))
    ? {}
    : { networkmode: 'host' };
}

function outcome(image: string, base: string | undefined, cause: unknown): Told {
  const params = { image, why: reasonOf(cause), command: typed('image --offline') };
  return base === undefined
    ? told(
        'cannot build {image} on a pulled base: {why}; without a registry, from Debian packages: {command}',
        params,
      )
    : told(
        'cannot build {image} on the base {base}: {why}; to make the offline base anew: {command}',
        { ...params, base },
      );
}

/** What the classic builder says it has made so far (` ---> ID`, ` ---> Running in ID`). */
class BuildSteps {
  readonly #layers: string[] = [];
  #container: string | undefined;

  read(line: string): void {
    const [, running, id] = /^ ---> (Running in )?([0-9a-f]{12,})$/.exec(line) ?? [];
    if (id === undefined) return;
    if (running === undefined) this.#layers.push(id);
    else this.#container = id;
  }

  /**
   * Removes the last layer and with it those below that nothing else uses. The first one is the
   * base: not ours to remove. The daemon ends an aborted build's container when it gets to it.
   */
  async removeFrom(docker: Docker): Promise<void> {
    const last = this.#layers.slice(1).at(-1);
    if (last === undefined) return;
    try {
      if (this.#container !== undefined) await removed(docker, this.#container);
      const { RepoTags: tags } = await docker.getImage(last).inspect();
      if (tags.length === 0) await removeImage(docker, last);
    } catch {
      // The reason of the failed build matters more; the label lets a later prune find the layer.
    }
  }
}

async function removed(docker: Docker, container: string): Promise<void> {
  try {
    await docker.getContainer(container).wait({ condition: 'removed' });
  } catch (error) {
    if ((error as { statusCode?: number }).statusCode !== 404) throw error;
  }
}

/** @returns false when something uses it (409) or it is not there (404) */
export async function removeImage(docker: Docker, name: string): Promise<boolean> {
  try {
    await docker.getImage(name).remove();
    return true;
  } catch (error) {
    const { statusCode } = error as { statusCode?: number };
    if (statusCode === 404 || statusCode === 409) return false;
    throw error;
  }
}

import type Docker from 'dockerode';
import type { ImageInfo } from 'dockerode';
import { removeImage } from '../harness/backend/image-build.ts';
import { IMAGE_LABEL, OFFLINE_BASE, imageTag } from '../harness/backend/image-name.ts';

/**
 * Removes our images other than the current one and the offline base. One that a container
 * still uses stays: it belongs to a running lab.
 * @returns the names or ids of what was removed
 */
export async function pruneImages(docker: Docker): Promise<string[]> {
  const keep = [await imageTag(), OFFLINE_BASE];
  const ours = await docker.listImages({ filters: { label: [IMAGE_LABEL] } });
  return await removeAll(
    docker,
    ours.filter((image) => !tagsOf(image).some((tag) => keep.includes(tag))),
  );
}

/** Removes what a rebuild has taken the tag from. */
export async function removeUntagged(docker: Docker): Promise<void> {
  const ours = await docker.listImages({ filters: { label: [IMAGE_LABEL] } });
  await removeAll(
    docker,
    ours.filter((image) => tagsOf(image).length === 0),
  );
}

/** Docker writes `<none>:<none>`, null or nothing where there is no tag. */
function tagsOf(image: ImageInfo): string[] {
  const tags = image.RepoTags as string[] | null | undefined;
  return (tags ?? []).filter((tag) => tag !== '<none>:<none>');
}

async function removeAll(docker: Docker, images: ImageInfo[]): Promise<string[]> {
  const removed: string[] = [];
  for (const image of images) {
    const names = tagsOf(image).length === 0 ? [image.Id] : tagsOf(image);
    for (const name of names) {
      if (await removeImage(docker, name)) removed.push(name);
    }
  }
  return removed;
}

import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ToldError } from '../told.ts';

/** Label of every image of ours: the content hash, or `base` on the offline base. */
export const IMAGE_LABEL = 'socket-lab.image';

/** Made by `image --offline` from Debian packages, for machines without a registry. */
export const OFFLINE_BASE = 'socket-lab-base:offline';

/** The build context: everything that goes into the image but its base. */
export const CONTEXT = {
  context: fileURLToPath(new URL('../../docker/', import.meta.url)),
  src: ['Dockerfile', 'packages.txt'],
};

/** The image could not be had. The message is one line and ends in the way out. */
export class ImageError extends ToldError {
  override readonly name = 'ImageError';
}

/** First 12 hex digits of the SHA-256 over the build context. */
export async function imageHash({ context, src } = CONTEXT): Promise<string> {
  const hash = createHash('sha256');
  for (const file of src) {
    const content = await readFile(join(context, file));
    hash.update(`${file} ${content.length}\n`).update(content);
  }
  return hash.digest('hex').slice(0, 12);
}

/**
 * `socket-lab:<hash>`. The base is no part of the hash: pulled or offline, the tools that the
 * harness asks for are the same, and it must find the image whichever way it was built.
 */
export async function imageTag(): Promise<string> {
  return `socket-lab:${await imageHash()}`;
}

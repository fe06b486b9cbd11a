import type Docker from 'dockerode';
import { makeOfflineBase } from '../../../docker/offline-base.ts';
import { pruneImages, removeUntagged } from '../../../docker/prune.ts';
import { connect } from '../../backend/docker-client.ts';
import { reasonOf } from '../../backend/docker-progress.ts';
import { buildImage, removeImage } from '../../backend/image-build.ts';
import { ImageError, OFFLINE_BASE } from '../../backend/image-name.ts';
import type { ImageFlags } from '../command-line.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { abortOnSignals, remark, tell } from '../process.ts';
import { t } from '../language.ts';
import { UsageError } from '../errors.ts';
import { told } from '../../told.ts';

/**
 * `image`: builds the image that hosts run in and prints its tag, or removes earlier ones.
 * @throws UsageError; ImageError when it cannot be built
 */
export async function image({ offline, prune }: ImageFlags): Promise<ExitCode> {
  if (offline === true && prune === true) {
    throw new UsageError(told('--offline and --prune exclude each other'));
  }
  const interruption = new AbortController();
  const { signal } = interruption;
  abortOnSignals(interruption);
  try {
    const docker = await answeringDocker(signal);
    if (prune === true) await pruneAndTell(docker);
    else tell(await (offline === true ? buildOffline : buildOnPulled)(docker, signal));
    return EXIT.passed;
  } catch (error) {
    if (!signal.aborted) throw error;
    remark(`lab: ${t('interrupted')}; ${t('nothing is left behind')}`);
    return EXIT.interrupted;
  }
}

async function answeringDocker(signal: AbortSignal): Promise<Docker> {
  const { docker } = connect({ signal });
  try {
    await docker.ping();
    return docker;
  } catch (cause) {
    const params = { why: reasonOf(cause) };
    throw new ImageError(told('Docker does not answer: {why}; start its daemon', params), {
      cause,
    });
  }
}

async function pruneAndTell(docker: Docker): Promise<void> {
  const removed = await pruneImages(docker);
  const what = removed.join(', ');
  tell(removed.length === 0 ? t('nothing to remove') : t('removed {what}', { what }));
}

async function buildOnPulled(docker: Docker, signal: AbortSignal): Promise<string> {
  const tag = await buildImage(docker, undefined, progress, signal);
  await removeUntagged(docker);
  return tag;
}

async function buildOffline(docker: Docker, signal: AbortSignal): Promise<string> {
  const base = await makeOfflineBase(docker, progress, signal);
  try {
    const tag = await buildImage(docker, base, progress, signal);
    const [repo = '', version = ''] = OFFLINE_BASE.split(':');
    await docker.getImage(base).tag({ repo, tag: version });
    await removeUntagged(docker);
    return tag;
  } catch (error) {
    await removeImage(docker, base);
    throw error;
  }
}

/** To stderr: stdout is the tag alone. */
function progress(line: string): void {
  remark(line);
}

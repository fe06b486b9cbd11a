import { parseArgs } from 'node:util';
import Docker from 'dockerode';
import { reasonOf } from '../harness/backend/docker-progress.ts';
import { buildImage, removeImage } from '../harness/backend/image-build.ts';
import { ImageError, OFFLINE_BASE } from '../harness/backend/image-name.ts';
import { makeOfflineBase } from './offline-base.ts';
import { pruneImages, removeUntagged } from './prune.ts';

const USAGE = `Usage: npm run image [-- --offline | --prune]
  (nothing)   build the image on a pulled base
  --offline   build it on a base made here from Debian packages: no registry needed
  --prune     remove the images of earlier versions`;

// Exit codes as everywhere in the project.
const EXIT = { usage: 2, unable: 3, interrupted: 130 };

const interrupt = new AbortController();
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(name, () => {
    interrupt.abort();
  });
}

process.exitCode = await main();

async function main(): Promise<number> {
  const options = readOptions();
  if (options === undefined) return EXIT.usage;
  try {
    await run(options, new Docker());
    return 0;
  } catch (error) {
    if (interrupt.signal.aborted) {
      console.error('image: interrupted, nothing is left behind');
      return EXIT.interrupted;
    }
    if (!(error instanceof ImageError)) throw error;
    console.error(`image: ${error.message}`);
    return EXIT.unable;
  }
}

interface Options {
  offline: boolean;
  prune: boolean;
  help: boolean;
}

function readOptions(): Options | undefined {
  const flag = { type: 'boolean', default: false } as const;
  try {
    const { values } = parseArgs({ options: { offline: flag, prune: flag, help: flag } });
    if (values.offline && values.prune) throw new Error('--offline and --prune exclude each other');
    return values;
  } catch (error) {
    console.error(`image: ${reasonOf(error)}\n${USAGE}`);
    return undefined;
  }
}

async function run({ offline, prune, help }: Options, docker: Docker): Promise<void> {
  if (help) {
    console.log(USAGE);
    return;
  }
  await requireDocker(docker);
  if (prune) {
    const removed = await pruneImages(docker);
    console.log(removed.length === 0 ? 'nothing to remove' : `removed ${removed.join(', ')}`);
    return;
  }
  console.log(offline ? await buildOffline(docker) : await buildOnPulled(docker));
}

async function requireDocker(docker: Docker): Promise<void> {
  try {
    await docker.ping();
  } catch (cause) {
    throw new ImageError(`Docker does not answer: ${reasonOf(cause)}; start its daemon`, { cause });
  }
}

async function buildOnPulled(docker: Docker): Promise<string> {
  const tag = await buildImage(docker, undefined, progress, interrupt.signal);
  await removeUntagged(docker);
  return tag;
}

async function buildOffline(docker: Docker): Promise<string> {
  const base = await makeOfflineBase(docker, progress, interrupt.signal);
  try {
    const tag = await buildImage(docker, base, progress, interrupt.signal);
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
  console.error(line);
}

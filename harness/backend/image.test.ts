import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Docker from 'dockerode';
import { afterEach, expect, test } from 'vitest';
import { ensureImage, ImageError, imageTag } from './image.ts';
import { OFFLINE_BASE } from './image-name.ts';

/** A daemon that knows some images and answers every build with the same stream. */
interface Daemon {
  images: Record<string, { tags: string[] }>;
  /** As `docker info` tells its security options. */
  security: string[];
  builds: URLSearchParams[];
  deleted: string[];
  answer: object[];
}

const undo: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step();
});

async function serve(daemon: Daemon): Promise<Docker> {
  const dir = await mkdtemp(join(tmpdir(), 'socket-lab-test-'));
  undo.push(() => rm(dir, { recursive: true }));
  const server = createServer((request, response) => {
    request.resume().on('end', () => {
      reply(daemon, request, response);
    });
  });
  const socketPath = join(dir, 'docker.sock');
  await new Promise<void>((resolve) => server.listen(socketPath, resolve));
  undo.push(() => new Promise((resolve) => server.close(resolve)));
  return new Docker({ socketPath });
}

function reply(daemon: Daemon, request: IncomingMessage, response: ServerResponse): void {
  const url = new URL(request.url ?? '/', 'http://daemon');
  const [, image = ''] = /^\/images\/(.+?)(?:\/json)?$/.exec(url.pathname) ?? [];
  if (url.pathname === '/build') {
    daemon.builds.push(url.searchParams);
    response.end(daemon.answer.map((event) => JSON.stringify(event) + '\n').join(''));
  } else if (url.pathname === '/info') {
    response.end(JSON.stringify({ SecurityOptions: daemon.security }));
  } else if (request.method === 'DELETE') {
    daemon.deleted.push(image);
    response.end('[]');
  } else {
    const known = daemon.images[image];
    response.statusCode = known === undefined ? 404 : 200;
    response.end(JSON.stringify({ message: 'No such image', RepoTags: known?.tags }));
  }
}

const empty = (): Daemon => ({ images: {}, security: [], builds: [], deleted: [], answer: [] });

test('an image that is there is not built', async () => {
  const tag = await imageTag();
  const daemon = { ...empty(), images: { [tag]: { tags: [tag] } } };
  expect(await ensureImage(await serve(daemon), () => undefined)).toBe(tag);
  expect(daemon.builds).toEqual([]);
});

test('without an offline base the Dockerfile decides the base', async () => {
  const daemon = { ...empty(), answer: [{ stream: 'Step 1/5\n' }] };
  const lines: string[] = [];
  const tag = await ensureImage(await serve(daemon), (line) => lines.push(line));
  expect(lines).toEqual(['Step 1/5']);
  expect(daemon.builds.map((build) => [build.get('t'), build.get('buildargs')])).toEqual([
    [tag, null],
  ]);
  expect(daemon.builds[0]?.get('labels')).toBe(
    JSON.stringify({ 'socket-lab.image': tag.split(':')[1] }),
  );
  expect(daemon.builds[0]?.get('forcerm')).toBe('true');
});

test('an offline base is preferred to a pull', async () => {
  const daemon = { ...empty(), images: { [OFFLINE_BASE]: { tags: [OFFLINE_BASE] } } };
  await ensureImage(await serve(daemon), () => undefined);
  expect(daemon.builds[0]?.get('buildargs')).toBe(JSON.stringify({ BASE: OFFLINE_BASE }));
});

test.each([
  { security: ['name=seccomp,profile=default'], network: 'host' },
  { security: ['name=seccomp,profile=default', 'name=userns'], network: null },
])('a build has the network that the daemon allows: $network', async ({ security, network }) => {
  const daemon = { ...empty(), security };
  await ensureImage(await serve(daemon), () => undefined);
  expect(daemon.builds[0]?.get('networkmode')).toBe(network);
});

test('labs that start together share one build', async () => {
  const daemon = empty();
  const docker = await serve(daemon);
  await Promise.all([1, 2, 3].map(() => ensureImage(docker, () => undefined)));
  expect(daemon.builds).toHaveLength(1);
});

test('neither registry nor offline base: one line with the way out', async () => {
  const daemon = { ...empty(), answer: [{ error: 'Get "https://registry/v2/": no such host' }] };
  const tag = await imageTag();
  const failure = ensureImage(await serve(daemon), () => undefined);
  await expect(failure).rejects.toThrow(ImageError);
  await expect(failure).rejects.toThrow(
    `cannot build ${tag} on a pulled base: Get "https://registry/v2/": no such host; ` +
      'without a registry, from Debian packages: npm run lab -- image --offline',
  );
});

test('of a failed build the last layer is removed, the base is not', async () => {
  const daemon: Daemon = {
    ...empty(),
    images: { aaaaaaaaaaaa: { tags: [] }, bbbbbbbbbbbb: { tags: [] } },
    answer: [
      { stream: ' ---> aaaaaaaaaaaa\n' },
      { stream: ' ---> bbbbbbbbbbbb\n' },
      { error: 'The command returned a non-zero code: 1' },
    ],
  };
  await expect(ensureImage(await serve(daemon), () => undefined)).rejects.toThrow('non-zero code');
  expect(daemon.deleted).toEqual(['bbbbbbbbbbbb']);
});

test('a daemon that does not answer is named as the reason', async () => {
  const tag = await imageTag();
  const docker = new Docker({ socketPath: '/nowhere/docker.sock' });
  await expect(ensureImage(docker, () => undefined)).rejects.toThrow(
    `cannot ask Docker for ${tag}: connect ENOENT /nowhere/docker.sock`,
  );
});

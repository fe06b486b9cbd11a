import { expect, test } from 'vitest';
import { BackendError } from './errors.ts';
import { selectBackend } from './select.ts';
import { inEnglish } from '../told.ts';

/** docker-modem reads the process's own environment, so that is what has to say it. */
async function withDockerHost<T>(value: string, body: () => Promise<T>): Promise<T> {
  const before = process.env['DOCKER_HOST'];
  process.env['DOCKER_HOST'] = value;
  try {
    return await body();
  } finally {
    if (before === undefined) delete process.env['DOCKER_HOST'];
    else process.env['DOCKER_HOST'] = before;
  }
}

const NOWHERE = 'unix:///nowhere/docker.sock';

test('auto falls back to namespaces and says why', async () => {
  const { backend, reason } = await withDockerHost(NOWHERE, () =>
    selectBackend('auto', process.env),
  );
  expect(backend.name).toBe('netns');
  expect(inEnglish(reason)).toMatch(/^no Docker daemon answers.*\/nowhere\/docker\.sock/);
});

test('docker asked for and not there is an error with a way out', async () => {
  const selecting = withDockerHost(NOWHERE, () => selectBackend('docker', process.env));
  await expect(selecting).rejects.toThrow(BackendError);
  await expect(selecting).rejects.toMatchObject({
    hint: { text: expect.stringContaining('netns') as string },
  });
});

test('netns asked for is taken, whoever asked', async () => {
  const { backend, reason } = await selectBackend('netns', {}, 'SOCKET_LAB_BACKEND');
  expect([backend.name, inEnglish(reason)]).toEqual(['netns', 'asked for by SOCKET_LAB_BACKEND']);
});

import { appendFile, cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { CONTEXT, imageHash, imageTag } from './image-name.ts';

test('the tag names the content: 12 hex digits, the same every time', async () => {
  expect(await imageTag()).toMatch(/^socket-lab:[0-9a-f]{12}$/);
  expect(await imageTag()).toBe(`socket-lab:${await imageHash()}`);
});

test.each(CONTEXT.src)('a changed %s makes another image', async (file) => {
  const dir = await mkdtemp(join(tmpdir(), 'socket-lab-test-'));
  try {
    await cp(CONTEXT.context, dir, { recursive: true });
    const copy = { ...CONTEXT, context: dir };
    expect(await imageHash(copy)).toBe(await imageHash());
    await appendFile(join(dir, file), '\n');
    expect(await imageHash(copy)).not.toBe(await imageHash());
  } finally {
    await rm(dir, { recursive: true });
  }
});

import { PassThrough, Readable } from 'node:stream';
import { expect, test, vi } from 'vitest';
import { followDocker, reasonOf } from './docker-progress.ts';
import { inEnglish } from '../told.ts';

async function follow(chunks: string[]) {
  const lines: string[] = [];
  const status = await followDocker(
    Readable.from(chunks.map((text) => Buffer.from(text))),
    (line) => lines.push(line),
  );
  return { lines, status };
}

test('reads objects that chunks cut anywhere, and gives whole non-empty lines', async () => {
  const { lines } = await follow(['{"stream":"Step 1\\n', '"}\r\n{"str', 'eam":" ---> a\\n\\n"}']);
  expect(lines).toEqual(['Step 1', ' ---> a']);
});

test('the last status is the answer of an import', async () => {
  const { status } = await follow(['{"status":"Importing"}\n{"status":"sha256:ab"}\n']);
  expect(status).toBe('sha256:ab');
});

test("an error inside the stream is thrown with Docker's words", async () => {
  await expect(follow(['{"stream":"x"}\n{"errorDetail":{},"error":"no space"}\n'])).rejects.toThrow(
    /^no space$/,
  );
});

test('a reason is one line, from the API or from the system', () => {
  const api = Object.assign(new Error('(HTTP code 500) long'), {
    json: { message: 'short\nmore' },
  });
  expect(inEnglish(reasonOf(api))).toBe('short');
  expect(inEnglish(reasonOf(new Error('connect ENOENT /run/docker.sock')))).toBe(
    'connect ENOENT /run/docker.sock',
  );
});

test('one that falls silent is given up', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const answer = new PassThrough();
  answer.write('{"stream":"Step 1"}\n');
  try {
    const late = expect(followDocker(answer, () => undefined)).rejects.toThrow(
      'waited 600 s for the daemon to go on',
    );
    while (vi.getTimerCount() === 0) await new Promise((resolve) => setImmediate(resolve));
    await vi.advanceTimersByTimeAsync(600_000);
    await late;
  } finally {
    vi.useRealTimers();
  }
});

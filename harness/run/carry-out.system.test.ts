/** What a lab promises of the state diagram is asserted in every run, and again in the replay. */
import { english } from '../texts/say.ts';
import { askedInWords, reasonInWords } from '../words/verdicts.ts';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { netns } from '../backend/netns.ts';
import { writeBundle } from '../evidence/bundle.ts';
import { historyOf } from '../history/history.ts';
import { lab, type Lab } from '../vocabulary/define.ts';
import { runLab } from './run.ts';
import { verify } from './verify.ts';
import { inEnglish, verbatim } from '../told.ts';

let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'socket-lab-test-'));
});
afterAll(() => rm(dir, { recursive: true }));

const listens = (promises: Partial<Lab>): Lab => ({
  ...lab(
    { name: 'listens', title: 'A server listens', explanation: '', sources: [] },
    async ({ server, expect }) => {
      await server.run('echo-server');
      await expect(server.listener()).toBeListening();
    },
  ),
  ...promises,
});

async function run(one: Lab, name: string, slow = false) {
  const { signal } = new AbortController();
  const options = { backend: netns, reason: verbatim('a test'), slow, harness: 'test', signal };
  const { stream, pcaps, status, expectation, message: broken } = await runLab(one, options);
  if (status === 'broken') throw new Error(broken && inEnglish(broken));
  const bundle = join(dir, name);
  await writeBundle(bundle, { events: stream.events, pcaps });
  return {
    status,
    message: reasonInWords(historyOf(stream.events), english),
    bundle,
    failed: expectation,
    stated: stream.of('expect').map((asked) => askedInWords(asked, english)),
  };
}

test('an edge that was shown is met, when the lab is done', async () => {
  const one = listens({ shows: ['CLOSED -> LISTEN'], showsSlow: ['LISTEN -> CLOSED'] });
  const { status, message, stated, bundle } = await run(one, 'shown');
  expect({ status, message }).toEqual({ status: 'passed', message: undefined });
  expect(stated.at(-1)).toBe('ss to show CLOSED -> LISTEN');
  expect((await verify(bundle, [one])).summary.status).toBe('passed');
  // Another lab than the one that was run: its edges were not asserted.
  await expect(verify(bundle, [listens({})])).rejects.toThrow(
    /the bundle records step 'edges of the state diagram' \(begin\), but the lab has ended/,
  );
});

test('one that was not fails the run, and the replay, with what was there instead', async () => {
  const one = listens({ shows: ['CLOSED -> LISTEN', 'SYN-SENT -> ESTABLISHED'] });
  const { status, message, bundle, failed } = await run(one, 'not-shown');
  expect(status).toBe('failed');
  expect(message).toBe(
    'expected ss to show SYN-SENT -> ESTABLISHED, saw nothing in SYN-SENT or ESTABLISHED',
  );
  const { summary } = await verify(bundle, [one]);
  expect(failed).toBeDefined();
  expect(summary).toMatchObject({ status: 'failed', expectation: failed });
});

test('one that takes --slow is asked for with --slow', async () => {
  const one = listens({ showsSlow: ['LISTEN -> CLOSED'] });
  const { status, message } = await run(one, 'slow', true);
  expect(status).toBe('failed');
  expect(message).toMatch(/^expected ss to show LISTEN -> CLOSED, saw no socket that went/);
});

test('one that Linux does not have must be shown to be missing', async () => {
  const one = listens({ refutes: ['LISTEN -> SYN-SENT'] });
  const { status, message } = await run(one, 'refutes');
  expect(status).toBe('failed');
  expect(message).toBe(
    'expected no witness to show LISTEN -> SYN-SENT, saw no socket that was in LISTEN and later in SYN-SENT',
  );
});

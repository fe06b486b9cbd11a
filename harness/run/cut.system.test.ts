/** However a run ends it leaves a bundle that says so, and `verify` believes no less of it, and no more. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { BackendError } from '../backend/errors.ts';
import type { Backend } from '../backend/backend.ts';
import { netns } from '../backend/netns.ts';
import { loadLabs } from '../catalogue/catalogue.ts';
import { readBundle, writeBundle } from '../evidence/bundle.ts';
import type { LabEvent } from '../evidence/events.ts';
import { Stream } from '../evidence/stream.ts';
import { renderResult } from '../present/terminal/text.ts';
import { plainStyle } from '../present/terminal/style.ts';
import { runLab } from './run.ts';
import { verify } from './verify.ts';
import { verbatim } from '../told.ts';

let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'socket-lab-test-'));
});
afterAll(() => rm(dir, { recursive: true }));

const labs = await loadLabs(['time-wait']);
const [lab] = labs;

/** Runs `time-wait`, interrupted when `now` says so of an event that has come. */
async function cutShort(name: string, now: (event: LabEvent) => boolean, backend: Backend = netns) {
  if (lab === undefined) throw new Error('no lab');
  const stream = new Stream();
  const ctrlC = new AbortController();
  stream.listen((event) => {
    if (now(event)) ctrlC.abort();
  });
  const outcome = await runLab(lab, {
    backend,
    reason: verbatim('a test'),
    slow: false,
    harness: 'test',
    signal: ctrlC.signal,
    stream,
  });
  const bundle = join(dir, name);
  await writeBundle(bundle, { events: stream.events, pcaps: outcome.pcaps });
  return { ...outcome, bundle };
}

const isMarker = (event: LabEvent): boolean => event.type === 'marker';
let markers = 0;

describe('interrupted', () => {
  test.each<[string, (event: LabEvent) => boolean]>([
    ['before there are hosts', ({ type }) => type === 'run'],
    ['when hosts are told of', (event) => event.type === 'host' && event.host === 'client'],
    ['when one capture has shown a marker', isMarker],
    ['between two markers', (event) => isMarker(event) && ++markers === 3],
    ['when a program starts', ({ type }) => type === 'program'],
    ['when a call has returned', ({ type }) => type === 'call'],
    ['while a segment is on its way', ({ type }) => type === 'packet'],
    ['while a segment waits', ({ type }) => type === 'wire'],
    ['when the kernel tells of a state', ({ type }) => type === 'transition'],
    ['when an expectation is stated', ({ type }) => type === 'expect'],
    ['when one is met', ({ type }) => type === 'verdict'],
    ['when a program has ended', ({ type }) => type === 'exit'],
    [
      'at the very last',
      (event) => event.type === 'step' && event.title.text.startsWith('edges of'),
    ],
  ])('%s', async (name, now) => {
    const { status, stream, bundle } = await cutShort(name.replaceAll(' ', '-'), now);
    expect(status).toBe('interrupted');
    expect(stream.events.at(-1)).toMatchObject({ type: 'end', status, cut: true });
    const { summary, verdicts } = await verify(bundle, labs);
    expect(summary).toMatchObject({ status, cut: true });
    expect(verdicts).toBe(stream.of('verdict').length);
    // What a run prints is what `show` prints.
    const { events } = await readBundle(bundle);
    const text = (all: readonly LabEvent[]): string[] => renderResult(all, {}, plainStyle(80));
    expect(text(events)).toEqual(text(stream.events));
    expect(text(events).join('\n')).toContain('interrupted after');
  });
});

const why = { message: verbatim('no room'), hint: verbatim('make some') };

test('hosts that cannot be made: why, what would help, and a bundle of neither host', async () => {
  const backend: Backend = {
    name: 'netns',
    start: () =>
      Promise.reject(new BackendError(verbatim('no room'), { hint: verbatim('make some') })),
  };
  const { bundle, stream, ...ended } = await cutShort('no-hosts', () => false, backend);
  expect(ended).toMatchObject({ status: 'broken', ...why });
  expect(stream.events.map(({ type }) => type)).toEqual(['run', 'end']);
  const { summary } = await verify(bundle, labs);
  expect(summary).toMatchObject({ status: 'broken', ...why });
  const { events } = await readBundle(bundle);
  expect(renderResult(events, {}, plainStyle(80)).join('\n')).toContain('no room; make some');
});

test('what was cut short has not passed, whatever it is made to say', async () => {
  const { bundle } = await cutShort('forged', ({ type }) => type === 'verdict');
  await forge(bundle, 'interrupted', 'passed');
  await expect(verify(bundle, labs)).rejects.toThrow(
    'passed; ending: what has passed or failed came to its end, and was not cut short',
  );
  const { bundle: none } = await cutShort('forged-none', ({ type }) => type === 'run');
  await forge(none, 'interrupted', 'passed');
  await expect(verify(none, labs)).rejects.toThrow('passed without hosts');
});

/** Changes a status, and makes the hashes anew. */
async function forge(bundle: string, from: string, to: string): Promise<void> {
  const manifest = JSON.parse(await readFile(join(bundle, 'manifest.json'), 'utf8')) as {
    files: Record<string, { sha256: string; size: number }>;
  };
  for (const file of ['events.ndjson', 'result.json']) {
    const text = await readFile(join(bundle, file), 'utf8');
    const changed = text.replace(new RegExp(`"status": ?"${from}"`), `"status":"${to}"`);
    expect(changed).not.toBe(text);
    const sha256 = createHash('sha256').update(changed).digest('hex');
    manifest.files[file] = { sha256, size: Buffer.byteLength(changed) };
    await writeFile(join(bundle, file), changed);
  }
  await writeFile(join(bundle, 'manifest.json'), JSON.stringify(manifest));
}

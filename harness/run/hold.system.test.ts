/** The wire in a lab's hands: what waits, and what is done with it, with and without somebody who walks. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Backend } from '../backend/backend.ts';
import { writeBundle } from '../evidence/bundle.ts';
import { CAPTURE_ERROR } from '../evidence/clock.ts';
import { historyOf } from '../history/history.ts';
import { lab, type Lab } from '../index.ts';
import { backendsUnderTest } from '../testing/backends.ts';
import { english } from '../texts/say.ts';
import { reasonInWords } from '../words/verdicts.ts';
import { runLab, type Outcome, type RunOptions } from './run.ts';
import { verify } from './verify.ts';
import type { Guide } from './walk/walk.ts';
import { verbatim } from '../told.ts';

let dir: string;
let runs = 0;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'socket-lab-test-'));
});
afterAll(() => rm(dir, { recursive: true }));

/** Somebody who lets everything go at once. */
const guide: Guide = {
  stop: () => Promise.resolve({ kind: 'run on' }),
  gone: () => undefined,
  joined: () => undefined,
  copied: () => undefined,
  before: () => undefined,
  graded: () => [],
};

const about = { title: 'a test', explanation: 'a test', sources: ['a test'] };

/** Runs it, writes its bundle and judges that again. */
async function run(of: Lab, backend: Backend, more: Partial<RunOptions> = {}): Promise<Outcome> {
  const { signal } = new AbortController();
  const options = {
    backend,
    reason: verbatim('a test'),
    slow: false,
    harness: 'test',
    signal,
    ...more,
  };
  const outcome = await runLab(of, options);
  const { status, stream, pcaps } = outcome;
  const bundle = join(dir, String(++runs));
  await writeBundle(bundle, { events: stream.events, pcaps });
  const { summary } = await verify(bundle, [of]);
  expect(summary.status).toBe(status);
  return outcome;
}

/** Why it has not passed, in words. */
const why = ({ stream }: Outcome): string | undefined =>
  reasonInWords(historyOf(stream.events), english);

/**
 * As `time-wait` was, where the kernel put off the ACK of a FIN: what is to go comes to wait only
 * when it has been let go already.
 */
const tooEarly = lab(
  { ...about, name: 'too-early' },
  async ({ server, client, wire, connected, expect }) => {
    const { ser, cli, conn } = await connected();
    await wire.hold(client);
    const released = wire.release(client);
    // Sockets have been looked at since: the release has begun, and nothing was there.
    await expect(conn).toBeIn({ server: 'ESTABLISHED', client: 'ESTABLISHED' });
    await cli.does('send 3 "early" = 5');
    await released;
    await ser.does('recv 4 = 5 "early"');
    await expect(server.end(conn)).toBeIn('ESTABLISHED', { recvQ: 0 });
  },
);

/** Its kernel's own timers are what is asserted: nobody's thinking changes them. */
const timers = lab(
  { ...about, name: 'timers', rtoMin: '10s' },
  async ({ server, client, wire, connected, expect }) => {
    const { ser, cli, conn } = await connected();
    await wire.hold(client);
    await cli.does('close 3');
    // Ten seconds, by the route's rto_min; once more that on a machine that has other things to do.
    const on = { name: 'on', least: '1s', most: '40s' } as const;
    await expect(client.end(conn)).toBeIn('FIN-WAIT-1', { timer: on });
    await wire.carry(client);
    const timer = { name: 'timewait', least: '55s', most: '60s' } as const;
    await expect(client.end(conn)).toBeIn('FIN-WAIT-2', { timer, orphaned: true });
    await ser.does(['recv 4 = 0', 'close 4']);
    await expect(client.end(conn)).toBeIn('TIME-WAIT', { timer });
    await expect(server.end(conn)).toBeGone();
  },
);

/** Each thing that can be done to a segment that waits. */
const vocabulary = lab(
  { ...about, name: 'vocabulary', rtoMin: '10s' },
  async ({ server, client, wire, connected, step, expect }) => {
    const { ser, cli, conn } = await connected({ server: 'setsockopt 3 TCP_NODELAY 1' });
    await step('a FIN overtakes data, and a copy of the data goes first', async () => {
      await wire.hold(client);
      await cli.does(['send 3 "abc" = 3', 'shutdown 3 WR']);
      await wire.duplicate({ from: client, flags: 'P.' });
      await expect(server.end(conn)).toBeIn('ESTABLISHED', { recvQ: 3 });
      await wire.reorder({ from: client, flags: 'F.' });
      await wire.release(client);
      await expect(server.end(conn)).toBeIn('CLOSE-WAIT', { recvQ: 4 });
      await ser.does('recv 4 = 3 "abc"');
    });
    await step('an answer that waits is lost, and another one goes by itself', async () => {
      await wire.hold(server);
      await ser.does('send 4 "de" = 2');
      await wire.drop({ from: server, flags: 'P.' });
      await wire.delay('50ms', server);
      await ser.does('send 4 "f" = 1');
      await expect(wire).toHaveCarried(
        conn,
        `client > server  P.  seq=c  len=3
         ...
         client > server  F.  seq=c+3
         ...
         client > server  P.  seq=c  len=3
         ...
         server > client  P.  len=1`,
        { repeats: true },
      );
      await wire.carry();
    });
  },
);

/** What the wire did, as the stream has it: `client waits P.`. */
const doings = ({ stream }: Outcome): string[] => {
  const flags = new Map<string, string>();
  return stream.of('wire').map(({ host, phase, id, segment }) => {
    const key = `${host} ${id}`;
    if (segment !== undefined) flags.set(key, segment.flags);
    return `${host} ${phase} ${flags.get(key) ?? ''}`;
  });
};

/** Two runs, one of which waits as long as an expectation has, on a busy machine. */
const TIMEOUT = 120_000;

describe.each(await backendsUnderTest())('$name', { timeout: TIMEOUT }, (backend) => {
  it.each([
    ['goes when it comes', tooEarly, {}],
    ['goes when it comes, when somebody walks', tooEarly, { guide }],
    ['has true timers', timers, {}],
    ['has true timers when somebody walks', timers, { guide }],
  ])('what is held %s', async (_what, of, more) => {
    const outcome = await run(of, backend, more);
    expect({ status: outcome.status, why: why(outcome) }).toEqual({ status: 'passed' });
  });

  it('what waits is copied, overtaken, dropped, delayed, and each time it is told', async () => {
    const outcome = await run(vocabulary, backend);
    expect({ status: outcome.status, why: why(outcome) }).toEqual({ status: 'passed' });
    const told = doings(outcome);
    expect(told.slice(0, 5)).toEqual([
      'client waits P.',
      'client waits F.',
      'client copied P.',
      'client goes F.',
      'client goes P.',
    ]);
    expect(told).toEqual(
      expect.arrayContaining(['server dropped P.', 'server waits P.', 'server goes P.']),
    );
  });

  it('what its kernel sends when nothing is held any more passes, and that is told before it goes', async () => {
    const passes = lab({ ...about, name: 'passes' }, async ({ client, wire, connected }) => {
      const { ser, cli } = await connected();
      await wire.hold(client);
      await wire.carry(client);
      await cli.does('send 3 "data" = 4');
      await ser.does('recv 4 = 4 "data"');
    });
    const outcome = await run(passes, backend);
    expect({ status: outcome.status, why: why(outcome) }).toEqual({ status: 'passed' });
    const isData = ({ segment }: { segment?: { flags: string } }): boolean =>
      segment?.flags === 'P.';
    const [passed, ...others] = outcome.stream.of('wire').filter(isData);
    expect(others).toEqual([]);
    expect(passed).toMatchObject({ host: 'client', phase: 'passes' });
    const captured = outcome.stream.of('packet').find((p) => isData(p) && p.host === 'client');
    expect(captured?.segment).toEqual(passed?.segment);
    expect(captured?.t).toBeGreaterThan((passed?.t ?? Infinity) - CAPTURE_ERROR);
  });

  it('what never comes to wait fails the lab, in words, and so it does again', async () => {
    const never = lab({ ...about, name: 'never' }, async ({ client, wire, connected }) => {
      const { cli } = await connected();
      await wire.hold(client);
      await cli.does('send 3 "data" = 4');
      await wire.letGo({ from: client, flags: 'F.' });
    });
    const outcome = await run(never, backend);
    expect(outcome.status).toBe('failed');
    expect(why(outcome)).toBe('expected FIN+ACK of the client to wait on the held wire, saw none');
    const [failed] = outcome.stream.of('verdict').filter(({ verdict }) => verdict === 'failed');
    const differs = [{ field: 'flags', expected: 'F.', seen: 'P.' }];
    expect(failed).toMatchObject({ misses: [{ differs }], nearest: 0 });
  });
});

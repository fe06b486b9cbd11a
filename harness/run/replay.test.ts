/** A lab's code over a stream written by hand: what the code does not do, or judge, was not recorded. */
import { describe, expect, it } from 'vitest';
import type { Body, HostName, LabEvent } from '../evidence/events.ts';
import { sample, type Entry } from '../expect/script.fixture.ts';
import { lab, type Lab } from '../vocabulary/define.ts';
import { replay } from './replay.ts';

const holdsAndLooks = lab(
  { name: 'looks', title: '', explanation: '', sources: [] },
  async ({ server, client, wire, expect, step }) => {
    await wire.hold(server);
    await step('a look', async () => {
      await expect(server.listener(6000)).toBeListening();
      await expect(client.listener(7)).toBeListening();
    });
  },
);

const host = (name: HostName, address: string): Body => ({
  ...{ type: 'host', host: name, address, mac: '02:00:00:00:00:01', interface: 'eth0' },
  ...{ mtu: 1500, kernel: '6.18.0', tools: {}, sysctls: {}, offloads: {}, route: '' },
});

const hold = { type: 'action', id: 1, op: 'hold', host: 'server' } as const;
const begun = { ...hold, phase: 'begin', args: {} } as const;
const step = { type: 'step', phase: 'begin', id: 2, title: 'a look' } as const;
const listening = { type: 'expect', kind: 'listening', within: 10_000 } as const;
const row = {
  ...{ local: { address: '10.0.0.1', port: 6000 }, peer: { address: '0.0.0.0', port: 0 } },
  ...{ state: 'LISTEN', recvQ: 0, sendQ: 5, processes: [] },
} as const;
const miss = (event: number) => ({ event, socket: null, differs: [] });

/** What the run recorded: its second expectation failed. */
const RECORDED: readonly Entry[] = [
  { ms: 0, body: { type: 'run', ...({ lab: 'looks', slow: false } as object) } as Body },
  { ms: 1, body: host('server', '10.0.0.1') },
  { ms: 2, body: host('client', '10.0.0.2') },
  { ms: 10, body: begun },
  { ms: 11, body: { ...hold, phase: 'end', value: null } },
  { ms: 12, body: step },
  { ms: 20, body: { ...listening, id: 3, params: { host: 'server', port: 6000 } } },
  sample(30, 'server', 'LISTEN 0 5 10.0.0.1:6000 0.0.0.0:*'),
  { ms: 41, body: { type: 'verdict', id: 3, verdict: 'met', seen: { socket: row }, by: [7] } },
  { ms: 50, body: { ...listening, id: 4, params: { host: 'client', port: 7 } } },
  sample(60, 'client'),
  { ms: 10_050, body: { type: 'deadline', id: 4 } },
  {
    ms: 10_051,
    body: {
      ...{ type: 'verdict', id: 4, verdict: 'failed', seen: { socket: null }, by: [10] },
      ...{ misses: [miss(10)], nearest: 0 },
    },
  },
  { ms: 10_060, body: { type: 'end', status: 'failed', expectation: 4 } },
] as Entry[];

type Change = (event: LabEvent) => object[];
const again = (change: Change, of: Lab = holdsAndLooks) => {
  const events = RECORDED.map(({ ms, body }, seq) => ({ seq, t: ms * 1e6, ...body }));
  const changed = (events as LabEvent[]).flatMap(change);
  return replay(of, changed.map((event, seq) => ({ ...event, seq })) as unknown as LabEvent[]);
};
/** Other fields in the event that was recorded as this one. */
const at =
  (seq: number, fields: object): Change =>
  (event) => [event.seq === seq ? { ...event, ...fields } : event];
const without =
  (...seqs: number[]): Change =>
  (event) =>
    seqs.includes(event.seq) ? [] : [event];

it('reaches the verdicts that were recorded, and the end', async () => {
  expect(await again((event) => [event])).toEqual({ status: 'failed', verdicts: 2 });
  // A step may have been given another title since.
  expect(await again(at(5, { title: 'einmal hinsehen' }))).toMatchObject({ verdicts: 2 });
});

describe('a verdict is refused', () => {
  it.each([
    ['that saw another socket', at(8, { seen: { socket: { ...row, sendQ: 128 } } })],
    ['that rests on nothing', at(8, { by: [] })],
    ['that rests on another sample', at(8, { by: [10] })],
    ['of another expectation', at(8, { id: 4 })],
    ['that is the other one', at(8, { verdict: 'failed' })],
    ['that hides what was there instead', at(12, { misses: undefined, nearest: undefined })],
    ['that names another miss as the nearest', at(12, { nearest: 1 })],
  ])('%s', async (_, change) => {
    await expect(again(change)).rejects.toThrow(
      /^event \d+: the bundle says (met|failed), the replay/,
    );
  });

  it('before the evidence is there', async () => {
    const verdict = RECORDED[8]?.body;
    const moved: Change = (event) =>
      event.seq === 7 ? [{ t: event.t, ...verdict }, event] : without(8)(event);
    await expect(again(moved)).rejects.toThrow(
      'event 7: the bundle says met, but the evidence until here does not',
    );
  });

  it('that was left out', async () => {
    await expect(again(without(8))).rejects.toThrow(
      'event 8: expectation 3 is met here, which the bundle does not say',
    );
  });
});

describe('a time is refused', () => {
  it('that was over too early', async () => {
    await expect(again(at(11, { t: 10_049e6 }))).rejects.toThrow(
      'event 11: the time of expectation 4 was not over yet',
    );
  });
});

describe('what the lab does not do is refused', () => {
  it.each([
    [
      'another action',
      at(3, { op: 'carry' }),
      'the bundle records carry at the server, but the lab does hold at the server',
    ],
    [
      'at the other host',
      at(3, { host: 'client' }),
      'the bundle records hold at the client (host: client), but the lab does hold at the server (host: server)',
    ],
    [
      'with other arguments',
      at(3, { args: { ms: 200 } }),
      'the bundle records hold at the server (ms: 200), but the lab does hold at the server (ms: nothing)',
    ],
    ['an action that nobody began', at(4, { id: 9 }), 'action 9 ends that was not begun'],
    [
      'an expectation of another port',
      at(6, { params: { host: 'server', port: 6001 } }),
      "the bundle records 'expect listening' (port: 6001), but the lab expects listening (port: 6000)",
    ],
    [
      'of another kind',
      at(6, { kind: 'sockets' }),
      "the bundle records 'expect sockets', but the lab expects listening",
    ],
    [
      'a step that ends before its end',
      at(5, { phase: 'end' }),
      "the bundle records step 'a look' (end), but the lab begins step 'a look'",
    ],
  ])('%s', async (_, change, reason) => {
    await expect(again(change)).rejects.toThrow(reason);
  });

  it('by the line of the lab that does it', async () => {
    const source = { file: 'labs/looks.ts', path: '', hash: '', lineOf: () => 7 };
    await expect(again(at(3, { args: { ms: 200 } }), { ...holdsAndLooks, source })).rejects.toThrow(
      'but the lab does hold at the server at labs/looks.ts:7 (ms: nothing)',
    );
    const stated = at(6, { params: { host: 'server', port: 6001 }, at: { file: 'x.ts', line: 3 } });
    await expect(again(stated)).rejects.toThrow(
      "the bundle records 'expect listening' at x.ts:3 (port: 6001), but the lab expects",
    );
  });

  it('while it waits for an action to end, or when it has ended', async () => {
    await expect(again(without(4))).rejects.toThrow(
      "the bundle records step 'a look' (begin), but the lab waits",
    );
    const nothing = lab(holdsAndLooks, () => Promise.resolve());
    await expect(again((event) => [event], nothing)).rejects.toThrow(
      'event 3: the bundle records hold at the server, but the lab has ended',
    );
  });
});

describe('an end is refused', () => {
  it.each([
    [
      'by another expectation',
      at(13, { expectation: 3 }),
      'the run ended failed, the replay failed',
    ],
    [
      'of a lab that passed',
      at(13, { status: 'passed' }),
      'the run ended passed, the replay failed',
    ],
    ['before the lab’s', without(9, 10, 11, 12), 'the run ends here, but the lab wants to go on'],
  ])('%s', async (_, change, reason) => {
    await expect(again(change)).rejects.toThrow(reason);
  });

  it('of a lab that broke off, where its action failed', async () => {
    const error = { code: 'EPERM', message: 'not permitted' };
    const failing: Change = (event) =>
      event.seq === 4 ? [{ ...event, error }] : event.seq < 5 || event.seq === 13 ? [event] : [];
    await expect(again(failing)).rejects.toThrow('the run ended failed, the replay broken');
    const broken: Change = (event) =>
      failing(event).map((one) =>
        event.seq === 13 ? { ...one, status: 'broken', expectation: undefined } : one,
      );
    expect(await again(broken)).toEqual({ status: 'broken', verdicts: 0 });
  });
});

it('a run of which one host is not told of cannot be replayed', async () => {
  await expect(again(without(2))).rejects.toThrow('nothing is said about the client');
});

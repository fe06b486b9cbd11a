/**
 * A stored run, changed a little: what may be so in an honest run is not refused, and what may not is,
 * to the very bound. Forgeries of all kinds, over runs of all kinds: forgeries.system.test.ts.
 */
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { readBundle } from '../evidence/bundle.ts';
import { SCHEMA_VERSION, type EventOf, type LabEvent } from '../evidence/events.ts';
import { emptyPcap } from '../tcp/capture/pcap.ts';
import type { Segment } from '../tcp/segment.ts';
import { Evidence } from './evidence.ts';
import { changed, isTcp, type Loose, type Recorded } from './forgeries/forge.fixture.ts';
import { all, any, readsSo, sysctl, the, type Change } from './forgeries/table.fixture.ts';
import {
  checkInvariants,
  contradictions,
  InvariantError,
  toldOf,
  type Contradiction,
} from './invariants.ts';
import { inEnglish } from '../told.ts';

const STORED = fileURLToPath(
  new URL(`../evidence/stored/schema-${SCHEMA_VERSION}/`, import.meta.url),
);

let stored: Recorded;
beforeAll(async () => {
  const { events, pcaps } = await readBundle(STORED);
  stored = { events, pcaps };
});

const told = ({ events, pcaps }: Recorded): Contradiction[] => [
  ...contradictions(new Evidence(events, pcaps)),
];

const MS = 1e6;
const HOUR = 3600e9;

const hosts = (into: (host: EventOf<'host'>) => LabEvent): Change => ({ event: all('host', into) });
const set = (name: string, value?: string): Change => hosts(sysctl(`net.ipv4.${name}`, value));
/** A kernel of this release that lacks a sysctl. */
const kernel = (release: string, lacks: string): Change =>
  hosts((host) => ({ ...sysctl(`net.ipv4.${lacks}`)(host), kernel: release }));
const route = (change: (route: string) => string): Change =>
  hosts((host) => ({ ...host, route: change(host.route) }));
const end = (fields: Partial<EventOf<'end'>>): Change => ({
  event: the('end', any, (event) => ({ ...event, ...fields })),
});
/** A run of this backend that says to have begun so much earlier than it did, ns. */
const begun = (earlier: number, backend = 'netns'): Change => ({
  event: all('run', (run) => ({
    ...run,
    backend,
    startedAt: new Date(Date.parse(run.startedAt) - earlier / MS).toISOString(),
  })),
});
const isConnect = (phase: 'enter' | 'return') => (call: EventOf<'call'>) =>
  call.call === 'connect' && call.phase === phase;
/** The client's call, so much after it entered the kernel, ns. */
const returned = (after: number): Change => {
  let entered = 0;
  return {
    event: (event) => {
      if (event.type !== 'call' || event.call !== 'connect') return [event];
      if (event.phase === 'enter') entered = event.t;
      return event.phase === 'enter' ? [event] : [{ ...event, t: entered + after }];
    },
  };
};
/** The first segment arrives so much later than it was sent, by its capture and by its event, ns. */
const arrives = (later: number): Change => {
  const isIt = ({ host, frame }: { host: string; frame: number }) =>
    host === 'server' && frame === 3;
  return {
    event: (e) => [e.type === 'packet' && isIt(e) ? { ...e, t: e.t + later } : e],
    frame: (f) => [isIt({ ...f, frame: f.index }) ? { ...f, time: f.time + BigInt(later) } : f],
  };
};

/** The client's first segment has passed its queue; or one with other fields. */
const passes = (fields: Partial<Segment> = {}): Change => ({
  event: the(
    'packet',
    ({ host, direction }) => host === 'client' && direction === 'out',
    (packet) =>
      packet.segment === undefined
        ? packet
        : [
            {
              ...{ type: 'wire', phase: 'passes', host: 'client', id: 1, seq: packet.seq },
              ...{ t: packet.t - MS, segment: { ...packet.segment, ...fields } },
            },
            packet,
          ],
  ),
});
/** The lab loses a segment that no capture has, so long before the server's capture is whole, ns. */
const losesUnseen = (earlier: number): Change => {
  const last = stored.events.findLast((e) => e.type === 'marker' && e.host === 'server');
  const seen = stored.events.find((e) => e.type === 'packet' && e.segment !== undefined);
  if (seen?.type !== 'packet' || seen.segment === undefined) throw new Error('no segment');
  const segment = { ...seen.segment, seq: 1 };
  const lost = { type: 'wire', phase: 'lost', host: 'server', id: 1, segment } as const;
  return {
    event: (e) => (e.seq === last?.seq ? [{ ...lost, seq: e.seq, t: e.t - earlier }, e] : [e]),
  };
};

describe('in an honest run', () => {
  it.each<[string, string, Change]>([
    ['a kernel lacks what came later', 'kernel', kernel('6.4.16', 'tcp_syn_linear_timeouts')],
    ['and of another year', 'kernel', kernel('6.14.9', 'tcp_rto_max_ms')],
    ['and of another decade', 'kernel', kernel('5.19.0', 'tcp_rto_max_ms')],
    ['a SYN is sent again once', 'sysctls', set('tcp_syn_retries', '1')],
    ['or as often as can be', 'sysctls', set('tcp_syn_retries', '127')],
    ['a timeout is as short as can be', 'sysctls', set('tcp_rto_max_ms', '1000')],
    [
      'a backlog is all that the kernel grants',
      'sysctls',
      hosts(sysctl('net.core.somaxconn', '5')),
    ],
    ['a route has a shortest timeout', 'link', route((text) => `${text} rto_min 10s`)],
    ['that is locked', 'link', route((text) => `${text} rto_min lock 10s`)],
    ['a machine was busy before it began', 'date', begun(0.9 * HOUR)],
    ['a daemon’s clock is another one', 'date', begun(-23 * HOUR, 'docker')],
    ['a segment takes its time', 'captures-agree', arrives(200 * MS)],
    ['a processor stands still', 'witnesses-in-order', returned(-40 * MS)],
    ['a segment passes what held the wire before', 'wire-events', passes()],
    ['a program is stopped', 'ending', end({ status: 'interrupted', cut: true })],
    ['a machine breaks down', 'ending', end({ status: 'broken', cut: true })],
  ])('%s', (_what, name, change) => {
    const found = told(changed(stored, change)).map(({ invariant }) => invariant.name);
    expect(found).not.toContain(name);
  });
});

describe('in no run', () => {
  it.each<[string, string, Change]>([
    ['does a kernel lack what it has', 'kernel', kernel('6.5.0', 'tcp_syn_linear_timeouts')],
    ['or what it has since a minor release', 'kernel', kernel('6.15.0', 'tcp_rto_max_ms')],
    ['or a major one', 'kernel', kernel('7.0.0-rc1', 'tcp_rto_max_ms')],
    [
      'is there a kernel without a number',
      'kernel',
      hosts((host) => ({ ...host, kernel: 'mine' })),
    ],
    ['is a SYN never sent again', 'sysctls', set('tcp_syn_retries', '0')],
    ['or more often than can be', 'sysctls', set('tcp_syn_retries', '128')],
    ['is a timeout too short', 'sysctls', set('tcp_rto_max_ms', '999')],
    ['or too long', 'sysctls', set('tcp_rto_max_ms', '120001')],
    ['or no number', 'sysctls', set('tcp_rto_max_ms', '5000x')],
    ['is a backlog more', 'sysctls', hosts(sysctl('net.core.somaxconn', '4'))],
    [
      'does a route lead through another device',
      'link',
      route((r) => r.replace(' eth0 ', ' eth1 ')),
    ],
    ['or to somebody else', 'link', route((r) => `1${r}`)],
    ['or have more to it', 'link', route((r) => `${r} via 10.0.0.9`)],
    ['is a machine busy for hours before', 'date', begun(1.1 * HOUR)],
    ['do the captures begin before the run', 'date', begun(-5 * HOUR)],
    ['is a daemon’s clock of another day', 'date', begun(-25 * HOUR, 'docker')],
    ['nor of another day the other way', 'date', begun(25 * HOUR, 'docker')],
    ['does a segment arrive before it was sent', 'captures-agree', arrives(-20 * MS)],
    ['or more than a second later', 'captures-agree', arrives(1100 * MS)],
    ['has a run that was cut failed', 'ending', end({ status: 'failed', cut: true })],
    ['does the clock begin anywhere', 'times', { event: all('run', (run) => ({ ...run, t: 5 })) }],
    ['does a call return before it was entered', 'calls', returned(-1)],
    [
      'or as another call',
      'calls',
      { event: the('call', isConnect('return'), (c) => ({ ...c, args: [3, '10.8.108.1:6000'] })) },
    ],
    [
      'or before it was made',
      'calls',
      { event: the('call', isConnect('enter'), (c) => ({ ...c, result: 0 })) },
    ],
    [
      'or fail without an error',
      'calls',
      { event: the('call', isConnect('return'), ({ code: _, errno: __, ...c }) => c) },
    ],
    [
      'or succeed with one',
      'calls',
      { event: the('call', any, (c) => ({ ...c, errno: 22, code: 'EINVAL' })) },
    ],
    ['does one call come before what its program did', 'witnesses-in-order', returned(-60 * MS)],
    [
      'does a program of one host call at the other',
      'programs',
      { event: the('call', isConnect('return'), (c) => ({ ...c, host: 'server' })) },
    ],
    ['does a program end twice', 'programs', { event: the('exit', any, (e) => [e, e]) }],
    [
      'does a verdict rest on itself',
      'grounds',
      { event: the('verdict', any, (v) => ({ ...v, by: [v.seq] })) },
    ],
    [
      'is there a number twice',
      'ids',
      { event: the('expect', any, (e) => ({ ...e, id: e.id - 1 })) },
    ],
    ['is a verdict spoken twice', 'ids', { event: the('verdict', any, (v) => [v, v]) }],
    [
      'does a step end as another one',
      'ids',
      {
        event: the(
          'step',
          ({ phase }) => phase === 'end',
          (s) => ({ ...s, title: { text: 'b' } }),
        ),
      },
    ],
    ['does a run begin twice', 'hosts-first', { event: the('run', any, (r) => [r, r]) }],
    ['or end twice', 'hosts-first', { event: the('end', any, (e) => [e, e]) }],
    [
      'does a host do something before it is told of',
      'hosts-first',
      {
        event: (e) =>
          e.type === 'run'
            ? [e, { seq: 0, t: 1, type: 'note', text: 'x', host: 'client' } as LabEvent]
            : [e],
      },
    ],
    ['does what is in no capture pass', 'wire-events', passes({ window: 1 })],
    [
      'is a host told of as at the address of the other',
      'addresses',
      hosts((host) => ({ ...host, mac: '02:00:00:00:00:01' })),
    ],
  ])('%s', (_what, name, change) => {
    const found = told(changed(stored, change));
    expect(found.map(({ invariant }) => invariant.name)).toContain(name);
    for (const one of found) expect(inEnglish(toldOf(one))).toMatch(readsSo(one.invariant.name));
  });
});

it('what is lost on its way when the captures end may be in none, and not what was before', () => {
  const refused = (earlier: number): boolean =>
    told(changed(stored, losesUnseen(earlier))).some((one) => one.invariant.name === 'wire-events');
  expect([4, 6].map((ms) => refused(ms * MS))).toEqual([false, true]);
});

describe('a refusal', () => {
  /** Why all of it is refused, and where. */
  function refusal({ events, pcaps }: Recorded): string {
    try {
      checkInvariants(events, pcaps);
    } catch (error) {
      if (error instanceof InvariantError) return error.message;
      throw error;
    }
    return 'it is not refused';
  }

  it('names the events, or the frame, what was found there and what does not hold', () => {
    const other: Change = { event: the('host', any, (h) => ({ ...h, kernel: '6.18.0' })) };
    expect(refusal(changed(stored, other))).toMatch(
      /^events 1, 2: 6\.18\.0, 6\.18\.\S+; one-kernel: both hosts are of one kernel, with the same tools$/,
    );
    const own: Change = { event: the('verdict', any, (v) => ({ ...v, by: [v.seq] })) };
    const first = stored.events.find(({ type }) => type === 'verdict')?.seq;
    expect(refusal(changed(stored, own))).toBe(
      `event ${first}: ${first}; grounds: a verdict rests on events that came before it`,
    );
    const unsigned = (frame: Loose): Loose[] => {
      if (isTcp(frame)) frame.data.writeUInt16BE(7, 14 + 10);
      return [frame];
    };
    expect(refusal(changed(stored, { frame: unsigned }))).toBe(
      'frame 3 of server.pcap: IPv4; checksums: the checksums of IPv4 and TCP are those of the octets',
    );
    const flipped: Change = {
      event: the('packet', any, (p) => ({ ...p, direction: p.direction === 'in' ? 'out' : 'in' })),
    };
    expect(refusal(changed(stored, flipped))).toMatch(
      /^event 39, frame 3 of client\.pcap: direction "in", "out"; frames-are-events: /,
    );
  });

  it('is of a capture that is none, and of a host that nothing is said about', () => {
    const { events, pcaps } = stored;
    const none = { ...pcaps, client: Buffer.from('not a pcap, by any of its octets') };
    expect(refusal({ events, pcaps: none })).toMatch(/^client\.pcap: pcap, octet 0: no pcap file/);
    const alone: Change = { event: (e) => (e.type === 'host' && e.host === 'client' ? [] : [e]) };
    expect(refusal(changed(stored, alone))).toBe('nothing is said about the client');
  });

  it('is of a run without hosts that has seen or judged something', () => {
    const empty = Buffer.from(emptyPcap());
    const pcaps = { server: empty, client: empty };
    const only = (status: EventOf<'end'>['status'], cut?: true): LabEvent[] => [
      ...stored.events.slice(0, 1),
      { seq: 1, t: 5, type: 'note', text: 'a note' },
      { seq: 2, t: 9, type: 'end', status, ...(cut && { cut }) },
    ];
    expect(refusal({ events: only('interrupted', true), pcaps })).toBe('it is not refused');
    expect(refusal({ events: only('passed', true), pcaps })).toBe('passed without hosts');
    expect(refusal({ events: only('failed', true), pcaps })).toBe('failed without hosts');
    expect(refusal({ events: only('broken'), pcaps })).toBe('nothing is said about the server');
    const seen = { ...pcaps, client: stored.pcaps.client };
    expect(refusal({ events: only('broken', true), pcaps: seen })).toBe(
      'client.pcap has frames, but there was no client',
    );
  });
});

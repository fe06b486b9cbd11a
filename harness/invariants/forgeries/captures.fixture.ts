/** Forged packets, times and captures. */
import type { EventOf, LabEvent } from '../../evidence/events.ts';
import {
  changed,
  framesTimes,
  IP,
  isTcp,
  reread,
  TCP,
  times,
  type Recorded,
} from './forge.fixture.ts';
import {
  HOUR,
  all,
  any,
  isSegment,
  isShown,
  segments,
  the,
  timestampIn,
  type Forgery,
  withFlags,
  withSegment,
} from './table.fixture.ts';

const markersIn = ({ events }: Recorded): EventOf<'marker'>[] =>
  events.filter((event): event is EventOf<'marker'> => event.type === 'marker');

/** Of both captures: the first markers, which stand before the lab begins. */
const headOf = (recorded: Recorded): EventOf<'marker'>[] => markersIn(recorded).slice(0, 4);

/** A marker of a capture that is neither in its head nor in its tail. */
const middleOf = (recorded: Recorded): EventOf<'marker'> => {
  const markers = markersIn(recorded).filter(({ host }) => host === 'server');
  const middle = markers[4];
  if (middle === undefined || markers.length < 9) throw new Error('no marker amidst the run');
  return middle;
};

const isOneOf =
  (markers: readonly EventOf<'marker'>[]) =>
  ({ host, frame }: { host: string; frame: number }): boolean =>
    markers.some((marker) => marker.host === host && marker.frame === frame);

/** These markers as if the other host had sent them. */
const fromTheOther = (recorded: Recorded, markers: readonly EventOf<'marker'>[]): Recorded =>
  reread(recorded, (frame) => {
    if (!isOneOf(markers)({ host: frame.host, frame: frame.index })) return [frame];
    const [to, from, rest] = [
      frame.data.subarray(0, 6),
      frame.data.subarray(6, 12),
      frame.data.subarray(12),
    ];
    return [{ ...frame, data: Buffer.concat([from, to, rest]) }];
  });

const isOfTheLab = ({ type }: LabEvent): boolean =>
  ['step', 'action', 'expect', 'verdict', 'deadline'].includes(type);

export const CAPTURES: readonly Forgery[] = [
  // A packet's event.
  {
    what: "a packet's direction flipped",
    breaks: 'frames-are-events',
    change: {
      event: the('packet', isSegment, (p) => ({
        ...p,
        direction: p.direction === 'in' ? 'out' : 'in',
      })),
    },
  },
  {
    what: "all packets' directions flipped",
    breaks: 'frames-are-events',
    change: {
      event: all('packet', (p) => ({ ...p, direction: p.direction === 'in' ? 'out' : 'in' })),
    },
  },
  {
    what: "a segment's flags changed",
    breaks: 'frames-are-events',
    change: {
      event: the('packet', withFlags('S.'), withSegment({ flags: 'R.' })),
    },
  },
  {
    what: 'a window changed',
    breaks: 'frames-are-events',
    change: {
      event: the('packet', isSegment, withSegment({ window: 1 })),
    },
  },
  {
    what: 'an option left out',
    breaks: 'frames-are-events',
    change: {
      event: the('packet', withFlags('S'), withSegment({ options: {} })),
    },
  },
  {
    what: 'a payload changed',
    of: 'half-close',
    breaks: 'frames-are-events',
    change: {
      event: the(
        'packet',
        ({ segment }) => segment?.payload !== undefined,
        withSegment({ payload: 'ff' }),
      ),
    },
  },
  {
    what: 'a segment told as none',
    breaks: 'frames-are-events',
    change: {
      event: the('packet', isSegment, ({ seq, t, type, host, frame, direction }) => [
        { seq, t, type, host, frame, direction, other: 'nothing' },
      ]),
    },
  },
  {
    what: 'a packet said to be the frame after its own',
    breaks: 'frames-are-events',
    change: { event: the('packet', isSegment, (p) => ({ ...p, frame: p.frame + 1 })) },
  },
  {
    what: 'a packet left out of the stream',
    breaks: 'frames-are-events',
    change: { event: the('packet', isSegment, () => []) },
  },
  {
    what: 'a packet in the stream twice',
    breaks: 'frames-are-events',
    change: { event: the('packet', isSegment, (p) => [p, p]) },
  },
  {
    what: 'two packets in the other order',
    breaks: 'frames-are-events',
    change: ({ events }) => {
      const two = events
        .filter((e): e is EventOf<'packet'> => e.type === 'packet' && e.host === 'client')
        .slice(2, 4);
      const [first, second] = two;
      return {
        event: (e) =>
          e.seq === first?.seq && second !== undefined
            ? [{ ...second, t: e.t }]
            : e.seq === second?.seq && first !== undefined
              ? [{ ...first, t: e.t }]
              : [e],
      };
    },
  },
  {
    what: "a marker's nonce changed",
    breaks: 'frames-are-events',
    change: { event: the('marker', any, (f) => ({ ...f, nonce: 'aabbccddeeff' })) },
  },
  {
    what: 'a marker said to be the other host’s',
    breaks: 'frames-are-events',
    change: {
      event: the('marker', any, (f) => ({ ...f, from: f.from === 'server' ? 'client' : 'server' })),
    },
  },
  {
    what: "a host's link address changed",
    breaks: 'frames-are-events',
    change: {
      event: all(
        'host',
        (h) => ({ ...h, mac: '02:00:00:00:00:01' }),
        ({ host }) => host === 'server',
      ),
    },
  },

  // Times.
  {
    what: 'packets an hour earlier than in their captures',
    breaks: 'times',
    change: { event: all('packet', (p) => ({ ...p, t: p.t - HOUR })) },
  },
  {
    what: 'packets an hour later than in their captures',
    breaks: 'times',
    change: { event: all('packet', (p) => ({ ...p, t: p.t + HOUR })) },
  },
  {
    what: 'all events an hour later, the captures not',
    breaks: 'times',
    change: { event: (e) => [{ ...e, t: e.t + HOUR }] },
  },
  {
    what: 'packets 100 ms earlier than in their captures',
    breaks: 'frames-in-time',
    change: { event: all('packet', (p) => ({ ...p, t: p.t - 1e8 })) },
  },
  {
    what: 'one packet 10 ms earlier',
    breaks: 'frames-in-time',
    change: { event: the('packet', withFlags('S', 'in'), (p) => ({ ...p, t: p.t - 1e7 })) },
  },
  {
    what: 'one packet and its frame 100 ms earlier',
    breaks: 'captures-agree',
    change: ({ events }) => {
      const packet = events.find(
        (e): e is EventOf<'packet'> => e.type === 'packet' && withFlags('S.', 'in')(e),
      );
      return {
        event: (e) => [e.seq === packet?.seq ? { ...e, t: e.t - 1e8 } : e],
        frame: (f) => [
          f.host === packet?.host && f.index === packet.frame
            ? { ...f, time: f.time - 100_000_000n }
            : f,
        ],
      };
    },
  },
  {
    what: 'the captures a year off',
    breaks: 'date',
    change: { frame: (f) => [{ ...f, time: f.time - 365n * 86_400n * 1_000_000_000n }] },
  },
  {
    what: 'one capture a year off',
    breaks: 'frames-in-time',
    change: {
      frame: (f) => [
        f.host === 'server' ? { ...f, time: f.time + 365n * 86_400n * 1_000_000_000n } : f,
      ],
    },
  },
  {
    what: 'the date a day later',
    breaks: 'date',
    change: {
      event: all('run', (r) => ({
        ...r,
        startedAt: new Date(Date.parse(r.startedAt) + 86_400_000).toISOString(),
      })),
    },
  },
  {
    what: 'a sample an hour later',
    breaks: 'times',
    change: {
      event: the('sample', isShown('ESTABLISHED'), (s) => ({
        ...s,
        t: s.t + HOUR,
        began: s.began + HOUR,
        ended: s.ended + HOUR,
      })),
    },
  },
  {
    what: 'a sample that began after its end',
    breaks: 'samples',
    change: { event: the('sample', any, (s) => ({ ...s, began: s.ended + 1 })) },
  },
  {
    what: 'a sample taken while another one was',
    breaks: 'samples',
    change: { event: the('sample', any, (s) => ({ ...s, began: 0 }), 5) },
  },
  {
    what: 'a call an hour earlier',
    breaks: 'witnesses-in-order',
    change: { event: the('call', any, (c) => ({ ...c, t: Math.max(0, c.t - HOUR) }), 2) },
  },
  {
    what: 'a transition before anything was sent',
    breaks: 'states-and-segments',
    change: {
      event: the(
        'transition',
        ({ to }) => to === 'ESTABLISHED',
        (x) => ({ ...x, t: 1 }),
      ),
    },
  },
  {
    what: 'an event before the run',
    breaks: 'times',
    change: { event: the('transition', any, (x) => ({ ...x, t: -5 })) },
  },
  {
    what: 'an action after what followed it',
    breaks: 'times',
    change: { event: the('action', any, (a) => ({ ...a, t: a.t + HOUR })) },
  },

  // The captures.
  {
    what: 'a frame and its packet left out of one capture',
    breaks: 'captures-agree',
    forge: (r) => times(r, (p) => (p.host === 'server' && withFlags('S')(p) ? 0 : 1)),
  },
  {
    what: 'a frame with its packet twice in one capture',
    breaks: 'captures-agree',
    forge: (r) => times(r, (p) => (p.host === 'server' && withFlags('S')(p) ? 2 : 1)),
  },
  {
    what: 'a segment changed in one capture and its events, checksums anew',
    breaks: 'captures-agree',
    forge: (r) =>
      reread(
        r,
        segments((data, { host }) => {
          if (host === 'client') data.writeUInt16BE(7, TCP + 14);
        }),
      ),
  },
  {
    what: 'windows changed everywhere, the checksums not',
    breaks: 'checksums',
    forge: (r) =>
      reread(r, (frame) => {
        if (isTcp(frame)) frame.data.writeUInt16BE(7, TCP + 14);
        return [frame];
      }),
  },
  {
    what: 'all addresses rewritten in captures and packets',
    breaks: 'addresses',
    forge: (r) =>
      reread(
        r,
        segments((data) => {
          data.writeUInt8(192, IP + 12);
          data.writeUInt8(192, IP + 16);
        }),
      ),
  },
  {
    what: 'the sequence numbers of one side moved, the acknowledgments not',
    breaks: 'acknowledgments',
    forge: (r) =>
      reread(
        r,
        segments((data) => {
          if (data.readUInt16BE(TCP) === 6000)
            data.writeUInt32BE((data.readUInt32BE(TCP + 4) - 1e6) >>> 0, TCP + 4);
        }),
      ),
  },
  {
    what: 'timestamps moved, the echoes not',
    breaks: 'timestamp-echoes',
    forge: (r) =>
      reread(
        r,
        segments((data) => {
          const from = timestampIn(data);
          if (from !== undefined && data.readUInt16BE(TCP) === 6000)
            data.writeUInt32BE((data.readUInt32BE(from) ^ 0x10000) >>> 0, from);
        }),
      ),
  },
  {
    what: 'a TTL as if it had been routed',
    breaks: 'sizes',
    forge: (r) =>
      reread(
        r,
        segments((data) => {
          data.writeUInt8(63, IP + 8);
        }),
      ),
  },
  {
    what: 'an MSS that the link does not carry',
    breaks: 'syn-options',
    change: { event: all('host', (h) => ({ ...h, mtu: 1400 })) },
  },
  {
    what: 'the tail of both captures cut',
    breaks: 'captures-are-marked',
    change: ({ events }) => {
      const markers = events.filter((e): e is EventOf<'marker'> => e.type === 'marker');
      const cut = new Set(markers.slice(-4).map(({ host, frame }) => `${host} ${frame}`));
      return {
        event: (e) =>
          (e.type === 'marker' || e.type === 'packet') && cut.has(`${e.host} ${e.frame}`)
            ? []
            : [e],
        frame: (f) => (cut.has(`${f.host} ${f.index}`) ? [] : [f]),
      };
    },
  },
  {
    what: 'the head of both captures cut',
    breaks: 'captures-are-marked',
    forge: (r) => framesTimes(r, (e) => (isOneOf(headOf(r))(e) ? 0 : 1)),
  },
  {
    what: "heads with both markers from the server: the client's way was not open yet",
    breaks: 'captures-are-marked',
    forge: (r) =>
      fromTheOther(
        r,
        headOf(r).filter(({ from }) => from === 'client'),
      ),
  },
  {
    what: "a marker that is one host's in one capture and the other's in the other",
    breaks: 'captures-are-marked',
    forge: (r) => fromTheOther(r, [middleOf(r)]),
  },
  {
    what: 'a marker that only one capture has',
    breaks: 'captures-are-marked',
    forge: (r) => framesTimes(r, (e) => (isOneOf([middleOf(r)])(e) ? 0 : 1)),
  },
  {
    what: 'a marker twice in a capture, as if a stretch of it had been put in again',
    breaks: 'captures-are-marked',
    forge: (r) => framesTimes(r, (e) => (isOneOf([middleOf(r)])(e) ? 2 : 1)),
  },
  {
    what: 'a run whose lab did nothing, with one round of markers for head and tail',
    breaks: 'captures-are-marked',
    forge: (r) =>
      changed(
        framesTimes(r, (e) => (e.type === 'packet' || isOneOf(headOf(r))(e) ? 1 : 0)),
        { event: (e) => (isOfTheLab(e) ? [] : [e]) },
      ),
  },
  {
    what: 'a segment that went although the wire was held, and nothing says why',
    breaks: 'held-wire',
    change: { event: (e) => (e.type === 'wire' ? [] : [e]) },
  },
  {
    what: 'a segment that goes twice',
    breaks: 'wire-events',
    change: {
      event: the(
        'wire',
        ({ phase }) => phase === 'goes',
        (w) => [w, w],
      ),
    },
  },
  {
    what: 'a segment that is said to have passed besides, and went once',
    breaks: 'wire-events',
    change: {
      event: the(
        'wire',
        ({ phase }) => phase === 'waits',
        (w) => [w, { ...w, phase: 'passes' }],
      ),
    },
  },
  {
    what: 'another segment that waits',
    breaks: 'wire-events',
    change: {
      event: the(
        'wire',
        ({ segment }) => segment !== undefined,
        (w) => (w.segment === undefined ? w : { ...w, segment: { ...w.segment, window: 1 } }),
      ),
    },
  },
  {
    what: 'an injected segment that the lab does not own up to',
    of: 'old-duplicate-syn',
    breaks: 'syn-options',
    change: { event: (e) => (e.type === 'action' && e.op === 'inject' ? [] : [e]) },
  },
  {
    what: 'an injected segment told otherwise',
    of: 'forged-reset',
    breaks: 'injected-went-out',
    change: {
      event: all('action', (a) =>
        a.op === 'inject' && a.phase === 'begin'
          ? { ...a, args: { ...a.args, segment: 'R seq=1' } }
          : a,
      ),
    },
  },

  {
    what: 'a connection taken out of both captures',
    breaks: 'states-and-segments',
    forge: (r) => times(r, (p) => (isSegment(p) ? 0 : 1)),
  },
  {
    what: 'a connection taken out of captures, samples and transitions',
    breaks: 'calls-and-segments',
    forge: (r) =>
      changed(
        times(r, (p) => (isSegment(p) ? 0 : 1)),
        {
          event: (e) =>
            e.type === 'transition' && e.peer.port !== 0
              ? []
              : e.type === 'sample'
                ? [{ ...e, rows: e.rows.filter(({ state }) => state === 'LISTEN') }]
                : [e],
        },
      ),
  },
];

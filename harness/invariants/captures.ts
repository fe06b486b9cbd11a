/** Each capture against the events that were made of it. */
import { isDeepStrictEqual } from 'node:util';
import { WALL_CLOCK_SLEW, WALL_CLOCK_STEP } from '../evidence/clock.ts';
import { HOSTS, type EventOf, type HostName, type LabEvent } from '../evidence/events.ts';
import type { Captured, Evidence, Invariant, Violation } from './evidence.ts';
import { told } from '../told.ts';

/** Every frame of a capture is an event, in order, and says the same; and the other way round. */
const frames: Invariant = {
  name: 'frames-are-events',
  says: told('each frame of a capture is an event, in its order, and each such event a frame'),
  *check({ events, captures }) {
    for (const host of HOSTS) {
      const { frames } = captures[host];
      for (const { frame, is, event } of frames) {
        if (event === undefined) yield { frame: at(host, frame.index), found: told('no event') };
        else if (!saysWhat(event, is))
          yield { events: [event.seq], frame: at(host, frame.index), found: differing(event, is) };
      }
      const captured = events.filter(
        (event) => (event.type === 'packet' || event.type === 'marker') && event.host === host,
      );
      for (const { seq } of captured.slice(frames.length))
        yield {
          events: [seq],
          found: told('{file}: no frame {n}', { file: `${host}.pcap`, n: frames.length + 1 }),
        };
    }
  },
};

const at = (host: HostName, index: number): NonNullable<Violation['frame']> => ({ host, index });

/** It says the very same, and nothing more but when and where it stands in the stream. */
function saysWhat(event: NonNullable<Captured['event']>, is: Captured['is']): boolean {
  const { seq, t, step } = event;
  return isDeepStrictEqual(event, { seq, t, ...(step === undefined ? {} : { step }), ...is });
}

/** The first field that differs. */
function differing(event: NonNullable<Captured['event']>, is: Captured['is']): Violation['found'] {
  const said = event as unknown as Record<string, unknown>;
  const found = Object.entries(is as object as Record<string, unknown>).find(
    ([name, value]) => !isDeepStrictEqual(said[name], value),
  );
  if (found === undefined) return told('more than that');
  const [name, value] = found;
  return `${name} ${JSON.stringify(said[name])}, ${JSON.stringify(value)}`;
}

/** The captures' wall clock and the events' clock run side by side. */
const times: Invariant = {
  name: 'frames-in-time',
  says: told(
    'a frame has the same time in its capture and in its event, on two clocks that run alike',
  ),
  *check({ captures }) {
    let first: { ahead: bigint; t: number } | undefined;
    for (const host of HOSTS) {
      for (const { frame, event } of captures[host].frames) {
        if (event === undefined) continue;
        const ahead = frame.time - BigInt(event.t);
        first ??= { ahead, t: event.t };
        const off = Number(ahead - first.ahead);
        if (Math.abs(off) <= WALL_CLOCK_STEP + WALL_CLOCK_SLEW * Math.abs(event.t - first.t))
          continue;
        yield { events: [event.seq], frame: at(host, frame.index), found: seconds(off) };
      }
    }
  },
};

const seconds = (ns: number): string => `${(ns / 1e9).toFixed(3)} s`;

/** A machine that waits for its turn to start hosts; a Docker machine whose clock is not ours. */
const LATEST = { netns: 3600e9, others: 86400e9 };

/** What the run says of its date, the captures say too. */
const date: Invariant = {
  name: 'date',
  says: told('the captures begin when the run says that it did'),
  *check({ run, captures }) {
    const began = BigInt(Date.parse(run.startedAt)) * 1_000_000n;
    const isOurs = run.backend === 'netns';
    const [earliest, latest] = isOurs ? [-1e9, LATEST.netns] : [-LATEST.others, LATEST.others];
    for (const host of HOSTS) {
      const [first] = captures[host].frames;
      if (first?.event === undefined) continue;
      const later = Number(first.frame.time - BigInt(first.event.t) - began);
      if (later >= earliest && later <= latest) continue;
      const found = `${run.startedAt}, ${seconds(later)}`;
      yield { events: [0], frame: at(host, 1), found };
    }
  },
};

/** What the lab itself did: between its first and its last, captures must have missed nothing. */
const OF_THE_LAB: readonly LabEvent['type'][] = ['step', 'action', 'expect', 'verdict', 'deadline'];

/**
 * Both hosts' markers stand in the capture before the lab did anything, and again after it did its
 * last: head and tail are there. What the kernels still say to each other behind them is no matter.
 */
const markers: Invariant = {
  name: 'captures-are-marked',
  says: told(
    'both captures hold the markers of both hosts before the lab begins and after its end',
  ),
  *check(evidence) {
    const own = evidence.events.filter(({ type }) => OF_THE_LAB.includes(type));
    const first = own[0]?.seq ?? Infinity;
    const last = own.at(-1)?.seq ?? -1;
    // A lab that did nothing has head and tail in one; a run that was cut short may have neither.
    const rounds = own.length > 0 ? 1 : evidence.cut ? 0 : 2;
    for (const host of HOSTS) {
      const markers = evidence.of('marker').filter((marker) => marker.host === host);
      const parts = {
        head: markers.filter(({ seq }) => seq < first),
        ...(evidence.cut ? {} : { tail: markers.filter(({ seq }) => seq > last) }),
      };
      for (const [part, found] of Object.entries(parts)) {
        for (const from of HOSTS) {
          if (found.filter((marker) => marker.from === from).length >= rounds) continue;
          yield { found: `${host}.pcap, ${part}, ${from}` };
        }
      }
    }
    yield* unpaired(evidence);
  },
};

/** A marker that one capture has and the other has not; when all is cut short, the last may be so. */
function* unpaired(evidence: Evidence): Iterable<Violation> {
  const markers = evidence.of('marker');
  const keyOf = ({ host, from, nonce }: EventOf<'marker'>, at = host): string =>
    `${at} ${from} ${nonce}`;
  const keys = markers.map((marker) => keyOf(marker));
  const known = new Set(keys);
  for (const [index, marker] of markers.entries()) {
    const elsewhere = marker.host === 'server' ? 'client' : 'server';
    const isTwice = keys.indexOf(keys[index] ?? '') !== index;
    if (evidence.cut && !isTwice && marker.t > evidence.wholeUntil[marker.host]) continue;
    if (!isTwice && known.has(keyOf(marker, elsewhere))) continue;
    yield { events: [marker.seq], found: marker.nonce };
  }
}

export const ofCaptures: readonly Invariant[] = [frames, times, date, markers];

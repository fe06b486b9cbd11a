/** The stream itself: what belongs together, what comes before what, and when. */
import { isDeepStrictEqual } from 'node:util';
import { HARNESS_ERROR } from '../evidence/clock.ts';
import { HOSTS, type LabEvent } from '../evidence/events.ts';
import type { Invariant } from './evidence.ts';
import { told } from '../told.ts';

/** Steps, actions and expectations begin once, end once, and have ids that count up. */
const pairs: Invariant = {
  name: 'ids',
  says: told('steps, actions and expectations count up, and what ends has begun'),
  *check({ events }) {
    let last = 0;
    const open = new Map<string, LabEvent>();
    for (const event of events) {
      const { seq } = event;
      const key = keyOf(event);
      if (key === undefined) continue;
      const begins = event.type === 'expect' || ('phase' in event && event.phase === 'begin');
      if (begins) {
        const id = (event as { id: number }).id;
        if (id <= last) yield { events: [seq], found: key };
        last = Math.max(last, id);
        open.set(key, event);
      } else {
        const begun = open.get(key);
        if (begun === undefined || !isSame(begun, event)) yield { events: [seq], found: key };
        if (event.type !== 'deadline') open.delete(key);
      }
    }
  },
};

function keyOf(event: LabEvent): string | undefined {
  switch (event.type) {
    case 'step':
    case 'action':
      return `${event.type} ${event.id}`;
    case 'expect':
    case 'verdict':
    case 'deadline':
      return `expect ${event.id}`;
    default:
      return undefined;
  }
}

function isSame(begun: LabEvent, ended: LabEvent): boolean {
  if (begun.type === 'action' && ended.type === 'action')
    return begun.op === ended.op && begun.host === ended.host;
  return (
    begun.type !== 'step' || ended.type !== 'step' || isDeepStrictEqual(begun.title, ended.title)
  );
}

/** An event belongs to the step that is open when it comes (harness/evidence/stream.ts). */
const steps: Invariant = {
  name: 'steps',
  says: told('each event belongs to the step that was open when it came'),
  *check({ events }) {
    let open: number | undefined;
    for (const event of events) {
      if (event.type === 'step') open = event.phase === 'begin' ? event.id : undefined;
      const wanted = event.type === 'step' && event.phase === 'end' ? event.id : open;
      if (event.step !== wanted)
        yield { events: [event.seq], found: told('step {n}', { n: event.step ?? '' }) };
    }
  },
};

/** A verdict rests on what was there before it. */
const grounds: Invariant = {
  name: 'grounds',
  says: told('a verdict rests on events that came before it'),
  *check(evidence) {
    for (const { seq, by } of evidence.of('verdict')) {
      const later = by.filter((one) => one >= seq);
      if (later.length > 0) yield { events: [seq], found: later.join(' ') };
    }
  },
};

/** What the harness stamps itself. */
const OURS: readonly LabEvent['type'][] = [
  'step',
  'action',
  'expect',
  'verdict',
  'deadline',
  'answer',
  'end',
];

/** The harness writes down what has happened: its own clock never goes back, nothing is of the future. */
const times: Invariant = {
  name: 'times',
  says: told(
    'no event is later than what the harness did after it had come, or earlier than the run',
  ),
  *check({ events }) {
    let until = Infinity;
    for (const event of [...events].reverse()) {
      const { seq, t, type } = event;
      const isOurs = OURS.includes(type);
      if (t > until + (isOurs ? 0 : HARNESS_ERROR) || t < 0)
        yield { events: [seq], found: `${(t / 1e9).toFixed(3)} s` };
      if (isOurs) until = Math.min(until, t);
    }
    if (events[0]?.t !== 0) yield { events: [0], found: `${events[0]?.t ?? ''}` };
  },
};

/** Each witness tells in the order in which it saw. */
const order: Invariant = {
  name: 'witnesses-in-order',
  says: told('what one capture, or one program, tells comes in the order of its times'),
  *check({ events }) {
    const last = new Map<string, number>();
    for (const event of events) {
      const { seq, t, type } = event;
      if (type !== 'packet' && type !== 'marker' && type !== 'call') continue;
      const key = type === 'call' ? `program ${event.program}` : event.host;
      const before = last.get(key) ?? -Infinity;
      if (t < before - DISORDER)
        yield { events: [seq], found: `${((t - before) / 1e6).toFixed(3)} ms` };
      last.set(key, Math.max(t, before));
    }
  },
};

/**
 * Two processors may hand over two frames in another order than they stamped them, ns: one that is
 * virtual may stand still in between. (Measured: at the highest real-time priority it was away for up to
 * 40 ms, a few times in a second for more than 2, while the wall clock and the monotonic one kept step.)
 */
const DISORDER = 50e6;

/** Nothing is said twice of a host, and all before the lab begins. */
const once: Invariant = {
  name: 'hosts-first',
  says: told('each host is told of once, before anything happens there'),
  *check(evidence) {
    for (const host of HOSTS) {
      const own = evidence.of('host').filter((event) => event.host === host);
      const first = evidence.events.find(
        (event) => event.type !== 'host' && 'host' in event && event.host === host,
      );
      if (own.length === 1 && (own[0]?.seq ?? 0) < (first?.seq ?? Infinity)) continue;
      yield { events: own.map(({ seq }) => seq), found: host };
    }
    const others = evidence.events.filter(({ type, seq }) => type === 'run' && seq > 0);
    const ends = evidence.of('end').slice(0, -1);
    for (const { seq, type } of [...others, ...ends]) yield { events: [seq], found: type };
  },
};

/** Somebody who cuts a failed run short makes it no better: what was cut is not judged as a whole. */
const ending: Invariant = {
  name: 'ending',
  says: told('what has passed or failed came to its end, and was not cut short'),
  *check(evidence) {
    for (const { seq, status, cut } of evidence.of('end'))
      if (cut === true && (status === 'passed' || status === 'failed'))
        yield { events: [seq], found: status };
  },
};

export const ofOrder: readonly Invariant[] = [pairs, steps, grounds, times, order, once, ending];

import type { LabEvent } from '../../evidence/events.ts';
import { Stream } from '../../evidence/stream.ts';
import { carries } from '../../expect/segments/carried.ts';
import { courseOf } from '../../history/ends.ts';
import { historyOf } from '../../history/history.ts';
import { waitsOf } from '../../history/holds.ts';
import { ladderOf } from '../../present/ladder/ladder.ts';
import { renderLadder } from '../../present/terminal/ladder/ladder-text.ts';
import { plainStyle } from '../../present/terminal/style.ts';
import { Judge } from '../../run/judge.ts';
import { median } from './process.ts';

/** Packets of each run: what the others cost is compared with the first. */
export const SIZES = [500, 5000, 50_000] as const;

/** What is made of a run; judged, with so many expectations open all the while. */
export const STAGES = {
  history: (events: LabEvent[]) => [courseOf(historyOf(events)), waitsOf(historyOf(events))],
  'judged, 1 expectation': (events: LabEvent[]) => judged(events, 1),
  'judged, 50 expectations': (events: LabEvent[]) => judged(events, 50),
  ladder: (events: LabEvent[]) => renderLadder(ladderOf(events), plainStyle(80)),
} as const satisfies Record<string, (events: LabEvent[]) => unknown>;
export type Stage = keyof typeof STAGES;

/** Microseconds of a processor's for each event, in the order of `SIZES`: other processes count for nothing. */
export type Growth = Record<Stage, readonly number[]>;

/** A long run is its own repetition. */
const timesOf = (size: number): number => (size > 10_000 ? 1 : 3);

/** What each stage takes for an event of runs of each size, made of one that has a connection. */
export function growth(recorded: readonly LabEvent[]): Growth {
  const names = Object.keys(STAGES) as Stage[];
  const measured = names.map((name) => [name, SIZES.map((size) => perEvent(name, recorded, size))]);
  return Object.fromEntries(measured) as Growth;
}

function perEvent(name: Stage, recorded: readonly LabEvent[], size: number): number {
  const times = Array.from({ length: timesOf(size) }, () => {
    // Nobody has read these yet.
    const events = grown(recorded, size);
    const began = process.cpuUsage();
    STAGES[name](events);
    const { user, system } = process.cpuUsage(began);
    return (user + system) / events.length;
  });
  return median(times);
}

/** All that came is pushed into a stream while so many wait for what never comes, at a port of the server. */
function judged(events: readonly LabEvent[], count: number): Stream {
  const stream = new Stream();
  const judge = new Judge(stream, () => undefined);
  const port = serverPortOf(events);
  for (let id = 1; id <= count; id++) {
    const never = carries({ serverPort: port }, `client > server  R  seq=${id}`);
    // It is left without a verdict.
    judge.open(id, never, 0).catch(() => undefined);
  }
  for (const event of events) stream.push(event);
  judge.abandon(new Error('over'));
  return stream;
}

/** What witnesses tell of a connection; the lab's own doings cannot be repeated. */
const OF_A_CONNECTION: readonly LabEvent['type'][] = ['packet', 'wire', 'sample', 'transition'];
/** Ports of clients: so many connections can be told apart. */
const [LOWEST, MOST] = [2000, 60_000];

/**
 * A run of about so many packets: what this one's witnesses tell of its first connection, again and
 * again, each time from another port of the client and later.
 */
export function grown(recorded: readonly LabEvent[], packets: number): LabEvent[] {
  const setUp = recorded.filter(({ type }) => type === 'run' || type === 'host');
  const told = recorded.filter(({ type }) => OF_A_CONNECTION.includes(type));
  const each = told.filter(({ type }) => type === 'packet').length;
  const took = (recorded.at(-1)?.t ?? 0) - (setUp.at(-1)?.t ?? 0);
  const port = `"port":${firstSyn(recorded).src.port}`;
  const texts = told.map((event) => JSON.stringify(event));
  const copies = Array.from({ length: Math.ceil(packets / each) }, (_, n) => {
    const other = `"port":${LOWEST + (n % MOST)}`;
    return texts.map((text) =>
      later(JSON.parse(text.replaceAll(port, other)) as LabEvent, n * took),
    );
  });
  return [...setUp, ...copies.flat()].map((event, seq) => Object.assign(event, { seq }));
}

function later(event: LabEvent, by: number): LabEvent {
  event.t += by;
  if (event.type !== 'sample') return event;
  return Object.assign(event, { began: event.began + by, ended: event.ended + by });
}

function firstSyn(events: readonly LabEvent[]) {
  for (const event of events) {
    if (event.type === 'packet' && event.segment?.flags === 'S') return event.segment;
  }
  throw new Error('a run without a connection');
}

const serverPortOf = (events: readonly LabEvent[]): number => firstSyn(events).dst.port;

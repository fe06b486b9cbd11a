import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { EventOf, LabEvent } from '../evidence/events.ts';
import { storedRun } from '../present/ladder/stored-run.fixture.ts';
import { edgesShown } from './edges.ts';
import { courseOf } from './ends.ts';
import { History, historyOf } from './history.ts';
import { waitsOf } from './holds.ts';
import { segmentsOf, type WireSegment } from './segments.ts';

const RUNS = ['time-wait', 'lost-last-ack', 'old-duplicate-syn', 'walked-handshake'] as const;

/** All that is read of a run as a whole. */
const all = (history: History) => ({
  segments: segmentsOf(history),
  turns: courseOf(history).turns,
  connections: courseOf(history).connections.inOrder,
  waits: [...waitsOf(history)],
  changes: history.socketChanges,
  edges: edgesShown(history),
  programs: history.programs.all.map(({ calls, outputs, exit }) => ({ calls, outputs, exit })),
  lab: [history.lab.steps, history.lab.actions, history.lab.expectations],
});

describe.each(RUNS)('%s', (lab) => {
  const events = storedRun(lab);

  test('read as it grows, and asked meanwhile, is what it is when read at once', () => {
    const atOnce = all(new History(events).catchUp());
    fc.assert(
      fc.property(fc.array(fc.nat(events.length), { maxLength: 6 }), (stops) => {
        const growing: LabEvent[] = [];
        for (const event of events) {
          growing.push(event);
          if (stops.includes(growing.length)) all(historyOf(growing));
        }
        expect(all(historyOf(growing))).toEqual(atOnce);
      }),
      { numRuns: 12 },
    );
  });

  test('has the same segments, in whatever order the two captures arrive', () => {
    const wanted = told(segmentsOf(historyOf(events)));
    expect(wanted.length).toBeGreaterThan(2);
    fc.assert(
      fc.property(fc.infiniteStream(fc.boolean()), (turns) => {
        expect(told(segmentsOf(historyOf(interleaved(events, turns))))).toEqual(wanted);
      }),
      { numRuns: 40 },
    );
  });
});

/** Without the numbers of events, which are the order of arrival. */
const told = (segments: readonly WireSegment[]) =>
  segments.map(({ sent, arrived, ...rest }) => ({ ...rest, sent: sent?.t, arrived: arrived?.t }));

/** The same events, each capture's packets in their own order, but the two captures mixed anew. */
function interleaved(events: readonly LabEvent[], turns: Iterator<boolean>): LabEvent[] {
  const packets = events.filter((event): event is EventOf<'packet'> => event.type === 'packet');
  const left = {
    server: packets.filter(({ host }) => host === 'server'),
    client: packets.filter(({ host }) => host === 'client'),
  };
  const next = (): LabEvent | undefined => {
    const [first, second] = turns.next().value ? ['server', 'client'] : ['client', 'server'];
    return left[first as 'server'].shift() ?? left[second as 'client'].shift();
  };
  return events.map((event, seq) => ({
    ...(event.type === 'packet' ? (next() ?? event) : event),
    seq,
  }));
}

test('what a lab expects makes nothing of the evidence anew', () => {
  const events = storedRun('time-wait');
  const history = historyOf(events);
  const before = segmentsOf(history);
  events.push({ type: 'deadline', id: 1, seq: events.length, t: events.at(-1)?.t ?? 0 });
  expect(segmentsOf(historyOf(events))).toBe(before);
  const last = events.findLast((event) => event.type === 'packet');
  if (last !== undefined) events.push({ ...last, seq: events.length });
  expect(segmentsOf(historyOf(events))).not.toBe(before);
});

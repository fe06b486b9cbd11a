import type { Segment } from '../tcp/segment.ts';
import type { Packet } from './capture.ts';
import type { History } from './history.ts';
import { injectedPackets } from './injected.ts';
import { lostPackets } from './losses.ts';
import type { Pair } from './pairs.ts';
import type { Repetition } from './repetition.ts';
import { told, ToldError } from '../told.ts';

/**
 * A segment as the wire carried it, both captures put together, and what became of it. How long it
 * was held, `holds.ts` says.
 */
export interface WireSegment extends Pair {
  segment: Segment;
  /** When it was first seen, ns since the run began. */
  t: number;
  /**
   * `lost`: it came in and was taken away before TCP saw it. `unseen`: one capture has not got it, so
   * that it never arrived, or was never seen to be sent.
   */
  fate: 'arrived' | 'lost' | 'unseen';
  /** The lab made it, and no kernel. */
  injected: boolean;
  /** What it is when it brings nothing new, by its sender's capture where that has it. */
  repetition?: Repetition;
}

/** All segments of a run, each once, in the order in which they were sent. */
export const segmentsOf = (history: History): readonly WireSegment[] => history.derive(read);

function read(history: History): readonly WireSegment[] {
  const lost = lostPackets(history);
  const injected = injectedPackets(history);
  return history.pairs.all
    .map((pair) => carriedOf(pair, lost, injected))
    .sort((a, b) => a.t - b.t || byCapture(a, b));
}

function carriedOf(
  pair: Pair,
  lost: ReadonlySet<number>,
  injected: ReadonlySet<number>,
): WireSegment {
  const { from, inside, sent, arrived } = pair;
  const { segment, t, repetition } = firstOf(pair);
  const fate = fateOf(pair, arrived !== undefined && lost.has(arrived.event));
  const isInjected = sent !== undefined && injected.has(sent.event);
  const carried: WireSegment = { segment, from, t, fate, injected: isInjected };
  if (inside) carried.inside = inside;
  if (sent !== undefined) carried.sent = sent;
  if (arrived !== undefined) carried.arrived = arrived;
  if (repetition !== undefined) carried.repetition = repetition;
  return carried;
}

function fateOf({ sent, arrived }: Pair, isLost: boolean): WireSegment['fate'] {
  if (isLost) return 'lost';
  return sent === undefined || arrived === undefined ? 'unseen' : 'arrived';
}

function firstOf({ sent, arrived }: Pair): Packet {
  const first = sent ?? arrived;
  if (first === undefined) throw new ToldError(told('a segment that no capture has'));
  return first;
}

/** Of two that were seen at the same time: each capture has its own order. */
function byCapture(a: Pair, b: Pair): number {
  const [one, another] = [firstOf(a), firstOf(b)];
  if (one.host === another.host) return one.event - another.event;
  return one.host === 'server' ? -1 : 1;
}

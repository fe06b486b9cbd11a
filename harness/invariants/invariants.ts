import { HOSTS, type HostName, type LabEvent } from '../evidence/events.ts';
import { ofCaptures } from './captures.ts';
import { CaptureError, Evidence, type Invariant, type Violation } from './evidence.ts';
import { ofHosts } from './hosts.ts';
import { ofOrder } from './order.ts';
import { ofPrograms } from './programs.ts';
import { ofSegments } from './segments.ts';
import { ofStates } from './states.ts';
import { ofTheWire } from './wire.ts';

/** What holds of every run; the first that does not is told. What others rest on comes first. */
export const INVARIANTS: readonly Invariant[] = [
  ...ofOrder,
  ...ofCaptures,
  ...ofTheWire,
  ...ofSegments,
  ...ofStates,
  ...ofPrograms,
  ...ofHosts,
];

/** An invariant that does not hold, and where. */
export interface Contradiction extends Violation {
  invariant: Invariant;
}

/** Everything in the evidence that contradicts itself, in the order of the invariants. */
export function* contradictions(evidence: Evidence): Iterable<Contradiction> {
  for (const invariant of INVARIANTS)
    for (const violation of invariant.check(evidence)) yield { invariant, ...violation };
}

/** Witnesses contradict each other, or an event is not what its evidence says. */
export class InvariantError extends Error {
  override readonly name = 'InvariantError';
}

/**
 * Holds a run's stream and its captures against each other.
 * @throws InvariantError naming the first contradiction
 */
export function checkInvariants(
  events: readonly LabEvent[],
  pcaps: Record<HostName, Uint8Array>,
): void {
  const [first] = contradictions(read(events, pcaps));
  if (first !== undefined) throw new InvariantError(wordsOf(first));
}

function read(events: readonly LabEvent[], pcaps: Record<HostName, Uint8Array>): Evidence {
  for (const host of HOSTS) {
    if (events.some((event) => event.type === 'host' && event.host === host)) continue;
    throw new InvariantError(`nothing is said about the ${host}`);
  }
  try {
    return new Evidence(events, pcaps);
  } catch (cause) {
    if (!(cause instanceof CaptureError)) throw cause;
    throw new InvariantError(cause.message, { cause });
  }
}

/** `event 57: FIN-WAIT-2 -> ESTABLISHED; transitions: each transition is ...` */
export function wordsOf({ invariant, events = [], frame, found }: Contradiction): string {
  const places = [
    ...(events.length === 0
      ? []
      : [`${events.length > 1 ? 'events' : 'event'} ${events.slice(0, 3).join(', ')}`]),
    ...(frame === undefined ? [] : [`frame ${frame.index} of ${frame.host}.pcap`]),
  ];
  const where = places.length === 0 ? '' : `${places.join(', ')}: `;
  return `${where}${found}; ${invariant.name}: ${invariant.says}`;
}

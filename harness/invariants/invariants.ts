import { HOSTS, type EventOf, type HostName, type LabEvent } from '../evidence/events.ts';
import { ofCaptures } from './captures.ts';
import {
  Evidence,
  InvariantError,
  readFrames,
  type Invariant,
  type Violation,
} from './evidence.ts';
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

export { InvariantError };

/**
 * Holds a run's stream and its captures against each other.
 * @throws InvariantError naming the first contradiction
 */
export function checkInvariants(
  events: readonly LabEvent[],
  pcaps: Record<HostName, Uint8Array>,
): void {
  if (isWithoutHosts(events)) {
    checkWithoutHosts(events, pcaps);
    return;
  }
  const [first] = contradictions(new Evidence(events, pcaps));
  if (first !== undefined) throw new InvariantError(wordsOf(first));
}

/** Cut short before there was any host. */
function isWithoutHosts(events: readonly LabEvent[]): boolean {
  const end = events.at(-1);
  const isOfNoHost = ({ type }: LabEvent): boolean => ['run', 'note', 'end'].includes(type);
  return end?.type === 'end' && end.cut === true && events.every(isOfNoHost);
}

/** Nothing can have been seen then, and nothing is said of TCP. */
function checkWithoutHosts(events: readonly LabEvent[], pcaps: Record<HostName, Uint8Array>): void {
  const { status } = events.at(-1) as EventOf<'end'>;
  if (status === 'passed' || status === 'failed')
    throw new InvariantError(`${status} without hosts`);
  for (const host of HOSTS)
    if (readFrames(host, pcaps[host]).frames.length > 0)
      throw new InvariantError(`${host}.pcap has frames, but there was no ${host}`);
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

import { HOSTS, type EventOf, type HostName, type LabEvent } from '../evidence/events.ts';
import { ofAnswers } from './answers.ts';
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
import { listed, told, type Told } from '../told.ts';

/** What holds of every run; the first that does not is told. What others rest on comes first. */
export const INVARIANTS: readonly Invariant[] = [
  ...ofOrder,
  ...ofCaptures,
  ...ofTheWire,
  ...ofSegments,
  ...ofStates,
  ...ofPrograms,
  ...ofHosts,
  ...ofAnswers,
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
  if (first !== undefined) throw new InvariantError(toldOf(first));
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
    throw new InvariantError(told('{what} without hosts', { what: told(status) }));
  for (const host of HOSTS)
    if (readFrames(host, pcaps[host]).frames.length > 0) {
      const params = { file: `${host}.pcap`, host: told(host) };
      throw new InvariantError(told('{file} has frames, but there was no {host}', params));
    }
}

/** `event 57: FIN-WAIT-2 -> ESTABLISHED; transitions: each transition is ...` */
export function toldOf({ invariant, events = [], frame, found }: Contradiction): Told {
  const { name, says } = invariant;
  const why = told('{found}; {name}: {says}', { found, name, says });
  const where = placeOf(events, frame);
  return where === undefined ? why : told('{where}: {why}', { where, why });
}

function placeOf(events: readonly number[], frame: Violation['frame']): Told | undefined {
  const numbers = events.slice(0, 3).join(', ');
  const inEvents =
    events.length > 1 ? told('events {numbers}', { numbers }) : told('event {n}', { n: numbers });
  if (frame === undefined) return events.length === 0 ? undefined : inEvents;
  const file = `${frame.host}.pcap`;
  const inFrame = told('frame {n} of {file}', { n: frame.index, file });
  if (events.length === 0) return inFrame;
  return listed([inEvents, inFrame]);
}

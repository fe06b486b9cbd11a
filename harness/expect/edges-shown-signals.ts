import type { EventOf, HostName, LabEvent } from '../evidence/events.ts';
import { EDGES, eventOf, LINUX_EDGES } from '../tcp/edges.ts';
import type { Endpoint, Segment } from '../tcp/segment.ts';
import { add, after as isAfter } from '../tcp/sequence.ts';
import { STATES, type State } from '../tcp/state.ts';
import { forgedPackets } from './forged.ts';
import { lostPackets } from './losses.ts';
import { isRequest, timeOf, type Step } from '../history/sockets.ts';

export type Packet = EventOf<'packet'> & { segment: Segment };

/** The segments of each end of each connection, by its own host's capture. */
export type Captures = ReadonlyMap<string, readonly Packet[]>;

/** An event of the diagram that a host's capture shows. */
export interface Signal {
  name: string;
  packet: Packet;
}

export function capturesOf(events: readonly LabEvent[]): Captures {
  const captures = new Map<string, Packet[]>();
  // What the lab sends in a kernel's name is none of that kernel's doing, and what it takes away
  // reaches none.
  const forged = forgedPackets(events);
  const lost = lostPackets(events);
  for (const event of events.map(sentThen)) {
    if (event.type !== 'packet' || event.segment === undefined) continue;
    if (forged.has(event.seq) || lost.has(event.seq)) continue;
    const { src, dst } = event.segment;
    const key =
      event.direction === 'out'
        ? captureKey(event.host, src, dst)
        : captureKey(event.host, dst, src);
    const packets = captures.get(key);
    if (packets === undefined) captures.set(key, [event as Packet]);
    else packets.push(event as Packet);
  }
  return captures;
}

/** What waits because somebody walks, its kernel has sent: the capture shows it when it was let go. */
const sentThen = (event: LabEvent): LabEvent =>
  event.type === 'walk' ? { ...event, type: 'packet', frame: 0, direction: 'out' } : event;

/** By what `Captures` are looked up. */
export const captureKey = (host: HostName, local: Endpoint, peer: Endpoint): string =>
  `${host} ${local.address} ${local.port} ${peer.address} ${peer.port}`;

/**
 * The first event between a step's two samples that the diagram knows in the state it begins in
 * (RFC 9293 Figure 5: `rcv FIN`, `rcv ACK of FIN`, `snd RST`, ...).
 */
export function firstSignal(step: Step, captures: Captures): Signal | undefined {
  const own = captures.get(captureKey(step.host, step.local, step.peer)) ?? [];
  const { since, until } = timeOf(step);
  for (const packet of own) {
    if (packet.t < since || packet.t > until) continue;
    const name = namesOf(packet, own).find((event) => isKnown(event, step));
    if (name !== undefined) return { name, packet };
  }
  return undefined;
}

const EVENTS: ReadonlyMap<State, ReadonlySet<string>> = new Map(
  STATES.map((state) => [
    state,
    new Set([...EDGES, ...LINUX_EDGES].filter(({ from }) => from === state).map(eventOf)),
  ]),
);

/** Is it the event of an edge that begins where the step does? */
function isKnown(event: string, { from, to, was }: Step): boolean {
  // A full accept queue ignores an ACK; had it not, the connection would not be gone like that.
  if (event === 'rcv ACK of SYN' && was !== undefined && isRequest(was) && to === 'LISTEN')
    return false;
  return EVENTS.get(from)?.has(event) ?? false;
}

/** What a segment is to the host, by the diagram's events, the most telling name first. */
export function namesOf({ direction, t, segment }: Packet, own: readonly Packet[]): string[] {
  const has = (flag: string): boolean => segment.flags.includes(flag);
  if (direction === 'out') return has('R') ? ['snd RST'] : [];
  if (has('R')) return ['rcv RST'];
  const { ack } = segment;
  const acks = ack !== undefined;
  const acksFin = acks && isBeyond(ack, own, t);
  return [
    ...(has('F') && acksFin ? ['rcv FIN, ACK of FIN'] : []),
    ...(has('F') ? ['rcv FIN'] : []),
    ...(acksFin ? ['rcv ACK of FIN'] : []),
    ...(has('S') ? [acks ? 'rcv SYN,ACK' : 'rcv SYN'] : []),
    ...(acks ? ['rcv ACK of SYN'] : []),
  ];
}

/** Does `ack` acknowledge more than the SYN and the octets that the host had sent by then? */
function isBeyond(ack: number, own: readonly Packet[], t: number): boolean {
  const sent = own.filter(
    (packet) => packet.direction === 'out' && packet.t <= t && !packet.segment.flags.includes('R'),
  );
  // Our ACKs after our FIN stand behind it.
  const fins = sent.filter(({ segment }) => segment.flags.includes('F'));
  return (fins.length > 0 ? fins : sent).every(({ segment: { seq, length, flags } }) =>
    isAfter(ack, add(seq, length + (flags.includes('S') ? 1 : 0))),
  );
}

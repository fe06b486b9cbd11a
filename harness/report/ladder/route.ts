import { CAPTURE_ERROR, HANDLED_WITHIN } from '../../evidence/clock.ts';
import { namesOf, type Packet } from '../../expect/edges-shown-signals.ts';
import { EDGES, eventOf, LINUX_EDGES } from '../../tcp/edges.ts';
import type { Segment } from '../../tcp/segment.ts';
import type { State } from '../../tcp/state.ts';

/** A state that a packet led to. */
export interface Hop {
  to: State;
  packet: Packet;
}

/**
 * The way from one state to another along the diagram, by the packets that an end received and sent
 * from `since` to `until`: undefined when they do not lead there.
 */
export function routeBetween(
  from: State,
  to: State,
  own: readonly Packet[],
  { since, until }: { since: number; until: number },
): Hop[] | undefined {
  const hops: Hop[] = [];
  let state = from;
  for (const packet of own) {
    if (packet.t < since || packet.t > until) continue;
    const next = after(state, packet, own);
    if (next === undefined) continue;
    state = next;
    hops.push({ to: state, packet: answered(packet, own) });
    if (state === to) return hops;
  }
  return undefined;
}

/** A SYN+ACK tells that a SYN was taken up, which it was when it came. */
function answered(packet: Packet, own: readonly Packet[]): Packet {
  if (packet.direction === 'in' || !packet.segment.flags.startsWith('S.')) return packet;
  const syn = own.findLast(
    ({ direction, segment, t }) =>
      direction === 'in' && segment.flags.startsWith('S') && t <= packet.t,
  );
  return syn ?? packet;
}

/** Where a packet leads to from a state, if anywhere. */
function after(state: State, packet: Packet, own: readonly Packet[]): State | undefined {
  const sent = packet.direction === 'out' ? sending(state, packet.segment) : undefined;
  return sent ?? ledTo(state, namesOf(packet, own));
}

const ledTo = (state: State, names: readonly string[]): State | undefined =>
  names.flatMap((name) => EDGES_BY_EVENT.get(`${state} ${name}`) ?? [])[0];

/** What only the SYN or FIN that it made tells of a call; a SYN that nobody took up leads nowhere. */
function sending(state: State, { flags }: Segment): State | undefined {
  if (flags.startsWith('S.')) return OPENS.includes(state) ? 'SYN-RECEIVED' : undefined;
  if (flags.startsWith('S')) return OPENS.includes(state) ? 'SYN-SENT' : undefined;
  if (!flags.startsWith('F')) return undefined;
  if (state === 'CLOSE-WAIT') return 'LAST-ACK';
  return state === 'ESTABLISHED' || state === 'SYN-RECEIVED' ? 'FIN-WAIT-1' : undefined;
}

const OPENS: readonly State[] = ['CLOSED', 'LISTEN', 'TIME-WAIT'];

/** The edges that Linux has, by where they begin and what event they wait for; the figure's first. */
const EDGES_BY_EVENT: ReadonlyMap<string, State> = new Map(
  [...LINUX_EDGES, ...EDGES]
    .filter(({ linux, from, when }) => linux === undefined && !isSynOfNobody(from, when))
    .map((edge) => [`${edge.from} ${eventOf(edge)}`, edge.to]),
);

/** A listener may be too full to take up a SYN: that it did, its SYN+ACK says. */
function isSynOfNobody(from: State, when: string): boolean {
  return OPENS.includes(from) && when.startsWith('rcv SYN');
}

/**
 * The packet that took an end from one state, in which it was since `since`, to the next at `t`: the
 * first one that leads there.
 */
export function causeOf(
  from: State | undefined,
  to: State,
  { since, t }: { since: number; t: number },
  own: readonly Packet[],
): Packet | undefined {
  const events = EVENTS_BETWEEN.get(`${from} ${to}`);
  if (events === undefined) return undefined;
  return own.find(
    (packet) =>
      packet.direction === 'in' &&
      packet.t >= Math.max(since - CAPTURE_ERROR, t - HANDLED_WITHIN) &&
      packet.t <= t + CAPTURE_ERROR &&
      namesOf(packet, own).some((name) => events.includes(name)),
  );
}

/** What leads from one state to another. */
const EVENTS_BETWEEN: ReadonlyMap<string, readonly string[]> = [...EDGES, ...LINUX_EDGES].reduce(
  (all, edge) => {
    const key = `${edge.from} ${edge.to}`;
    return all.set(key, [...(all.get(key) ?? []), eventOf(edge)]);
  },
  new Map<string, string[]>(),
);

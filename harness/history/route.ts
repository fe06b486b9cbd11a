import { CAPTURE_ERROR, HANDLED_WITHIN } from '../evidence/clock.ts';
import { EDGES, eventOf, LINUX_EDGES } from '../tcp/states/edges.ts';
import { has, opens, takesUp, type Segment } from '../tcp/segment.ts';
import type { State } from '../tcp/states/state.ts';
import type { Packet } from './capture.ts';
import { during } from './in-time.ts';
import type { Signal } from './signals.ts';

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
  own: readonly Signal[],
  window: { since: number; until: number },
): Hop[] | undefined {
  const hops: Hop[] = [];
  let state = from;
  for (const { packet, names } of during(own, window)) {
    const next = after(state, packet, names);
    if (next === undefined) continue;
    state = next;
    hops.push({ to: state, packet: answered(packet, own) });
    if (state === to) return hops;
  }
  return undefined;
}

/** A SYN+ACK tells that a SYN was taken up, which it was when it came. */
function answered(packet: Packet, own: readonly Signal[]): Packet {
  if (packet.direction === 'in' || !takesUp(packet.segment)) return packet;
  return synBefore(packet.t, own) ?? packet;
}

/** The last SYN that has come by `t`. */
export const synBefore = (t: number, own: readonly Signal[]): Packet | undefined =>
  own.findLast(
    ({ packet }) => packet.direction === 'in' && has(packet.segment, 'SYN') && packet.t <= t,
  )?.packet;

/** Where a packet leads to from a state, if anywhere. */
function after(state: State, packet: Packet, names: readonly string[]): State | undefined {
  const sent = packet.direction === 'out' ? sending(state, packet.segment) : undefined;
  return sent ?? names.flatMap((name) => EDGES_BY_EVENT.get(`${state} ${name}`) ?? [])[0];
}

/** What only the SYN or FIN that it made tells of a call; a SYN that nobody took up leads nowhere. */
function sending(state: State, segment: Segment): State | undefined {
  if (takesUp(segment)) return OPENS.includes(state) ? 'SYN-RECEIVED' : undefined;
  if (opens(segment)) return OPENS.includes(state) ? 'SYN-SENT' : undefined;
  if (!has(segment, 'FIN')) return undefined;
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
  own: readonly Signal[],
): Packet | undefined {
  const events = EVENTS_BETWEEN.get(`${from} ${to}`);
  if (events === undefined) return undefined;
  const window = {
    since: Math.max(since - CAPTURE_ERROR, t - HANDLED_WITHIN),
    until: t + CAPTURE_ERROR,
  };
  for (const { packet, names } of during(own, window)) {
    if (packet.direction === 'in' && names.some((name) => events.includes(name))) return packet;
  }
  return undefined;
}

/** What leads from one state to another. */
const EVENTS_BETWEEN: ReadonlyMap<string, readonly string[]> = [...EDGES, ...LINUX_EDGES].reduce(
  (all, edge) => {
    const key = `${edge.from} ${edge.to}`;
    return all.set(key, [...(all.get(key) ?? []), eventOf(edge)]);
  },
  new Map<string, string[]>(),
);

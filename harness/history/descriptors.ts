import { CAPTURE_ERROR } from '../evidence/clock.ts';
import type { EventOf, HostName } from '../evidence/events.ts';
import { sameEndpoint } from '../tcp/endpoint.ts';
import type { Endpoint } from '../tcp/segment.ts';
import { other } from './connection.ts';
import type { Incarnation } from './connections.ts';
import type { History } from './history.ts';
import type { Doings } from './programs.ts';

type CallEvent = EventOf<'call'>;

/**
 * Which connection a call is about, by its descriptor: the one that connect() began or accept()
 * returned. By the numbers of the calls' events; calls before that, and of listeners, are not in it.
 */
export function connectionsOfCalls(
  { programs }: History,
  connections: readonly Incarnation[],
): ReadonlyMap<number, Incarnation> {
  const found = new Map<number, Incarnation>();
  const begun = new Set<Incarnation>();
  for (const program of programs.all) follow(program, connections, begun, found);
  return found;
}

/** Goes through a program's calls with the table of its descriptors. */
function follow(
  { host, callEvents }: Doings,
  connections: readonly Incarnation[],
  begun: Set<Incarnation>,
  found: Map<number, Incarnation>,
): void {
  const bound = new Map<number, number>();
  const table = new Map<number, Incarnation>();
  for (const event of callEvents) {
    const { seq, call, args, phase, result = -1, out } = event;
    const fd = Number(args[0]);
    if (call === 'connect' && phase === 'enter') {
      const one = begunBy(event, host, bound.get(fd), table.has(fd), connections, begun);
      if (one !== undefined) {
        begun.add(one);
        table.set(fd, one);
      }
    }
    const isTaken = call.startsWith('accept') && phase === 'return' && result >= 0;
    if (isTaken) bound.delete(result);
    const accepted = isTaken ? acceptedBy(event, host, endpointOf(out), connections) : undefined;
    if (accepted !== undefined) table.set(result, accepted);
    const one = accepted ?? table.get(fd);
    if (one !== undefined) found.set(seq, one);
    if (phase !== 'return' || result < 0) continue;
    if (call === 'bind') bound.set(fd, endpointOf(args[1])?.port ?? 0);
    if (call === 'socket' || call === 'close') {
      const free = call === 'socket' ? result : fd;
      table.delete(free);
      bound.delete(free);
    }
  }
}

/** The first attempt at such a connection from then on that no call has begun yet. */
function begunBy(
  { t, args }: CallEvent,
  host: HostName,
  port: number | undefined,
  isKnown: boolean,
  connections: readonly Incarnation[],
  begun: ReadonlySet<Incarnation>,
): Incarnation | undefined {
  const peer = endpointOf(args[1]);
  // A descriptor that has a connection gets another one only at once.
  const until = isKnown ? t + AT_ONCE : Infinity;
  return connections.find(
    (one) =>
      !begun.has(one) &&
      one.first[host] >= t - CAPTURE_ERROR &&
      one.first[host] <= until &&
      (port === undefined || port === 0 || one[host].port === port) &&
      peer !== undefined &&
      sameEndpoint(one[other(host)], peer),
  );
}

/** A SYN leaves within connect(), or waits on the held wire, ns. */
const AT_ONCE = 5e6;

/** The last one from there that had begun. */
const acceptedBy = (
  { t }: CallEvent,
  host: HostName,
  peer: Endpoint | undefined,
  connections: readonly Incarnation[],
): Incarnation | undefined =>
  connections.findLast(
    (one) => peer !== undefined && sameEndpoint(one[other(host)], peer) && one.first[host] <= t,
  );

/** An address as calls tell it: `10.0.0.1:6000`. */
export function endpointOf(text: unknown): Endpoint | undefined {
  const [, address, port] = /^(\d+\.\d+\.\d+\.\d+):(\d+)$/.exec(String(text)) ?? [];
  return address === undefined ? undefined : { address, port: Number(port) };
}

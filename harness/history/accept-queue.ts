import type { HostName } from '../evidence/events.ts';
import { has, opens, type Endpoint, type Segment } from '../tcp/segment.ts';
import type { Capture } from './capture.ts';
import { other } from './connection.ts';
import type { History } from './history.ts';
import { segmentsOf, type WireSegment } from './segments.ts';
import { ANY_ADDRESS, type Sample } from './sockets.ts';

/** How a sample shows a listener: connections that nobody has accepted, and what listen() was told. */
export interface QueueReading {
  /** The sample, the number of its event, and when it was over, ns since the run began. */
  sample: Sample;
  event: number;
  t: number;
  /** Recv-Q of a socket in LISTEN. */
  length: number;
  /** Send-Q of it: the backlog, bounded by net.core.somaxconn. */
  backlog: number;
  /** Clients whose SYN was answered and whose ACK is still to come, or was ignored. */
  requests: readonly Endpoint[];
  /** Clients whose connections wait to be accepted, by their sockets: those that no process has. */
  waiting: readonly Endpoint[];
}

/** A listener's accept queue, sample by sample. */
export interface AcceptQueue {
  host: HostName;
  local: Endpoint;
  readings: readonly QueueReading[];
}

/**
 * A queue takes one more connection than listen() was told
 * (include/net/sock.h sk_acceptq_is_full: `sk_ack_backlog > sk_max_ack_backlog`).
 */
export const isFull = ({ length, backlog }: QueueReading): boolean => length > backlog;

/** Connections waited in it, for longer than it takes to accept one: two samples in a row show it. */
export const isUsed = ({ readings }: AcceptQueue): boolean =>
  readings.some(({ length }, n) => length > 0 && (readings[n + 1]?.length ?? 0) > 0);

/** The queues of all listeners, in the order in which samples showed them. */
export const acceptQueuesOf = (history: History): readonly AcceptQueue[] => history.derive(read);

function read({ samples }: History): readonly AcceptQueue[] {
  const queues = new Map<string, { host: HostName; local: Endpoint; readings: QueueReading[] }>();
  for (const sample of samples) {
    const { host, event, ended, rows } = sample;
    for (const { state, local, recvQ, sendQ } of rows) {
      if (state !== 'LISTEN') continue;
      const key = `${host} ${local.address} ${local.port}`;
      const queue = queues.get(key) ?? { host, local, readings: [] };
      queues.set(key, queue);
      const own = rows.filter((row) => row.state !== 'LISTEN' && isAt(row.local, local));
      const requests = own.filter((row) => row.state === 'SYN-RECEIVED').map(({ peer }) => peer);
      const waiting = own
        .filter((row) => row.processes.length === 0 && UNACCEPTED.has(row.state))
        .map(({ peer }) => peer);
      const [length, backlog] = [recvQ, sendQ];
      queue.readings.push({ sample, event, t: ended, length, backlog, requests, waiting });
    }
  }
  return [...queues.values()];
}

/** In these a socket without a process may be one that nobody has accepted: its client may have closed. */
const UNACCEPTED: ReadonlySet<string> = new Set(['ESTABLISHED', 'CLOSE-WAIT']);

const isAt = ({ address, port }: Endpoint, listener: Endpoint): boolean =>
  port === listener.port &&
  (address === listener.address || ANY_ADDRESS.includes(listener.address));

/**
 * Segments that came in whole and of which TCP took no notice, since the accept queue was full: SYNs
 * (net/ipv4/tcp_input.c tcp_conn_request), and what comes for a connection that is still in
 * SYN-RECEIVED (net/ipv4/tcp_minisocks.c tcp_check_req). Told by the samples around each: a SYN that came between
 * two that show the queue full, and after which there is neither request nor answer; an ACK after which
 * its end is in SYN-RECEIVED still.
 */
export const ignoredSegments = (history: History): ReadonlySet<WireSegment> =>
  history.derive(ignored);

function ignored(history: History): ReadonlySet<WireSegment> {
  const found = new Set<WireSegment>();
  const queues = acceptQueuesOf(history).filter(({ readings }) => readings.some(isFull));
  if (queues.length === 0) return found;
  const segments = segmentsOf(history);
  for (const queue of queues)
    for (const one of segments)
      if (isFor(one, queue) && isIgnored(one, queue, history)) found.add(one);
  return found;
}

/** Since when a queue is full and the next sample of it is still to come, ns; Infinity otherwise. */
export function undecidedSince(history: History): number {
  const open = acceptQueuesOf(history).flatMap((queue) => {
    const last = queue.readings.at(-1);
    if (last === undefined || !isFull(last)) return [];
    return segmentsOf(history).filter(
      (one) => isFor(one, queue) && arrivalOf(one) >= last.sample.began,
    );
  });
  return Math.min(...open.map(arrivalOf));
}

const arrivalOf = ({ arrived, t }: WireSegment): number => arrived?.t ?? t;

const isFor = (
  { segment, from, fate, inside }: WireSegment,
  { host, local }: AcceptQueue,
): boolean =>
  fate === 'arrived' && (inside === true || from === other(host)) && isAt(segment.dst, local);

function isIgnored(one: WireSegment, { host, readings }: AcceptQueue, history: History): boolean {
  const { segment } = one;
  const t = arrivalOf(one);
  const before = readings.findLast(({ sample }) => sample.ended <= t);
  const after = readings.find(({ sample }) => sample.began > t);
  if (after === undefined || !isFull(after)) return false;
  const { src, dst } = segment;
  const is = history.sockets[host].row(after.sample, dst, src)?.state;
  // An ACK that finds room ends SYN-RECEIVED at once.
  if (!opens(segment)) return is === 'SYN-RECEIVED' && acknowledges(segment);
  if (before === undefined || !isFull(before) || is !== undefined) return false;
  return !isAnswered(t, segment, history.captures[host]);
}

const acknowledges = (segment: Segment): boolean =>
  has(segment, 'ACK') && !has(segment, 'SYN') && !has(segment, 'RST');

/** Is the next segment between these ends one that the listener's host sends? */
function isAnswered(t: number, { src, dst }: Segment, capture: Capture): boolean {
  const next = capture.ofEnd(dst, src).find((packet) => packet.t > t);
  return next?.direction === 'out';
}

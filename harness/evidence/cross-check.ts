import { isDeepStrictEqual } from 'node:util';
import { decodeFrame } from '../tcp/frame/decode.ts';
import { readPcap } from '../tcp/capture/pcap.ts';
import type { Endpoint } from '../tcp/segment.ts';
import { parseSs } from '../tcp/tables/ss.ts';
import type { State } from '../tcp/states/state.ts';
import { fenceNonce } from '../wire/fence.ts';
import { CAPTURE_ERROR, HARNESS_ERROR } from './clock.ts';
import { HOSTS, type EventOf, type HostName, type LabEvent } from './events.ts';

/** Two witnesses contradict each other, or an event is not what its evidence says. */
export class CrossCheckError extends Error {
  override readonly name = 'CrossCheckError';
}

type PerHost<T> = Record<HostName, T>;

/**
 * Holds the stream against the captures, and states against packets.
 * @throws CrossCheckError naming the event and the frame
 */
export function crossCheck(events: readonly LabEvent[], pcaps: PerHost<Buffer>): void {
  for (const host of HOSTS) {
    comparePackets(events, host, pcaps[host]);
    checkFences(events, host);
  }
  checkSamples(events);
  checkStates(events);
}

/** Every frame of the capture is an event, in order, and says the same; and the other way round. */
function comparePackets(events: readonly LabEvent[], host: HostName, file: Buffer): void {
  const { linkType, frames } = read(host, file);
  const captured = events.filter(
    (event) => (event.type === 'packet' || event.type === 'fence') && event.host === host,
  ) as (EventOf<'packet'> | EventOf<'fence'>)[];
  for (const [index, event] of captured.entries()) {
    const frame = frames[index];
    const where = `event ${event.seq} and frame ${index + 1} of ${host}.pcap`;
    if (frame === undefined) throw new CrossCheckError(`${where}: there is no such frame`);
    const decoded = decodeFrame(frame.data, linkType);
    if (event.frame !== frame.index || !says(event, decoded)) {
      throw new CrossCheckError(`${where}: they are not the same packet`);
    }
  }
  if (frames.length > captured.length) {
    const where = `frame ${captured.length + 1} of ${host}.pcap`;
    throw new CrossCheckError(`${where}: the stream has no such packet`);
  }
}

function read(host: HostName, file: Buffer): ReturnType<typeof readPcap> {
  try {
    return readPcap(file);
  } catch (cause) {
    throw new CrossCheckError(`${host}.pcap: ${(cause as Error).message}`, { cause });
  }
}

function says(
  event: EventOf<'packet'> | EventOf<'fence'>,
  decoded: ReturnType<typeof decodeFrame>,
): boolean {
  if (event.type === 'fence') {
    const payload = decoded.kind === 'other' ? decoded.payload : undefined;
    return payload !== undefined && fenceNonce(payload) === event.nonce;
  }
  if (decoded.kind === 'tcp') return isDeepStrictEqual(event.segment, decoded.segment);
  return event.segment === undefined && event.other !== undefined;
}

/** What the lab itself did: between its first and its last, captures must have missed nothing. */
const OF_THE_LAB: readonly LabEvent['type'][] = ['step', 'action', 'expect', 'verdict', 'deadline'];

/**
 * Both hosts' markers stand in the capture before the lab did anything, and again after it did its
 * last: head and tail are there. What the kernels still say to each other behind them is no matter.
 */
function checkFences(events: readonly LabEvent[], host: HostName): void {
  const own = events.filter(({ type }) => OF_THE_LAB.includes(type));
  const first = own[0]?.seq ?? Infinity;
  const last = own.at(-1)?.seq ?? -1;
  const fences = events.filter(
    (event): event is EventOf<'fence'> => event.type === 'fence' && event.host === host,
  );
  const ends = {
    head: fences.filter(({ seq }) => seq < first),
    tail: fences.filter(({ seq }) => seq > last),
  };
  for (const [which, end] of Object.entries(ends)) {
    // A lab that did nothing has head and tail in one.
    const rounds = own.length === 0 ? 2 : 1;
    const from = (name: HostName): number => end.filter((fence) => fence.from === name).length;
    if (HOSTS.every((name) => from(name) >= rounds)) continue;
    throw new CrossCheckError(
      `${host}.pcap: its ${which} is not fenced by both hosts' markers: it was cut short`,
    );
  }
}

/** A row is what its line says. */
function checkSamples(events: readonly LabEvent[]): void {
  for (const event of events) {
    if (event.type !== 'sample') continue;
    for (const row of event.rows) {
      const [parsed] = parseSs(`${row.line}\n`);
      if (isDeepStrictEqual(parsed, row)) continue;
      throw new CrossCheckError(`event ${event.seq}: a row is not what its line says: ${row.line}`);
    }
  }
}

/**
 * What must have crossed the wire before an end can be in a state (RFC 9293 Figure 5). What was
 * received the end's own capture has seen, forged or not, held or not. That its FIN was sent is known
 * only from the peer's acknowledgement: a forged one can acknowledge a FIN that is still held.
 */
const NEEDS: Partial<Record<State, readonly ('SYN received' | 'FIN received' | 'FIN sent')[]>> = {
  'SYN-RECEIVED': ['SYN received'],
  ESTABLISHED: ['SYN received'],
  'FIN-WAIT-1': ['SYN received'],
  'FIN-WAIT-2': ['SYN received', 'FIN sent'],
  'CLOSE-WAIT': ['SYN received', 'FIN received'],
  CLOSING: ['SYN received', 'FIN received'],
  'LAST-ACK': ['SYN received', 'FIN received'],
  'TIME-WAIT': ['SYN received', 'FIN sent', 'FIN received'],
};

/** No end is in a state that its own capture rules out. */
function checkStates(events: readonly LabEvent[]): void {
  const addresses = new Set(
    events.flatMap((event) => (event.type === 'host' ? [event.address] : [])),
  );
  const crossed = crossings(events);
  const forged = forgeries(events);
  const check = (
    event: LabEvent,
    host: HostName,
    ends: [Endpoint, Endpoint],
    state: State,
    t: number,
  ): void => {
    // What stays inside a host is in no capture.
    if (ends[0].address === ends[1].address || !ends.every(({ address }) => addresses.has(address)))
      return;
    for (const need of NEEDS[state] ?? []) {
      if ((crossed.get(keyOf(host, ...ends, need)) ?? Infinity) <= t + CAPTURE_ERROR) continue;
      const excuse = need === 'FIN sent' ? forged.get(keyOf(host, ...ends, FORGED)) : undefined;
      if ((excuse ?? Infinity) <= t + HARNESS_ERROR) continue;
      const end = `${ends[0].address}:${ends[0].port}`;
      throw new CrossCheckError(
        `event ${event.seq}: ${end} is in ${state}, but ${host}.pcap has no ${need} before`,
      );
    }
  };
  for (const event of events) {
    if (event.type === 'sample') {
      for (const { local, peer, state } of event.rows)
        check(event, event.host, [local, peer], state, event.ended);
    } else if (event.type === 'transition') {
      check(event, event.host, [event.local, event.peer], event.to, event.t);
    }
  }
}

const keyOf = (host: HostName, local: Endpoint, peer: Endpoint, what: string): string =>
  `${host} ${local.address}:${local.port} ${peer.address}:${peer.port} ${what}`;

/** When each end first sent or received a SYN or FIN, by its own capture. */
function crossings(events: readonly LabEvent[]): Map<string, number> {
  const first = new Map<string, number>();
  for (const event of events) {
    if (event.type !== 'packet' || event.segment === undefined) continue;
    const { src, dst, flags } = event.segment;
    const [local, peer, way] =
      event.direction === 'out' ? [src, dst, 'sent'] : [dst, src, 'received'];
    for (const [letter, name] of [
      ['S', 'SYN'],
      ['F', 'FIN'],
    ] as const) {
      const key = keyOf(event.host, local, peer, `${name} ${way}`);
      if (flags.includes(letter) && (first.get(key) ?? Infinity) > event.t) first.set(key, event.t);
    }
  }
  return first;
}

const FORGED = 'forged segment received';

/** When each end was first sent a segment that its peer's kernel has not made. */
function forgeries(events: readonly LabEvent[]): Map<string, number> {
  const first = new Map<string, number>();
  for (const event of events) {
    if (event.type !== 'action' || event.phase !== 'begin' || event.op !== 'forge') continue;
    const { from, to } = event.args as unknown as { from: Endpoint; to: Endpoint };
    const key = keyOf(event.host === 'server' ? 'client' : 'server', to, from, FORGED);
    if (!first.has(key)) first.set(key, event.t);
  }
  return first;
}

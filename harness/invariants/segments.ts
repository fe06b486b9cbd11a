/** What TCP and IPv4 themselves say of what may be in a capture. */
import { HOSTS, type HostName } from '../evidence/events.ts';
import type { Packet } from '../history/capture.ts';
import { endKey } from '../history/connection.ts';
import { endOf } from '../tcp/segment.ts';
import { internetChecksum } from '../tcp/frame/checksum.ts';
import { after, diff } from '../tcp/sequence.ts';
import type { Captured, Evidence, Invariant } from './evidence.ts';
import { told } from '../told.ts';

/** Where the network layer begins in each kind of frame (tcpdump.org/linktypes.html). */
const NETWORK: Readonly<Record<number, number>> = { 1: 14, 101: 0, 113: 16, 276: 20 };

/** Checksums are the kernel's own on this link: the offload is off, and the evidence says so. */
const checksums: Invariant = {
  name: 'checksums',
  says: told('the checksums of IPv4 and TCP are those of the octets'),
  *check({ captures }) {
    for (const host of HOSTS) {
      const { linkType, frames } = captures[host];
      for (const captured of frames) {
        const wrong = wrongChecksum(captured, NETWORK[linkType]);
        const index = captured.frame.index;
        if (wrong !== undefined) yield { frame: { host, index }, found: wrong };
      }
    }
  },
};

function wrongChecksum({ frame, is }: Captured, from: number | undefined): string | undefined {
  if (is.type !== 'packet' || is.segment === undefined || from === undefined) return undefined;
  // What stays inside a host needs none, and a cut frame has none that could be told.
  if (is.segment.src.address === is.segment.dst.address) return undefined;
  if (frame.originalLength > frame.data.length) return undefined;
  const view = Buffer.from(frame.data.buffer, frame.data.byteOffset, frame.data.byteLength);
  const packet = view.subarray(from, from + is.segment.ip.length);
  const header = packet.subarray(0, (packet.readUInt8(0) & 15) * 4);
  if (internetChecksum(header) !== 0) return 'IPv4';
  const tcp = packet.subarray(header.length);
  const pseudo = Buffer.alloc(12);
  header.copy(pseudo, 0, 12, 20);
  pseudo.writeUInt8(6, 9);
  pseudo.writeUInt16BE(tcp.length, 10);
  return internetChecksum(Buffer.concat([pseudo, tcp])) === 0 ? undefined : 'TCP';
}

/** Segments of each end, in its own capture's order. */
function* ends({ history }: Evidence): Iterable<{ host: HostName; packets: Packet[] }> {
  for (const host of HOSTS) {
    const byEnd = new Map<string, Packet[]>();
    for (const packet of history.captures[host].packets) {
      // What stays inside a host is captured once or twice, as its kernel likes.
      if (packet.inside === true) continue;
      const { src, dst } = packet.segment;
      const [local, peer] = packet.direction === 'out' ? [src, dst] : [dst, src];
      const key = endKey(local, peer);
      const known = byEnd.get(key);
      if (known === undefined) byEnd.set(key, [packet]);
      else known.push(packet);
    }
    for (const packets of byEnd.values()) yield { host, packets };
  }
}

/** No kernel acknowledges what has not come yet (RFC 9293 3.4). Resets echo any number. */
const acknowledgments: Invariant = {
  name: 'acknowledgments',
  says: told('nobody acknowledges what its own capture has not shown to arrive before'),
  *check(evidence) {
    for (const { packets } of ends(evidence)) {
      // One for each SYN: the next connection on the same ports, and an old one come late.
      const arrived: number[] = [];
      for (const { event, direction, segment } of packets) {
        const { flags, ack } = segment;
        if (flags.includes('R')) continue;
        const end = endOf(segment);
        if (direction === 'in') {
          const nearest = arrived.findLastIndex((upTo) => Math.abs(diff(end, upTo)) < NEAR);
          const upTo = arrived[nearest];
          if (upTo === undefined || flags.includes('S')) arrived.push(end);
          else if (after(end, upTo)) arrived[nearest] = end;
        } else if (ack !== undefined && !evidence.injected.has(event)) {
          const isCovered = arrived.some((upTo) => !after(ack, upTo) && diff(upTo, ack) < NEAR);
          if (!isCovered) yield { events: [event], found: `ack=${ack}` };
        }
      }
    }
  },
};

/** Sequence numbers of one and the same connection: no window is larger (RFC 7323 2.3). */
const NEAR = 2 ** 30;

/** A timestamp is echoed as it came (RFC 7323 3.2); before one has come there is none to echo. */
const echoes: Invariant = {
  name: 'timestamp-echoes',
  says: told('each timestamp that is echoed has come before, by its own capture'),
  *check(evidence) {
    for (const { packets } of ends(evidence)) {
      const come = new Set([0]);
      for (const { event, direction, segment } of packets) {
        const { timestamps } = segment.options;
        if (timestamps === undefined) continue;
        if (direction === 'in') come.add(timestamps.value);
        else if (!come.has(timestamps.echo) && !evidence.injected.has(event))
          yield { events: [event], found: `tsecr=${timestamps.echo}` };
      }
    }
  },
};

/** What a SYN offers is what the kernel was told to (ip-sysctl.rst), and its link can carry. */
const offers: Invariant = {
  name: 'syn-options',
  says: told("a SYN has the options that its host's sysctls say, and an MSS that the link carries"),
  *check(evidence) {
    const { hosts, history, injected } = evidence;
    for (const host of HOSTS) {
      const { sysctls } = hosts[host];
      const most = largestMtu(evidence, host) - 40;
      for (const { event, direction, segment, inside } of history.captures[host].packets) {
        const { flags, options } = segment;
        if (direction !== 'out' || inside === true || injected.has(event)) continue;
        if (options.mss !== undefined && options.mss > most)
          yield { events: [event], found: `mss=${options.mss}` };
        if (flags !== 'S') continue;
        for (const [name, is] of [
          ['tcp_timestamps', options.timestamps !== undefined],
          ['tcp_window_scaling', options.windowScale !== undefined],
          ['tcp_sack', options.sackPermitted !== undefined],
        ] as const) {
          const value = sysctls[`net.ipv4.${name}`];
          if (value !== undefined && (value !== '0') !== is)
            yield { events: [event], found: `${name}=${value}` };
        }
      }
    }
  },
};

/** The MTU that it was set up with, or was given meanwhile. */
function largestMtu({ hosts, history }: Evidence, host: HostName): number {
  const given = history.lab.actions.flatMap((action) =>
    action.op === 'mtu' && action.host === host ? [action.args.octets] : [],
  );
  return Math.max(hosts[host].mtu, ...given);
}

/** Offloads are off: nothing larger than the link's MTU leaves a host, and nobody routes. */
const sizes: Invariant = {
  name: 'sizes',
  says: told('no packet is larger than the MTU, or has been routed'),
  *check(evidence) {
    for (const host of HOSTS) {
      const most = largestMtu(evidence, host);
      for (const { event, direction, segment, inside } of evidence.history.captures[host].packets) {
        if (direction !== 'out' || inside === true) continue;
        const { ttl, length } = segment.ip;
        if (length > most || ttl !== TTL)
          yield { events: [event], found: `length=${length} ttl=${ttl}` };
      }
    }
  },
};

/** What Linux sends with (IPDEFTTL), and what we inject has. */
const TTL = 64;

export const ofSegments: readonly Invariant[] = [checksums, acknowledgments, echoes, offers, sizes];

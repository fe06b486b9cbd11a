/** Both captures against each other, and against what the lab did to the wire. */
import { isDeepStrictEqual } from 'node:util';
import { CAPTURE_ERROR } from '../evidence/clock.ts';
import { HOSTS, type HostName } from '../evidence/events.ts';
import { likenessOf, putUnder, type Packet } from '../history/capture.ts';
import { other } from '../history/connection.ts';
import type { History } from '../history/history.ts';
import type { Action } from '../history/lab.ts';
import type { Segment } from '../tcp/segment.ts';
import type { Captured, CaptureFile, Evidence, Invariant, Violation } from './evidence.ts';
import { told } from '../told.ts';

/** Nanoseconds that a frame takes from one end of the link to the other, on a busy machine. */
const ACROSS = 1e9;
/** Frames that left on two processors may change places, where they are so close, ns. */
const SWAPPED = 5e6;

/**
 * What a host sent between its first and its last marker has arrived at the other, the same octets in
 * the same order: the wire loses nothing, what a lab loses is lost after the capture.
 */
const bothCaptures: Invariant = {
  name: 'captures-agree',
  says: told(
    'what goes out in one capture comes in in the other: the same octets, in order, a little later',
  ),
  *check(evidence) {
    for (const from of HOSTS) {
      const isMarker = markersOf(from, evidence);
      const sent = between(evidence.captures[from], isMarker, 'out');
      const received = between(evidence.captures[other(from)], isMarker, 'in');
      yield* compare(sent, received);
    }
  },
};

interface Crossing {
  host: HostName;
  captured: Captured;
  t: number;
  /** From the EtherType on: a cooked capture has another header before it. */
  octets: string;
}

type IsMarker = (captured: Captured) => boolean;

/** A host's markers; of a run that was cut short those that both captures have. */
function markersOf(from: HostName, { cut, captures }: Evidence): IsMarker {
  const nonces = (host: HostName): Set<string> =>
    new Set(captures[host].frames.flatMap(({ is }) => (is.type === 'marker' ? is.nonce : [])));
  const [here, there] = [nonces('server'), nonces('client')];
  const isInBoth = (nonce: string): boolean => here.has(nonce) && there.has(nonce);
  return ({ is }) => is.type === 'marker' && is.from === from && (!cut || isInBoth(is.nonce));
}

/** Those from the first marker to the last, as one capture has them. */
function between(
  { host, linkType, frames }: CaptureFile,
  isMarker: IsMarker,
  way: 'in' | 'out',
): Crossing[] {
  const first = frames.findIndex(isMarker);
  const last = frames.findLastIndex(isMarker);
  return frames.slice(Math.max(first, 0), last + 1).flatMap((captured) => {
    const { is, frame, event } = captured;
    const direction = is.type === 'marker' ? (is.from === host ? 'out' : 'in') : is.direction;
    if (event === undefined || direction !== way || isInside(captured)) return [];
    return [{ host, captured, t: event.t, octets: octetsOf(frame.data, linkType) }];
  });
}

const isInside = ({ is }: Captured): boolean =>
  is.type === 'packet' &&
  is.segment !== undefined &&
  is.segment.src.address === is.segment.dst.address;

/** A frame from its EtherType on, of each kind of header that tcpdump writes (tcpdump.org/linktypes.html). */
export function octetsOf(data: Uint8Array, linkType: number): string {
  const view = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
  if (linkType === 113) return view.subarray(14).toString('latin1');
  if (linkType === 276) return view.toString('latin1', 0, 2) + view.toString('latin1', 20);
  return view.subarray(12).toString('latin1');
}

function* compare(sent: readonly Crossing[], received: readonly Crossing[]): Iterable<Violation> {
  const waiting = new Map<string, Crossing[]>();
  for (const one of received) putUnder(waiting, one.octets, one);
  let latest = -Infinity;
  for (const one of sent) {
    const there = waiting.get(one.octets)?.shift();
    if (there === undefined) yield { ...place(one), found: told('in one capture') };
    else {
      const took = there.t - one.t;
      const events = [one, there].flatMap(({ captured }) => captured.event?.seq ?? []);
      if (took < -CAPTURE_ERROR || took > ACROSS)
        yield { events, found: `${(took / 1e9).toFixed(3)} s` };
      if (there.t < latest - SWAPPED) yield { events, found: told('order') };
      latest = Math.max(latest, there.t);
    }
  }
  for (const left of [...waiting.values()].flat())
    yield { ...place(left), found: told('in one capture') };
}

const place = ({ host, captured: { frame, event } }: Crossing): Omit<Violation, 'found'> => ({
  ...(event && { events: [event.seq] }),
  frame: { host, index: frame.index },
});

/** Nobody but the two hosts speaks on the link. */
const addresses: Invariant = {
  name: 'addresses',
  says: told('segments go from one host to the other, or from a host to itself'),
  *check(evidence) {
    const { server, client } = evidence.hosts;
    for (const { seq, host, segment, direction } of evidence.of('packet')) {
      if (segment === undefined) continue;
      const { src, dst } = segment;
      const own = evidence.hosts[host].address;
      const isOwn = src.address === own && dst.address === own;
      const isSent = src.address === own ? 'out' : 'in';
      if (isOwn || (evidence.crosses(src, dst) && direction === isSent)) continue;
      yield { events: [seq], found: `${src.address} > ${dst.address}` };
    }
    if (server.address === client.address || server.mac === client.mac)
      yield { events: [server.seq, client.seq], found: `${server.address} ${server.mac}` };
  },
};

/** What the harness says that it put on the link is captured so soon before or after, ns. */
const PUT = 1e9;

/** What the wire did to segments, against what the captures show. */
interface WireAccount {
  /** Packets that had waited, and copies of them, by their events' numbers. */
  let: Set<number>;
  violations: Violation[];
}

function accountOf({ history, events, wholeUntil }: Evidence): WireAccount {
  const carried: WireAccount = { let: new Set(), violations: [] };
  const waiting = new Map<string, Segment>();
  const [passed, lost] = [new Set<number>(), new Set<number>()];
  const alike = { server: packetsOf(history, 'server'), client: packetsOf(history, 'client') };
  // What comes behind the last markers is in no capture any more.
  const marked = events.findLast(({ type }) => type === 'marker')?.seq ?? Infinity;
  for (const event of events) {
    if (event.type !== 'wire' || (event.phase !== 'waits' && event.seq > marked)) continue;
    const { seq, host, phase, id, segment: own, t } = event;
    const key = `${host} ${id}`;
    if (phase === 'waits' && own !== undefined) {
      waiting.set(key, own);
      continue;
    }
    const isLost = phase === 'lost';
    const segment = isLost || phase === 'passes' ? own : waiting.get(key);
    const isCarried = isLost || phase === 'goes' || phase === 'copied' || phase === 'passes';
    const isTaken = ({ event }: Packet): boolean =>
      isLost ? lost.has(event) : carried.let.has(event) || passed.has(event);
    const found =
      segment !== undefined && isCarried
        ? alike[host]
            .get(likenessOf(segment))
            ?.find(
              (packet) =>
                packet.direction === (isLost ? 'in' : 'out') &&
                Math.abs(packet.t - t) <= PUT &&
                !isTaken(packet) &&
                isDeepStrictEqual(packet.segment, segment),
            )
        : undefined;
    const isWhole = t < wholeUntil[host] - ON_ITS_WAY;
    if (segment === undefined || (isCarried && found === undefined && isWhole))
      carried.violations.push({ events: [seq], found: `${host} ${phase} ${id}` });
    const as = isLost ? lost : phase === 'passes' ? passed : carried.let;
    if (found !== undefined) as.add(found.event);
    // What is lost on arrival has numbers of its own.
    if (!isLost && phase !== 'copied') waiting.delete(key);
  }
  return carried;
}

/** A capture's packets, those that are alike together. */
function packetsOf({ captures }: History, host: HostName): ReadonlyMap<string, Packet[]> {
  const alike = new Map<string, Packet[]>();
  for (const packet of captures[host].packets) putUnder(alike, likenessOf(packet.segment), packet);
  return alike;
}

/** What waited and went, and what was lost on arrival, is in the captures. */
const wireEvents: Invariant = {
  name: 'wire-events',
  says: told('what goes on from a held wire goes out in its capture, and what is lost has come in'),
  check: (evidence) => accountOf(evidence).violations,
};

/** From here on all goes again; a release lets go what waits, and that is told of one by one. */
const LETTING_GO: readonly string[] = ['carry', 'delay'];
/** What was on its way when the wire was held may still be captured, ns. */
const ON_ITS_WAY = 5e6;

/** While a wire is held nothing of the host's own leaves it but what was told to have waited. */
const heldWire: Invariant = {
  name: 'held-wire',
  says: told('a host whose wire is held sends nothing but what is let go, or the lab injects'),
  *check(evidence) {
    const { history, injected, cut, wholeUntil } = evidence;
    const carried = accountOf(evidence);
    for (const host of HOSTS) {
      const actions = history.lab.actions.filter((action) => action.host === host);
      for (const { from, to } of holds(actions)) {
        for (const { event, t, direction, inside } of history.captures[host].packets) {
          if (direction !== 'out' || inside === true || injected.has(event)) continue;
          if (carried.let.has(event) || (cut && t > wholeUntil[host])) continue;
          if (t > from + ON_ITS_WAY && t < to) yield { events: [event], found: host };
        }
      }
    }
  },
};

function holds(actions: readonly Action[]): { from: number; to: number }[] {
  return actions.flatMap(({ op, end }, index) => {
    if (op !== 'hold' || end === undefined || end.error !== undefined) return [];
    const next = actions.slice(index + 1).find((action) => LETTING_GO.includes(action.op));
    return [{ from: end.t, to: next?.begin.t ?? Infinity }];
  });
}

/** What the lab says that it injected has gone out. */
const injectedSent: Invariant = {
  name: 'injected-went-out',
  says: told('each segment that the lab injected is in the capture of the host that sent it'),
  *check({ history, injected, cut, wholeUntil }) {
    const done = history.lab.actions.filter(
      ({ op, end, host }) =>
        op === 'inject' &&
        end !== undefined &&
        end.error === undefined &&
        !(cut && end.t > wholeUntil[host]),
    );
    if (cut ? injected.size >= done.length : injected.size === done.length) return;
    yield {
      events: done.map(({ begin }) => begin.seq),
      found: `${injected.size} / ${done.length}`,
    };
  },
};

export const ofTheWire: readonly Invariant[] = [
  bothCaptures,
  addresses,
  wireEvents,
  heldWire,
  injectedSent,
];

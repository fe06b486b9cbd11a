import type { HostName } from '../evidence/events.ts';
import { endOf, has, opens, takesUp, type Segment } from '../tcp/segment.ts';
import { add, after } from '../tcp/sequence.ts';
import { nextState } from '../tcp/states/next-state.ts';
import type { State } from '../tcp/states/state.ts';
import type { Packet } from './capture.ts';
import { other } from './connection.ts';
import type { Connections, Incarnation } from './connections.ts';
import type { Turn } from './ends.ts';
import type { WireSegment } from './segments.ts';

/**
 * The states of both ends of every connection as RFC 9293's diagram has them for its segments alone:
 * of a capture that nobody looked at the sockets for. What no segment tells is not here: a timer that
 * ends a TIME-WAIT, a program that closes before its FIN goes out, an accept queue that is full. Of a
 * connection that was there before the capture both ends begin as ESTABLISHED.
 */
export function inferredTurns(segments: readonly WireSegment[], connections: Connections): Turn[] {
  const pairs = new Map<Incarnation, Pair>();
  const turns: Turn[] = [];
  for (const moment of momentsOf(segments)) {
    const connection = connections.of(moment.one);
    const pair = pairs.get(connection) ?? new Pair(connection, turns);
    pairs.set(connection, pair);
    pair.take(moment);
  }
  return turns;
}

/** A segment leaves its sender, or reaches its receiver. */
interface Moment {
  one: WireSegment;
  packet: Packet;
  isArrival: boolean;
}

function momentsOf(segments: readonly WireSegment[]): Moment[] {
  const all = segments.flatMap((one): Moment[] => [
    ...(one.sent && !one.injected ? [{ one, packet: one.sent, isArrival: false }] : []),
    ...(one.arrived && one.fate !== 'lost' ? [{ one, packet: one.arrived, isArrival: true }] : []),
  ]);
  // Of a segment that was seen once both are at one time, and it left before it arrived.
  return all.sort((a, b) => a.packet.t - b.packet.t || a.packet.event - b.packet.event);
}

/** What one end has sent, received and been in. */
interface End {
  state?: State;
  /** The number of its SYN. */
  first?: number;
  /** The first number that it has not used yet. */
  next?: number;
  /** Behind its FIN. */
  fin?: number;
  /** The first number of its peer's that it has not received yet. */
  wants?: number;
  /** What it has received beyond that, as [first, behind the last], in order of arrival. */
  beyond: [number, number][];
  /** It has answered a SYN, and sent none before. */
  passive?: boolean;
  /** Its peer's last SYN. */
  syn?: Packet;
}

class Pair {
  readonly #connection: Incarnation;
  readonly #turns: Turn[];
  readonly #ends: Record<HostName, End> = { server: { beyond: [] }, client: { beyond: [] } };

  constructor(connection: Incarnation, turns: Turn[]) {
    this.#connection = connection;
    this.#turns = turns;
  }

  take({ one: { segment, from, inside }, packet, isArrival }: Moment): void {
    const to = inside ? from : other(from);
    if (!isArrival) this.#sends(from, to, segment, packet);
    else this.#receives(to, from, segment, packet);
  }

  #sends(host: HostName, peer: HostName, segment: Segment, packet: Packet): void {
    const [end, far] = [this.#ends[host], this.#ends[peer]];
    if (has(segment, 'RST')) {
      // A reset for something else leaves the connection alone: its number is what that acknowledged.
      if (isThere(end) && (end.next === undefined || segment.seq === end.next))
        this.#enter(host, 'CLOSED', packet);
      return;
    }
    if (has(segment, 'SYN')) this.#sendsSyn(host, segment, packet);
    else {
      this.#begins(packet);
      const { ack } = segment;
      // What it acknowledges it has received, also where the capture has not got it.
      if (ack !== undefined && (end.wants === undefined || after(ack, end.wants)))
        advance(end, ack);
      if (ack !== undefined && ack === far.fin)
        this.#enter(host, nextState(end.state ?? 'CLOSED', FIN), packet);
      const opened =
        end.state === 'SYN-SENT' || (end.state === 'SYN-RECEIVED' && segment.length > 0);
      if (opened) this.#enter(host, 'ESTABLISHED', packet);
    }
    if (has(segment, 'FIN')) {
      end.fin = endOf(segment);
      const closing = BY_CLOSE[end.state ?? 'CLOSED'];
      if (closing !== undefined) this.#enter(host, closing, packet);
    }
    const behind = endOf(segment);
    if (end.next === undefined || after(behind, end.next)) end.next = behind;
  }

  #sendsSyn(host: HostName, segment: Segment, packet: Packet): void {
    const end = this.#ends[host];
    if (end.first !== segment.seq) {
      end.first = segment.seq;
      end.next = add(segment.seq, 1);
    }
    const crossed = end.state === 'SYN-SENT' && takesUp(segment) && end.syn !== undefined;
    if (isThere(end) && end.state !== 'TIME-WAIT' && !crossed) return;
    // A listener that is too full leaves a SYN lying: that it was taken up, the answer says.
    if (!crossed) end.passive = takesUp(segment);
    if (takesUp(segment)) this.#enter(host, 'SYN-RECEIVED', end.syn ?? packet, end.syn?.event);
    else this.#enter(host, 'SYN-SENT', packet);
  }

  #receives(host: HostName, peer: HostName, segment: Segment, packet: Packet): void {
    const [end, far] = [this.#ends[host], this.#ends[peer]];
    const { state } = end;
    if (has(segment, 'SYN')) {
      if (opens(segment)) end.syn = packet;
      const isMeant = !takesUp(segment) || segment.ack === end.next;
      if (!isThere(end) || state === 'SYN-SENT' || state === 'TIME-WAIT')
        if (isMeant) end.wants = add(segment.seq, 1);
      // Only what waits for one is moved by it: a listener's answer says the rest.
      const moves = state === 'SYN-SENT' || (state === 'SYN-RECEIVED' && takesUp(segment));
      if (moves && isMeant)
        this.#enter(host, nextState(state, { ...segment, acksFin: false }), packet, packet.event);
      return;
    }
    if (state === undefined || !isThere(end)) return;
    if (has(segment, 'RST')) {
      const to = state === 'SYN-RECEIVED' && end.passive === true ? 'LISTEN' : 'CLOSED';
      if (isResetBy(segment, end, far)) this.#enter(host, to, packet, packet.event);
      return;
    }
    const { ack } = segment;
    if (ack === undefined) return;
    if (state === 'SYN-RECEIVED' && !acknowledgesSyn(ack, end)) return;
    const had = end.wants;
    receive(end, segment);
    const finished = far.fin !== undefined && end.wants === far.fin && had !== far.fin;
    const acksFin = end.fin !== undefined && !after(end.fin, ack);
    const next = nextState(state, { flags: finished ? 'F.' : '.', acksFin });
    this.#enter(host, next, packet, packet.event);
  }

  /** Nobody has seen it open: it was there. */
  #begins(packet: Packet): void {
    const { server, client } = this.#ends;
    const isKnown = [server, client].some(({ state, first }) => (state ?? first) !== undefined);
    if (isKnown) {
      const sender = this.#ends[packet.from];
      // The capture has its peer's SYN, and not its answer.
      if (sender.state === undefined) this.#enter(packet.from, 'ESTABLISHED', packet);
      return;
    }
    this.#enter('server', 'ESTABLISHED', packet);
    if (!packet.inside) this.#enter('client', 'ESTABLISHED', packet);
  }

  #enter(host: HostName, to: State, { t, event }: Packet, cause?: number): void {
    const end = this.#ends[host];
    const { state: from } = end;
    if (to === from || (from === undefined && to === 'CLOSED')) return;
    end.state = to;
    const connection = this.#connection;
    this.#turns.push({
      ...{ host, local: connection[host], peer: connection[other(host)], connection },
      ...{ t, event, to, witness: 'inferred' },
      ...(from !== undefined && { from }),
      ...(cause !== undefined && { cause }),
    });
  }
}

/** A FIN that acknowledges nothing new. */
const FIN = { flags: 'F.', acksFin: false };

const isThere = ({ state }: End): boolean =>
  state !== undefined && state !== 'CLOSED' && state !== 'LISTEN';

const BY_CLOSE: Partial<Record<State, State>> = {
  'SYN-RECEIVED': 'FIN-WAIT-1',
  ESTABLISHED: 'FIN-WAIT-1',
  'CLOSE-WAIT': 'LAST-ACK',
};

const acknowledgesSyn = (ack: number, { first, next }: End): boolean =>
  (first === undefined || after(ack, first)) && (next === undefined || !after(ack, next));

/** Does a reset hit (RFC 9293 3.10.7.3, RFC 5961 3.2)? */
function isResetBy(reset: Segment, end: End, far: End): boolean {
  if (end.state === 'SYN-SENT') return reset.ack !== undefined && reset.ack === end.next;
  const { wants } = end;
  // Where the capture misses something, what its sender sent last tells as well.
  return wants === undefined || reset.seq === wants || reset.seq === far.next;
}

/** Takes a segment's numbers for received, in order or not. */
function receive(end: End, segment: Segment): void {
  const [first, behind] = [segment.seq, endOf(segment)];
  if (end.wants === undefined || !after(first, end.wants)) {
    if (end.wants === undefined || after(behind, end.wants)) advance(end, behind);
    return;
  }
  if (first === behind) return;
  const last = end.beyond.at(-1);
  if (last?.[1] === first) last[1] = behind;
  else end.beyond.push([first, behind]);
}

/** All before `to` is there, and what came early may follow it. */
function advance(end: End, to: number): void {
  let wants = to;
  for (let isMore = true; isMore;) {
    isMore = false;
    end.beyond = end.beyond.filter(([first, behind]) => {
      if (after(first, wants)) return true;
      if (after(behind, wants)) [wants, isMore] = [behind, true];
      return false;
    });
  }
  end.wants = wants;
}

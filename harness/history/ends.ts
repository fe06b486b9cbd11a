import { HANDLED_WITHIN } from '../evidence/clock.ts';
import { takesUp } from '../tcp/segment.ts';
import type { State } from '../tcp/states/state.ts';
import { endKey } from './connection.ts';
import { connectionsOf, type Connections, type Incarnation } from './connections.ts';
import type { History } from './history.ts';
import { during } from './in-time.ts';
import type { Change, End } from './change.ts';
import { causeOf, routeBetween, synBefore } from './route.ts';
import { segmentsOf } from './segments.ts';
import { signalsOf, type Signal } from './signals.ts';
import { windowOf, type SocketChange } from './sockets.ts';
import { tracedChanges } from './traced.ts';

export type { Change, End, Witness } from './change.ts';

/** A change of state, and whose. A listener belongs to no connection. */
export interface Turn extends End, Change {
  connection?: Incarnation;
}

/** The states of all ends, and the connections that they are ends of. */
export interface Course {
  connections: Connections;
  /** Each end's in order of time. */
  turns: readonly Turn[];
}

/**
 * Every state of every end, where it begins: as the tracepoint has it, to the microsecond; what it
 * cannot see, and everything where it is not read, as `ss` has it, at the packet that led there.
 */
export const courseOf = (history: History): Course => history.derive(read);

function read(history: History): Course {
  const ends = new Ends(history);
  for (const [end, change] of tracedChanges(history)) ends.of(end).changes.push(change);
  for (const end of ends.all) {
    end.changes = end.changes
      .flatMap((change) => withTimeWait(change, end, history))
      .map((change) => withRequest(change, end.signals));
  }
  for (const sampled of history.socketChanges) addSampled(sampled, ends.of(sampled), history);
  const connections = connectionsOf(segmentsOf(history));
  return { connections, turns: ends.all.flatMap((end) => turnsOf(end, connections)) };
}

/** An end, what is known to have changed its state, and its segments. */
interface Watched extends End {
  changes: Change[];
  signals: readonly Signal[];
}

class Ends {
  readonly #history: History;
  readonly #byKey = new Map<string, Watched>();

  constructor(history: History) {
    this.#history = history;
  }

  get all(): Watched[] {
    return [...this.#byKey.values()];
  }

  of({ host, local, peer }: End): Watched {
    const key = `${host} ${peer.port === 0 ? `${local.address} ${local.port}` : endKey(local, peer)}`;
    const known = this.#byKey.get(key);
    if (known !== undefined) return known;
    const signals = peer.port === 0 ? [] : signalsOf(this.#history, host, local, peer);
    const end = { host, local, peer, changes: [], signals };
    this.#byKey.set(key, end);
    return end;
  }
}

/**
 * The tracepoint knows no TIME-WAIT: a socket is CLOSED for it when the kernel keeps only its
 * addresses (net/ipv4/tcp_minisocks.c tcp_time_wait), in TIME-WAIT or, when no process has it any
 * more, in FIN-WAIT-2. `ss` shows which; where it did not look any more, the peer's FIN tells.
 */
function withTimeWait(change: Change, end: Watched, { sockets }: History): Change[] {
  const mayWait = change.from === 'FIN-WAIT-2' || change.from === 'CLOSING';
  if (change.to !== 'CLOSED' || !mayWait) return [change];
  const { host, local, peer, signals } = end;
  const sample = sockets[host].after(change.t);
  const row = sample && sockets[host].row(sample, local, peer);
  if (row?.state === 'FIN-WAIT-2') return [];
  if (row === undefined && (sample !== undefined || isReset(change, signals))) return [change];
  const fin = signals.find(({ names }) => names.includes('rcv FIN'))?.packet;
  if (fin === undefined) return [];
  const { t, event } = fin.t > change.t ? fin : change;
  const entered: Change = { ...change, t, event, to: 'TIME-WAIT', witness: 'inferred' };
  return [row?.state === 'TIME-WAIT' ? { ...entered, witness: 'ss', row } : entered];
}

/** A reset that ends a connection does so at once. */
function isReset({ t }: Change, signals: readonly Signal[]): boolean {
  const window = { since: t - HANDLED_WITHIN, until: t + HANDLED_WITHIN };
  return [...during(signals, window)].some(({ names }) => names.includes('rcv RST'));
}

/**
 * What a listener has received is no socket yet, and nothing to the tracepoint, until the handshake
 * is over: SYN-RECEIVED began when the SYN was answered.
 */
function withRequest(change: Change, signals: readonly Signal[]): Change {
  if (change.from !== 'LISTEN' || change.to !== 'SYN-RECEIVED') return change;
  const answers = signals.filter(
    ({ packet: { direction, segment } }) => direction === 'out' && takesUp(segment),
  );
  const answer = answers.findLast(({ t }) => t <= change.t)?.packet;
  // The first of those that say the same.
  const first = answers.find(({ packet }) => packet.segment.seq === answer?.segment.seq)?.packet;
  if (first === undefined) return change;
  const syn = synBefore(first.t, signals);
  const { t, event } = syn ?? first;
  return { ...change, t, event, witness: 'inferred', ...(syn && { cause: syn.event }) };
}

/** What two samples show, unless the tracepoint has told it. */
function addSampled(sampled: SocketChange, end: Watched, history: History): void {
  const window = windowOf(sampled);
  const known = end.changes.filter(({ t }) => t >= window.since && t <= window.until);
  const told = known.find(({ to }) => to === sampled.to);
  if (told !== undefined) {
    if (sampled.is !== undefined) told.row ??= sampled.is;
    if (told.witness === 'inferred') told.witness = 'ss';
    return;
  }
  // A sample is not taken at one moment: what the tracepoint saw meanwhile it may have missed.
  if (known.some(({ witness }) => witness === 'tracepoint') && sampled.to !== 'TIME-WAIT') return;
  end.changes.push(...placed(sampled, end.signals, history));
}

/** At the packets that led there; or at the listen() call, or when it was there for sure. */
function placed(sampled: SocketChange, signals: readonly Signal[], history: History): Change[] {
  const { from, to, after, is, host } = sampled;
  const window = windowOf(sampled);
  const last: Change = { t: after.began, event: after.event, from, to, witness: 'ss' };
  if (is !== undefined) last.row = is;
  const hops = routeBetween(from, to, signals, window) ?? [];
  if (hops.length > 0) {
    return hops.map(({ to: state, packet: { t, event, direction } }, i) => ({
      ...(i === hops.length - 1 ? last : { to: state, witness: 'inferred' as const }),
      t,
      event,
      ...(direction === 'in' ? { cause: event } : {}),
    }));
  }
  const listen = history.programs.listens[host].find(
    ({ t }) => t >= window.since && t <= window.until,
  );
  return [to === 'LISTEN' && listen !== undefined ? { ...last, t: listen.t } : last];
}

/** Once for each change, in order. */
function turnsOf(end: Watched, connections: Connections): Turn[] {
  const { host, local, peer, signals } = end;
  const turns: Turn[] = [];
  let state: State | undefined;
  let since = -Infinity;
  for (const change of end.changes.sort((a, b) => a.t - b.t)) {
    const { t, to } = change;
    if (to === state) continue;
    // The tracepoint takes a TIME-WAIT for CLOSED.
    const from = state === 'TIME-WAIT' ? state : (change.from ?? state);
    const cause = change.cause ?? causeOf(from, to, { since, t }, signals)?.event;
    const turn: Turn = { ...change, host, local, peer };
    if (from !== undefined) turn.from = from;
    if (cause !== undefined) turn.cause = cause;
    if (peer.port !== 0) turn.connection = connections.at(host, local, peer, t, to === 'SYN-SENT');
    turns.push(turn);
    [state, since] = [to, t];
  }
  return turns;
}

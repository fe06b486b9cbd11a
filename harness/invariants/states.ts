/** States, by `ss` and by the tracepoint, against the segments, each other and the state diagram. */
import { isDeepStrictEqual } from 'node:util';
import { CAPTURE_ERROR, HARNESS_ERROR } from '../evidence/clock.ts';
import { HOSTS, type EventOf, type HostName } from '../evidence/events.ts';
import { endKey, other } from '../history/connection.ts';
import { ANY_ADDRESS, isRequest } from '../history/sockets.ts';
import type { Transition } from '../history/transitions.ts';
import { EDGES, LINUX_EDGES } from '../tcp/states/edges.ts';
import type { Endpoint } from '../tcp/segment.ts';
import { parseSs, type SocketRow } from '../tcp/tables/ss.ts';
import { STATES, type State } from '../tcp/states/state.ts';
import { injectionsIn, type Evidence, type Invariant, type Violation } from './evidence.ts';
import { told } from '../told.ts';

/** A row is what its line says, and a look takes its time. */
const samples: Invariant = {
  name: 'samples',
  says: told('a socket is what its line of ss says, and a host is looked at once at a time'),
  *check(evidence) {
    const last: Partial<Record<HostName, number>> = {};
    for (const { seq, t, host, began, ended, command, rows } of evidence.of('sample')) {
      for (const row of rows) {
        const [parsed] = parsedSs(row.line);
        if (!isDeepStrictEqual(parsed, row)) yield { events: [seq], found: row.line };
      }
      if (command !== COMMAND) yield { events: [seq], found: command };
      if (began > ended || t !== ended || began < (last[host] ?? -Infinity))
        yield { events: [seq], found: `${began}..${ended}` };
      last[host] = ended;
    }
  },
};

/** What a student could type to see the same. */
const COMMAND = 'ss -tanpoei';

function parsedSs(line: string): (SocketRow | undefined)[] {
  try {
    return parseSs(`${line}\n`);
  } catch {
    return [];
  }
}

type Need = 'SYN sent' | 'SYN received' | 'FIN received' | 'FIN sent';

/**
 * What must have crossed the wire before an end can be in a state (RFC 9293 Figure 5). What was
 * received the end's own capture has seen, injected or not, held or not. That its FIN was sent is known
 * only from the peer's acknowledgement: an injected one can acknowledge a FIN that is still held.
 */
const NEEDS: Partial<Record<State, readonly Need[]>> = {
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
const needs: Invariant = {
  name: 'states-and-segments',
  says: told('no end is in a state before its own capture has what leads there'),
  *check(evidence) {
    const crossed = crossings(evidence);
    const injected = injections(evidence);
    for (const { event, host, local, peer, state, t } of seenStates(evidence)) {
      if (!evidence.crosses(local, peer) || t > evidence.wholeUntil[host]) continue;
      for (const need of NEEDS[state] ?? []) {
        const key = `${host} ${endKey(local, peer)}`;
        if ((crossed.get(`${key} ${need}`) ?? Infinity) <= t + CAPTURE_ERROR) continue;
        const excuse = need === 'FIN sent' ? injected.get(key) : undefined;
        if ((excuse ?? Infinity) <= t + HARNESS_ERROR) continue;
        const what = { end: `${local.address}:${local.port}`, state, file: `${host}.pcap` };
        const found = told('{end} {state}, {file}: no {what}', { ...what, what: told(need) });
        yield { events: [event], found };
      }
    }
  },
};

interface Seen {
  event: number;
  host: HostName;
  local: Endpoint;
  peer: Endpoint;
  state: State;
  t: number;
}

function* seenStates(evidence: Evidence): Iterable<Seen> {
  for (const { seq, host, ended, rows } of evidence.of('sample'))
    for (const { local, peer, state } of rows)
      yield { event: seq, host, local, peer, state, t: ended };
  for (const { seq, host, local, peer, to, t } of evidence.history.transitions.all)
    yield { event: seq, host, local, peer, state: to, t };
}

/** When each end first sent or received a SYN or FIN, by its own capture. */
function crossings({ history }: Evidence): Map<string, number> {
  const first = new Map<string, number>();
  for (const host of HOSTS) {
    for (const { t, direction, segment } of history.captures[host].packets) {
      const { src, dst, flags } = segment;
      const [local, peer, way] = direction === 'out' ? [src, dst, 'sent'] : [dst, src, 'received'];
      for (const [letter, name] of [
        ['S', 'SYN'],
        ['F', 'FIN'],
      ] as const) {
        const key = `${host} ${endKey(local, peer)} ${name} ${way}`;
        if (flags.includes(letter) && (first.get(key) ?? Infinity) > t) first.set(key, t);
      }
    }
  }
  return first;
}

/** When each end was first sent a segment that its peer's kernel has not made. */
function injections({ history }: Evidence): Map<string, number> {
  const first = new Map<string, number>();
  for (const { host, from, to, action } of injectionsIn(history)) {
    const key = `${other(host)} ${endKey(to, from)}`;
    if (!first.has(key)) first.set(key, action.begin.t);
  }
  return first;
}

/** Every edge that Linux has: the textbook's, but those it has not, and its own. */
const LINUX = [...EDGES.filter(({ linux }) => linux === undefined), ...LINUX_EDGES];

/**
 * Those that the tracepoint reports. It sees no TIME-WAIT: who goes there is reported as CLOSED, out
 * of FIN-WAIT-2 (also where its FIN and the acknowledgement came together) or CLOSING.
 */
const REPORTED = new Set([
  ...LINUX.filter(({ from, to }) => from !== 'TIME-WAIT' && to !== 'TIME-WAIT').map(
    ({ from, to }) => `${from} -> ${to}`,
  ),
  'FIN-WAIT-2 -> CLOSED',
  'CLOSING -> CLOSED',
  // A socket of which TIME-WAIT's place is taken (net/ipv4/tcp_minisocks.c) says so again.
  'FIN-WAIT-2 -> FIN-WAIT-2',
]);

/** The tracepoint reports edges that there are, each of a socket that was in its first state. */
const transitions: Invariant = {
  name: 'transitions',
  says: told(
    'each transition is an edge that Linux has, of a socket that had come to where it begins',
  ),
  *check(evidence) {
    const { all } = evidence.history.transitions;
    for (const { seq, from, to } of all) {
      if (!REPORTED.has(`${from} -> ${to}`)) yield { events: [seq], found: `${from} -> ${to}` };
    }
    if (isPartial(evidence)) return;
    const { byEnd, connecting } = tracedIn(evidence);
    for (const own of byEnd.values()) {
      const states: State[] = [];
      for (const { seq, host, local, peer, from, to } of own) {
        const at = states.indexOf(from);
        if (at >= 0 && from !== 'LISTEN') states.splice(at, 1);
        const isBegun =
          from === 'CLOSED' ||
          // What a listener has made begins in the listener's state.
          from === 'LISTEN' ||
          (from === 'SYN-SENT' && connecting.has(connectingKey(host, local, peer)));
        if (at < 0 && !isBegun)
          yield { events: [seq], found: `${states.join(' ')}: ${from} -> ${to}` };
        if (at >= 0 && from === 'LISTEN' && to === 'CLOSED') states.splice(at, 1);
        if (to !== 'CLOSED') states.push(to);
      }
    }
  },
};

/** Some of them were lost, and a note says so. */
const isPartial = ({ history }: Evidence): boolean =>
  history.notes.some(({ text }) => text.startsWith("the kernel's tracepoint lost"));

const isRead = ({ history }: Evidence): boolean =>
  !history.notes.some(({ absent }) => absent === 'tracepoint');

/** What the tracepoint has told. More than one socket may have the same ends, and one after another. */
interface Traced {
  /** In the order of their times. */
  byEnd: ReadonlyMap<string, readonly Transition[]>;
  /** To whom sockets have begun to connect that had no port yet, and when first. */
  connecting: ReadonlyMap<string, number>;
}

const connectingKey = (host: HostName, { address }: Endpoint, peer: Endpoint): string =>
  `${host} ${address} ${endKey(peer, peer)}`;

function tracedIn({ history }: Evidence): Traced {
  const byEnd = new Map<string, Transition[]>();
  const connecting = new Map<string, number>();
  for (const one of [...history.transitions.all].sort((a, b) => a.t - b.t)) {
    const { host, local, peer, t } = one;
    if (local.port === 0) {
      const key = connectingKey(host, local, peer);
      if (!connecting.has(key)) connecting.set(key, t);
      continue;
    }
    const key = `${host} ${endKey(local, peer)}`;
    const own = byEnd.get(key);
    if (own === undefined) byEnd.set(key, [one]);
    else own.push(one);
  }
  return { byEnd, connecting };
}

/** From which state which other can be reached before the socket is gone. */
const WITHIN = reachable(LINUX);

function reachable(edges: readonly { from: State; to: State }[]): Map<State, Set<State>> {
  return new Map(
    STATES.map((start) => {
      const found = new Set<State>([start]);
      for (const state of found) {
        if (state === 'CLOSED' && start !== 'CLOSED') continue;
        for (const { from, to } of edges) if (from === state) found.add(to);
      }
      return [start, found] as const;
    }),
  );
}

/** What one sample shows and what the next one shows of a socket lie on a way through the diagram. */
const changes: Invariant = {
  name: 'samples-and-diagram',
  says: told('from one sample to the next a socket goes a way that the state diagram has'),
  *check({ history }) {
    for (const host of HOSTS) {
      for (const { from, to, before, after, was, is } of history.sockets[host].changes) {
        // Another socket on the same addresses and ports may be anywhere.
        if (was === undefined || is === undefined || was.cookie !== is.cookie) continue;
        if (WITHIN.get(from)?.has(to) === true) continue;
        yield { events: [before.event, after.event], found: `${from} -> ${to}` };
      }
    }
  },
};

/** The tracepoint and `ss` look at the same kernel, to so many ns. */
const APART = 5e6;
/** A long table is read in pieces, between which sockets come and go. */
const IN_ONE_PIECE = 50;

/** What `ss` shows the tracepoint has reported, and the other way round. */
const twoWitnesses: Invariant = {
  name: 'samples-and-transitions',
  says: told('ss shows each socket in a state that the tracepoint reports for that time'),
  *check(evidence) {
    if (!isRead(evidence) || isPartial(evidence)) return;
    const { byEnd, connecting } = tracedIn(evidence);
    for (const sample of evidence.of('sample')) {
      const { host, ended, rows } = sample;
      const shown = new Set<string>();
      for (const row of rows) {
        const { local, peer, state } = row;
        const key = `${host} ${endKey(local, peer)}`;
        shown.add(key);
        // The tracepoint is read by the hosts' addresses; a listener on any is told by its process.
        if (local.address !== evidence.hosts[host].address) continue;
        const possible = statesDuring(byEnd.get(key) ?? [], sample);
        const since = connecting.get(connectingKey(host, local, peer)) ?? Infinity;
        if (state === 'SYN-SENT' && since <= ended + APART) continue;
        if (!isPossible(row, possible)) yield contradiction(sample, local, state, possible);
      }
      if (rows.length > IN_ONE_PIECE) continue;
      for (const [key, own] of byEnd) {
        const [first] = own;
        if (first === undefined || first.host !== host || shown.has(key)) continue;
        if (ANY_ADDRESS.includes(first.local.address)) continue;
        const possible = statesDuring(own, sample);
        if (!possible.has('CLOSED')) yield contradiction(sample, first.local, 'CLOSED', possible);
      }
    }
  },
};

/**
 * The states in which sockets with these ends can have been while the sample was taken, and CLOSED
 * when there may have been none.
 */
function statesDuring(own: readonly Transition[], { began, ended }: EventOf<'sample'>): Set<State> {
  const states: State[] = [];
  const possible = new Set<State>();
  for (const { t, from, to } of own) {
    if (t > ended + APART) break;
    const isDuring = t >= began - APART;
    const at = states.indexOf(from);
    const isBegun = at < 0 || (from === 'LISTEN' && to !== 'CLOSED');
    if (!isBegun) states.splice(at, 1);
    if (to !== 'CLOSED') states.push(to);
    if (isDuring) possible.add(isBegun ? 'CLOSED' : from).add(to);
  }
  if (states.length === 0) possible.add('CLOSED');
  for (const state of states) possible.add(state);
  return possible;
}

function isPossible(row: SocketRow, possible: ReadonlySet<State>): boolean {
  if (row.state === 'CLOSED' || isRequest(row) || possible.has(row.state)) return true;
  // TIME-WAIT, and an orphaned FIN-WAIT-2, are no sockets any more.
  const isRemnant = row.state === 'TIME-WAIT' || row.state === 'FIN-WAIT-2';
  return isRemnant && row.timer?.name === 'timewait' && possible.has('CLOSED');
}

const contradiction = (
  { seq, host }: EventOf<'sample'>,
  { address, port }: Endpoint,
  state: State,
  possible: ReadonlySet<State>,
): Violation => ({
  events: [seq],
  found: `${host} ${address}:${port}: ss ${state}, tracepoint ${[...possible].join(' ')}`,
});

/** A witness that was not there says so. */
const tracepoint: Invariant = {
  name: 'tracepoint',
  says: told(
    'where sockets have states, the tracepoint has reported them or a note says that it is not read',
  ),
  *check(evidence) {
    const { all } = evidence.history.transitions;
    if (!isRead(evidence)) {
      if (all.length > 0)
        yield { events: all.slice(0, 1).map(({ seq }) => seq), found: told('not read') };
    }
  },
};

export const ofStates: readonly Invariant[] = [
  samples,
  needs,
  transitions,
  changes,
  twoWitnesses,
  tracepoint,
];

import { told, ToldError } from '../../told.ts';
import type { State } from './state.ts';

/** One edge of the state diagram. `when` is the event and, after the slash, what TCP does then. */
export interface Edge {
  from: State;
  to: State;
  when: string;
  /**
   * The figure's note that this edge comes from or is conditional on; absent for a plain edge.
   * `Linux`: an edge that Linux has and the figure has not.
   */
  note?: 1 | 2 | 3 | 'Linux';
  /** Linux does not have it. */
  linux?: Otherwise;
}

/** What Linux does in place of an edge that it does not have. */
export interface Otherwise {
  does: string;
  /** The edge that it takes, by name. */
  instead?: string;
}

/** What Figure 5 of RFC 9293 draws. */
const DRAWN = [
  { from: 'CLOSED', to: 'LISTEN', when: 'passive OPEN / create TCB' },
  { from: 'CLOSED', to: 'SYN-SENT', when: 'active OPEN / create TCB, snd SYN' },
  { from: 'LISTEN', to: 'CLOSED', when: 'CLOSE / delete TCB' },
  {
    from: 'LISTEN',
    to: 'SYN-SENT',
    when: 'SEND / snd SYN',
    linux: {
      does: 'connect() fails with EISCONN and send() with EPIPE: the socket must leave LISTEN first',
    },
  },
  { from: 'LISTEN', to: 'SYN-RECEIVED', when: 'rcv SYN / snd SYN,ACK' },
  { from: 'SYN-SENT', to: 'CLOSED', when: 'CLOSE / delete TCB' },
  { from: 'SYN-SENT', to: 'SYN-RECEIVED', when: 'rcv SYN / snd SYN,ACK' },
  { from: 'SYN-SENT', to: 'ESTABLISHED', when: 'rcv SYN,ACK / snd ACK' },
  { from: 'SYN-RECEIVED', to: 'LISTEN', when: 'rcv RST', note: 1 },
  { from: 'SYN-RECEIVED', to: 'ESTABLISHED', when: 'rcv ACK of SYN' },
  { from: 'SYN-RECEIVED', to: 'FIN-WAIT-1', when: 'CLOSE / snd FIN' },
  { from: 'ESTABLISHED', to: 'FIN-WAIT-1', when: 'CLOSE / snd FIN' },
  { from: 'ESTABLISHED', to: 'CLOSE-WAIT', when: 'rcv FIN / snd ACK' },
  { from: 'FIN-WAIT-1', to: 'FIN-WAIT-2', when: 'rcv ACK of FIN' },
  { from: 'FIN-WAIT-1', to: 'CLOSING', when: 'rcv FIN / snd ACK' },
  { from: 'FIN-WAIT-2', to: 'TIME-WAIT', when: 'rcv FIN / snd ACK' },
  { from: 'CLOSING', to: 'TIME-WAIT', when: 'rcv ACK of FIN' },
  { from: 'CLOSE-WAIT', to: 'LAST-ACK', when: 'CLOSE / snd FIN' },
  { from: 'LAST-ACK', to: 'CLOSED', when: 'rcv ACK of FIN' },
  { from: 'TIME-WAIT', to: 'CLOSED', when: 'Timeout=2MSL / delete TCB' },
] as const satisfies readonly Edge[];

const NOTE_2 = {
  from: 'FIN-WAIT-1',
  to: 'TIME-WAIT',
  when: 'rcv FIN, ACK of FIN / snd ACK',
  note: 2,
} as const satisfies Edge;

/** The states of a connection in which Linux sends a RST itself: net/ipv4/tcp.c tcp_need_reset. */
const RESETTING = [
  'SYN-RECEIVED',
  'ESTABLISHED',
  'FIN-WAIT-1',
  'FIN-WAIT-2',
  'CLOSE-WAIT',
] as const satisfies readonly State[];
/** And those in which it gives a connection up without one. */
const SILENT = ['CLOSING', 'LAST-ACK'] as const satisfies readonly State[];
/** In these either side may reset it. */
const RESETTABLE = [...RESETTING, ...SILENT] as const;
/** In these a RST from the peer ends it. */
const ENDED_BY_RESET = ['SYN-SENT', ...RESETTABLE, 'TIME-WAIT'] as const;
/** In these Linux gives up what is not answered for too long. */
const IMPATIENT = ['SYN-SENT', ...RESETTABLE] as const;

/** The edges of note 3 that Linux does not have: it keeps no TIME-WAIT for what it has reset. */
const NOTE_3_SENT: readonly Edge[] = RESETTABLE.map((from) => {
  const event = isOneOf(from, SILENT) ? 'CLOSE' : 'snd RST';
  const does = event === 'CLOSE' ? 'an abort sends no RST and goes to CLOSED' : 'goes to CLOSED';
  const instead = `${from} -> CLOSED (${event})`;
  return { from, to: 'TIME-WAIT', when: 'snd RST', note: 3, linux: { does, instead } };
});

const NOTE_3_RECEIVED: readonly Edge[] = ENDED_BY_RESET.map((from) => ({
  from,
  to: 'CLOSED',
  when: 'rcv RST',
  note: 3,
}));

const toClosed = (from: State, when: string): Edge => ({ from, to: 'CLOSED', when, note: 'Linux' });

const OWN = [
  // A SYN that may begin the next connection on the same addresses and ports.
  { from: 'TIME-WAIT', to: 'SYN-RECEIVED', when: 'rcv SYN', note: 'Linux' },
  // tcp_tw_reuse.
  { from: 'TIME-WAIT', to: 'SYN-SENT', when: 'active OPEN', note: 'Linux' },
  { from: 'SYN-RECEIVED', to: 'LISTEN', when: 'timeout', note: 'Linux' },
  { from: 'SYN-RECEIVED', to: 'LISTEN', when: 'snd RST', note: 'Linux' },
  // More TIME-WAITs than tcp_max_tw_buckets.
  { from: 'FIN-WAIT-2', to: 'CLOSED', when: 'rcv FIN', note: 'Linux' },
] as const satisfies readonly Edge[];

/**
 * The edges of RFC 9293 3.3.2, Figure 5, and of its notes 1 to 3.
 *
 * Note 3 speaks of "any state"; it is written out for the states that hold a connection. These are
 * the textbook's edges: those that Linux does not have say what it does instead.
 */
export const EDGES: readonly Edge[] = [...DRAWN, NOTE_2, ...NOTE_3_SENT, ...NOTE_3_RECEIVED];

/** What Linux has beyond the figure. */
export const LINUX_EDGES: readonly Edge[] = [
  ...OWN,
  ...IMPATIENT.map((from) => toClosed(from, 'timeout')),
  ...RESETTING.map((from) => toClosed(from, 'snd RST')),
  ...SILENT.map((from) => toClosed(from, 'CLOSE')),
];

/** The event of an edge: `when` without what TCP does then. */
export const eventOf = ({ when }: Edge): string => when.split(' / ')[0] ?? when;

/**
 * What an edge is called: `SYN-SENT -> ESTABLISHED` in the figure and its notes 1 and 2. Where there
 * is more than one, in note 3 and on Linux, with the event: `SYN-SENT -> CLOSED (rcv RST)`.
 */
export function edgeName(edge: Edge): string {
  const { from, to, note } = edge;
  const pair = `${from} -> ${to}`;
  return note === 3 || note === 'Linux' ? `${pair} (${eventOf(edge)})` : pair;
}

/** @throws ToldError for a name that no edge has, with those that begin in the same state */
export function edgeOf(name: string): Edge {
  const all = [...EDGES, ...LINUX_EDGES];
  const found = all.find((edge) => edgeName(edge) === name);
  if (found !== undefined) return found;
  const start = name.split(' -> ')[0] ?? '';
  const known = all.map(edgeName).filter((other) => other.startsWith(`${start} -> `));
  const edges =
    known.length === 0
      ? told('none begins so')
      : told('there is {edges}', { edges: known.join(', ') });
  throw new ToldError(
    told("'{name}' is not an edge of the state diagram: {edges}", { name, edges }),
  );
}

/**
 * The edges along paths through the diagram: `SYN-SENT -> SYN-RECEIVED -> ESTABLISHED` has two.
 * @throws ToldError for a step that is no edge
 */
export function edgesAlong(paths: readonly string[]): EdgeName[] {
  const steps = paths.flatMap((path) => {
    const states = path.split(' -> ');
    return states.slice(1).map((to, index) => `${states[index] ?? ''} -> ${to}`);
  });
  for (const step of steps) edgeOf(step);
  return steps as EdgeName[];
}

type Pair<E extends Edge> = E extends Edge ? `${E['from']} -> ${E['to']}` : never;
type Named<E extends Edge> = E extends Edge ? `${E['from']} -> ${E['to']} (${E['when']})` : never;
type Drawn = (typeof DRAWN)[number];

/** The name of an edge of the figure, or of its notes, that Linux does not have. */
export type MissingEdge =
  Pair<Extract<Drawn, { linux: object }>> | `${(typeof RESETTABLE)[number]} -> TIME-WAIT (snd RST)`;

/** The name of an edge that Linux has. */
export type EdgeName =
  | Pair<Exclude<Drawn, { linux: object }> | typeof NOTE_2>
  | `${(typeof ENDED_BY_RESET)[number]} -> CLOSED (rcv RST)`
  | Named<(typeof OWN)[number]>
  | `${(typeof IMPATIENT)[number]} -> CLOSED (timeout)`
  | `${(typeof RESETTING)[number]} -> CLOSED (snd RST)`
  | `${(typeof SILENT)[number]} -> CLOSED (CLOSE)`;

function isOneOf(state: State, states: readonly State[]): boolean {
  return states.includes(state);
}

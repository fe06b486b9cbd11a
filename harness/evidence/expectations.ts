/**
 * What a lab can expect, as data: each kind with its parameters, and with what is recorded as seen.
 * All of it is plain JSON; sentences are made from it at the edge (harness/words/), so that no text
 * is ever compared, searched for or read back.
 */
import type { Endpoint } from '../tcp/segment.ts';
import type { SocketRow } from '../tcp/tables/ss.ts';
import type { State } from '../tcp/states/state.ts';
import type { HostName, Json } from './basics.ts';

/** A connection by its ends, and segments by their ports (`harness/history/connection.ts`). */
interface Ends {
  server: Endpoint;
  client: Endpoint;
}
export interface FlowParams {
  serverPort: number;
  clientPort?: number;
}

/** A timer that `ss` shows, with so much left, milliseconds. */
export interface TimerRange {
  name: NonNullable<SocketRow['timer']>['name'];
  least: number;
  most: number;
}

/** What may be asked of a socket beside its state. */
export interface SocketDetails {
  timer?: TimerRange;
  recvQ?: number;
  sendQ?: number;
  /** No process has the socket: its program has closed it, or not accepted it yet. */
  orphaned?: boolean;
  /** What `ss -i` prints, by its name there: `{ mss: '1448' }`. */
  info?: Record<string, string>;
}

export interface EndParams extends SocketDetails {
  host: HostName;
  connection: Ends;
  state: State;
}

/** A program under test, by the number it has in this run. */
export interface ProgramParams {
  host: HostName;
  program: number;
  name: string;
}

/** A number where kernels differ. */
export interface Range {
  least: number;
  most: number;
}
export type Counts = Partial<Record<State, number>>;
export type WantedCounts = Partial<Record<State, number | Range>>;

/**
 * What a typed call should give: an errno's name; or a result as printed, `*` for any number but 0
 * (what the kernel filled in may be left out); or, with neither, any success.
 */
export type CallResult = { code: string } | { result?: string };

/** A socket as a sample shows it: what a verdict says of it. */
export type SeenSocket = Pick<
  SocketRow,
  'local' | 'peer' | 'state' | 'recvQ' | 'sendQ' | 'timer' | 'processes'
> & { info?: Record<string, string> };

/** The last sight of it: `null` where the sample has no such socket; absent without any sample. */
export interface SocketSeen {
  socket?: SeenSocket | null;
}

/** The last thing that a program was seen to do, and its sockets where it waits in a call. */
export interface ProgramSeen {
  /** The number of that event; `null` when it did nothing. */
  last: number | null;
  sockets?: SeenSocket[];
}

/** A call that has returned, by the number of its event, and the milliseconds it took. */
export interface CallSeen {
  call: number;
  took?: number;
}

export interface ReturnedSeen {
  /** The shell's line, as strace prints a call. */
  line: string;
  /** Milliseconds that the call took. */
  took?: number;
}

/** An edge as `ss` showed it in two samples, by their numbers, and the tracepoint in these events. */
export interface ChangeSeen {
  host: HostName;
  local: Endpoint;
  peer: Endpoint;
  from: State;
  to: State;
  before: number;
  after: number;
  traced?: number[];
}

/** Why a change of a socket is not the edge that it might be. */
export type NoEdgeReason =
  /** The diagram has no edge from the one state to the other: something was skipped. */
  | { why: 'no edge' }
  /** Nothing was seen that leads there. */
  | { why: 'no cause' }
  /** Another event of the diagram led there. */
  | { why: 'event'; event: string }
  /** The tracepoint saw something else. */
  | { why: 'tracepoint' }
  /** It is another edge, by its name. */
  | { why: 'edge'; edge: string };

/** What stopped a pattern of segments. */
export interface PatternSeen {
  /** Whose capture was searched. */
  capture: HostName;
  /** The pattern's lines that the events of `by` matched, in their order. */
  lines: number[];
  /** Its names with their values so far. */
  names: Record<string, number>;
  /** Segments left out because they repeat earlier ones. */
  leftOut: number;
  /** The line that nothing matched; absent: it was through. */
  expected?: { line: number };
}

export interface PatternMet {
  names: Record<string, number>;
  /** Whose captures were searched. */
  captures: HostName[];
  /** Segments left out in each capture because they repeat earlier ones. */
  leftOut: number[];
}

export interface SegmentSeen {
  capture: HostName;
}

/** There is nothing to say. */
export type Nothing = Record<string, never>;

/** Of any kind: a program went beyond a limit, in this event, and was ended. */
export interface LimitSeen {
  limit: number;
}

/** Each kind: what is asked, what was seen when it was met, and when it failed. */
export interface Kinds {
  /** `ss` shows an end of a connection in a state. */
  'end-in-state': { params: EndParams; met: SocketSeen; failed: SocketSeen };
  /** `ss` shows it in a state in every sample for `ms` milliseconds. */
  'end-stays': { params: EndParams & { ms: number }; met: { samples: number }; failed: SocketSeen };
  /** `ss` shows an end of a connection no more; it lasted about `ms` since it was first seen in `state`. */
  'end-gone': {
    params: { host: HostName; connection: Ends; lasting?: { state: State; ms: number } };
    met: { lasted?: Range };
    failed: SocketSeen & { lasted?: Range };
  };
  /** A host's socket listens on a port, with these queues. */
  listening: {
    params: { host: HostName; port: number; backlog?: number; queued?: number; pid?: number };
    met: SocketSeen;
    failed: SocketSeen;
  };
  /** A host's sockets (of a port), counted by state. */
  sockets: {
    params: { host: HostName; port?: number; counts: WantedCounts };
    met: { counts: Counts };
    failed: { counts?: Counts };
  };
  /** A connection of a host that was not known before, in a state. */
  'new-socket': {
    params: { host: HostName; state: State; port?: number };
    met: { connection: Ends };
    failed: SocketSeen;
  };
  /** A connection ESTABLISHED at both ends that was not known before. */
  'new-connection': {
    params: Nothing;
    met: { connection: Ends };
    failed: Nothing;
  };
  /** A counter of a host's TCP is this number (nstat(8)); seen as `null`: there is no such counter. */
  counter: {
    params: { host: HostName; name: string; value: number };
    met: { value: number };
    failed: { value?: number | null };
  };
  /** `netstat -natp` shows these lines; `missing` is the index of the first that was not found. */
  'netstat-lines': {
    params: { host: HostName; port?: number; lines: string[] };
    met: { lines: string[] };
    failed: { missing?: number };
  };
  /** `netstat -n` counts so many sockets in each state. */
  'netstat-counts': {
    params: { host: HostName; port?: number; counts: Counts };
    met: { counts: Counts };
    failed: { counts?: Counts };
  };
  /** A server program listens on a port. */
  'program-listens': {
    params: ProgramParams & { port: number };
    met: SocketSeen;
    failed: ProgramSeen;
  };
  /** A program ends because a call of its failed, this one if it is named; it took about `after` milliseconds. */
  'program-fails': {
    params: ProgramParams & { code: string; call?: string; after?: number; port?: number };
    met: CallSeen;
    /** It listens, although it should have failed; or it failed otherwise; or it did not end so. */
    failed: SocketSeen | CallSeen | { exit: number } | ProgramSeen;
  };
  /** A program prints a line. */
  'program-prints': {
    params: ProgramParams & { line: string };
    met: { line: string };
    failed: ProgramSeen;
  };
  /** A program ends, with a status or by a signal. */
  'program-ends': {
    params: ProgramParams & { status?: number; signal?: string };
    met: { status: number | null; signal: string | null };
    failed: ProgramSeen;
  };
  /** The `index`-th call typed into a socket shell returns what is wanted. */
  'call-returns': {
    params: ProgramParams & { index: number; call: string; wanted: CallResult; after?: number };
    met: ReturnedSeen;
    failed: ReturnedSeen | ProgramSeen;
  };
  /** Both captures hold a pattern of segments. */
  carried: {
    params: { flow: FlowParams; pattern: string; whole: boolean; repeats: boolean };
    met: PatternMet;
    failed: PatternSeen;
  };
  /** No such segment was carried for `ms` milliseconds; without `ms`: so far. */
  'not-carried': {
    params: { flow: FlowParams; line?: string; ms?: number };
    met: Nothing;
    failed: SegmentSeen;
  };
  /** A segment that a host has sent waits on the held wire, with these flags (tcpdump's letters), of this flow. */
  waits: {
    params: { host: HostName; flags?: string; flow?: FlowParams };
    met: Nothing;
    failed: Nothing;
  };
  /** Some socket has shown this edge of the state diagram. */
  'edge-shown': {
    params: { edge: string };
    met: { change: ChangeSeen };
    /** The states that `ss` has not shown at all. */
    failed: { unseen: State[] };
  };
  /** None has shown this edge, which Linux does not have. */
  'edge-missing': {
    params: { edge: string };
    /** What it has instead; or a socket that went from the one state to the other another way. */
    met:
      | { instead: string; change: ChangeSeen }
      | { round: { host: HostName; local: Endpoint; from: State; to: State } };
    failed:
      | { change: ChangeSeen }
      | { traced: number }
      /** What it has instead was not shown either. */
      | { unshown: string }
      /** No socket that was in the one state and later in the other. */
      | { noSocket: true };
  };
}

export type Kind = keyof Kinds;
export type ParamsOf<K extends Kind> = Kinds[K]['params'];
export type MetOf<K extends Kind> = Kinds[K]['met'];
export type FailedOf<K extends Kind> = Kinds[K]['failed'];

/** What is asked for: told apart by `kind`. */
export type Asked = { [K in Kind]: { kind: K; params: ParamsOf<K> } }[Kind];
export type AskedOf<K extends Kind> = Extract<Asked, { kind: K }>;

/** One field in which a candidate is not as expected, in the witness's own terms. */
export interface Difference {
  field: string;
  expected: Json;
  /** `null`: it has none. */
  seen: Json;
}

/** Something that was there but was not it. */
export interface Miss {
  /** The event that shows it. */
  event: number;
  /** Of a socket table: the socket that was compared, `null` where the table has none. */
  socket?: SeenSocket | null;
  /** Of what netstat printed: the line. */
  line?: string;
  /** Of the state diagram: what two samples showed, and what it was instead. */
  change?: ChangeSeen;
  reason?: NoEdgeReason;
  differs: Difference[];
}

/** The model of a ladder diagram: what both the terminal and the page draw. */
import type { HostName } from '../../evidence/events.ts';
import type { Action, Stated } from '../../history/lab.ts';
import type { Endpoint, Segment } from '../../tcp/segment.ts';
import type { State } from '../../tcp/states/state.ts';
import type { Told } from '../../told.ts';

/** A run as it is drawn. Times are ns since the run began. */
export interface Ladder {
  /** In order of first appearance. */
  connections: readonly LadderConnection[];
  /** Index of the connection that the lab is about; absent where no connection was even tried. */
  main?: number;
  /** In order of time. */
  rows: readonly Row[];
  begin: number;
  end: number;
}

/** One connection, or one attempt at it. Its ends are the same in a connection to itself. */
export interface LadderConnection {
  server: Endpoint;
  client: Endpoint;
  /** Where each end began to count, where its SYN was seen, and the letter for it: `x`, `y2`. */
  isn: Partial<Record<HostName, Numbered>>;
  /** Its ends have one address, and each a lane of its own: a capture of a loopback interface. */
  apart?: boolean;
}

export interface Numbered {
  letter: string;
  first: number;
}

interface RowBase {
  t: number;
  /** The event that it comes from: for links and marks. */
  seq: number;
  /** Index into `connections`; absent for what belongs to a host or to the whole lab. */
  connection?: number;
}

/** A stretch of the lab begins or ends. */
export interface StepRow extends RowBase {
  kind: 'step';
  phase: 'begin' | 'end';
  id: number;
  title: Told;
}

/** When an end of the wire saw a segment, and the event that says so. */
export interface Seen {
  t: number;
  seq: number;
}

/** A segment, both captures put together. `t` and `seq` are those of `sent`, or else of `arrived`. */
export interface SegmentRow extends RowBase {
  kind: 'segment';
  connection: number;
  from: HostName;
  segment: Segment;
  sent?: Seen;
  arrived?: Seen;
  /** `lost`: it came in and was taken away before TCP saw it. `unseen`: one capture has not got it. */
  fate: 'arrived' | 'lost' | 'unseen';
  /** It came to a full accept queue, and TCP took no notice of it. */
  ignored?: true;
  /** How long it waited on the held wire, ns, by the lab's doing or because somebody walks. */
  heldFor?: number;
  /** It was carried before: the same octets of the same connection. */
  again: boolean;
  /** The lab made it, and no kernel. */
  injected: boolean;
  /** It never left its host. */
  inside: boolean;
  /** Its numbers by the textbook's letters: `x+1`, `y`; as they are where no SYN was seen. */
  names: { seq: string; ack?: string };
}

/** A state begins; once for each change. */
export interface StateRow extends RowBase {
  kind: 'state';
  host: HostName;
  /** The socket's own end: in a connection inside one host that tells its two ends apart. */
  local: Endpoint;
  state: State;
  /** The state before; absent for a connection's first one. */
  from?: State;
  /** Who saw it. `inferred`: nobody; it lies on the way between two that were seen. */
  witness: 'ss' | 'tracepoint' | 'inferred';
  /** The packet that moved it: its event in the host's own capture. */
  cause?: number;
  /** It is the socket that listens, which belongs to no connection (`connection` is absent). */
  listener: boolean;
  /** No process has the socket: the kernel alone holds it. By `ss`, where it has shown the state. */
  orphan?: boolean;
  /** What is left of TIME-WAIT's minute, ms, as `ss` first showed it. */
  leftMs?: number;
}

/** A system call that returned, or one that was entered and did not return at once (`blocks`). */
export interface CallRow extends RowBase {
  kind: 'call';
  host: HostName;
  program: number;
  /** The program's name. */
  name: string;
  /** The call's own name: `bind`. */
  call: string;
  /** As strace prints it: `bind(3, 10.0.0.1:6000) = -1 EADDRINUSE`; an entered one without result. */
  text: string;
  blocks: boolean;
  /** Index of the connection that its descriptor is an end of. */
  about?: number;
  /** The port that a bind() asks for. */
  asksFor?: number;
  /** The error's name, where it failed. */
  error?: string;
  /** It did not wait, and what it began goes on: EINPROGRESS is no failure. */
  underWay?: true;
}

/** A line that a program printed. */
export interface OutputRow extends RowBase {
  kind: 'output';
  host: HostName;
  program: number;
  name: string;
  stream: 'stdout' | 'stderr';
  line: string;
}

/** A program was started. */
export interface ProgramRow extends RowBase {
  kind: 'program';
  host: HostName;
  program: number;
  name: string;
  pid: number;
}

/** A program ended: by a status, or by a signal. */
export interface ExitRow extends RowBase {
  kind: 'exit';
  host: HostName;
  program: number;
  name: string;
  status: number | null;
  signal: string | null;
}

/** What the lab did to its world, unless what comes of it tells it: a program that starts, a call. */
export interface ActionRow extends RowBase {
  kind: 'action';
  host: HostName;
  action: Action;
  /** The name of the program it was done to. */
  name?: string;
}

/** An expectation, at its verdict (`t`, `seq`), or at its statement when it never got one. */
export interface ExpectationRow extends RowBase {
  kind: 'expectation';
  id: number;
  /** What was expected, and what came of it (words/verdicts.ts has the sentences). */
  stated: Stated;
  verdict: 'met' | 'failed' | 'untried';
  /** Events that met or broke it. */
  by: readonly number[];
}

export type Row =
  | StepRow
  | SegmentRow
  | StateRow
  | CallRow
  | OutputRow
  | ProgramRow
  | ExitRow
  | ActionRow
  | ExpectationRow;

/** What is left out when only some connections are drawn. */
export interface Others {
  count: number;
  segments: number;
  /** Their last states, most frequent first: `{ server: 'TIME-WAIT', client: 'CLOSED', count: 2000 }`. */
  ends: readonly { server?: State; client?: State; count: number }[];
}

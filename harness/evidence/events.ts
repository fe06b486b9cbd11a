/**
 * The evidence of a run: an append-only stream of these events, one JSON object a line.
 *
 * `seq` counts from 0 without a gap. `t` is nanoseconds since the run began, on the one clock
 * of all witnesses (CLOCK_MONOTONIC of the kernel under test). `seq` is the order of arrival:
 * a packet may arrive a little after a sample that was taken later.
 */
import type { LimitName } from '../agent/limits.ts';
import type { WirePhase } from '../agent/protocol.ts';
import type { Segment } from '../tcp/segment.ts';
import type { SocketRow } from '../tcp/tables/ss.ts';
import type { State } from '../tcp/states/state.ts';
import type { Endpoint } from '../tcp/segment.ts';
import type { Asked, FailedOf, Kind, LimitSeen, MetOf, Miss } from './expectations.ts';
import type { Begun, Done, Undone } from './actions.ts';
import type { Answered } from './answers.ts';
import type { HostName } from './basics.ts';
import type { ReportedCall } from './call.ts';
import type { Told } from '../told.ts';

export const SCHEMA_VERSION = 4;

export { HOSTS, type HostName, type Json } from './basics.ts';

export interface Stamp {
  seq: number;
  t: number;
  /** The step the event belongs to; absent outside every step. */
  step?: number;
}

/** The first event of every run. */
export interface RunEvent {
  type: 'run';
  schema: number;
  lab: string;
  /** SHA-256 of the lab's source file, hexadecimal; absent when it stood in no file of its own. */
  labHash?: string;
  title: string;
  backend: string;
  /** Why this backend was taken, as printed. */
  reason: Told;
  /** Wall-clock time at `t` = 0, ISO 8601. */
  startedAt: string;
  /** What was typed. */
  command: readonly string[];
  slow: boolean;
  /** Somebody walks through it, a segment at a time. */
  walked?: true;
  harness: string;
}

/** A host as it was set up, before anything ran in it. */
export interface HostEvent {
  type: 'host';
  host: HostName;
  address: string;
  mac: string;
  interface: string;
  mtu: number;
  kernel: string;
  /** Versions as the tools print them. */
  tools: Record<string, string>;
  /** The pinned sysctls and whatever else of the kernel's world is worth knowing, read back. */
  sysctls: Record<string, string>;
  offloads: Record<string, boolean>;
  /** Its only route, as ip(8) prints it. */
  route: string;
}

export interface StepEvent {
  type: 'step';
  phase: 'begin' | 'end';
  id: number;
  title: Told;
}

/** What the lab did to its world: begun and ended, so that a replay can hand back the same result. */
export type ActionEvent = Begun | Done | Undone;

/** What the lab expects from now on (expectations.ts). */
export type ExpectEvent = Asked & {
  type: 'expect';
  id: number;
  /** Milliseconds that it has. */
  within: number;
  /** Where the lab says so. */
  at?: Place;
};

/** A line of a lab's source. */
export interface Place {
  file: string;
  line: number;
}

/** What came of an expectation. `by` points at the events that it rests on. */
export type VerdictEvent = {
  type: 'verdict';
  id: number;
  by: number[];
} & (
  | { verdict: 'met'; seen: MetOf<Kind> }
  | {
      verdict: 'failed';
      /** `limit`: a program went beyond one and was ended: nothing after that is what it does. */
      seen: FailedOf<Kind> | LimitSeen;
      /** What was there instead, in order; a long list is cut (`MOST_MISSES`). */
      misses?: Miss[];
      /** The miss with the fewest fields that differ, by its index. */
      nearest?: number;
    }
);

/** The time an expectation had is over. */
export interface DeadlineEvent {
  type: 'deadline';
  id: number;
}

export interface ProgramEvent {
  type: 'program';
  host: HostName;
  program: number;
  name: string;
  pid: number;
  argv: string[];
}

export interface OutputEvent {
  type: 'output';
  host: HostName;
  program: number;
  stream: 'stdout' | 'stderr';
  line: string;
}

/** A system call of a program, as its socket module reports it. */
export interface CallEvent extends ReportedCall {
  type: 'call';
  host: HostName;
  program: number;
}

/**
 * A program went beyond `limit` (harness/agent/limits.ts) and is ended. What came of it until then is
 * here, and nothing that came after: more than `most` of it there was.
 */
export interface LimitEvent {
  type: 'limit';
  host: HostName;
  program: number;
  limit: LimitName;
  most: number;
}

export interface ExitEvent {
  type: 'exit';
  host: HostName;
  program: number;
  status: number | null;
  signal: string | null;
}

/** A frame in a host's capture; `frame` counts from 1, as in Wireshark. */
export interface PacketEvent {
  type: 'packet';
  host: HostName;
  frame: number;
  direction: 'in' | 'out';
  segment?: Segment;
  /** What it is when it is no TCP segment. */
  other?: string;
}

/** What the wire does to a segment (harness/agent/protocol.ts `WIRE_PHASES`). */
export interface WireEvent {
  type: 'wire';
  phase: WirePhase;
  host: HostName;
  id: number;
  /** With `waits`, `passes` and `lost`. */
  segment?: Segment;
}

/** One look at a host's socket table, taken between `began` and `ended`. */
export interface SampleEvent {
  type: 'sample';
  host: HostName;
  began: number;
  ended: number;
  /** What a student could type to see the same. */
  command: string;
  rows: SocketRow[];
}

/** A state transition as the kernel's tracepoint sock:inet_sock_set_state reports it. */
export interface TransitionEvent {
  type: 'transition';
  host: HostName;
  local: Endpoint;
  peer: Endpoint;
  from: State;
  to: State;
  pid: number;
  command: string;
}

/** A marker frame seen in a host's capture: nothing before it is missing. */
export interface MarkerEvent {
  type: 'marker';
  host: HostName;
  frame: number;
  from: HostName;
  nonce: string;
}

export interface NoteEvent extends Told {
  type: 'note';
  /** The witness that this run does without. */
  absent?: 'tracepoint';
}

/** Somebody who walks has answered a question, or skipped it, and the run has shown what is right. */
export interface AnswerEvent extends Answered {
  type: 'answer';
}

/** The last event: how the run ended. */
export interface EndEvent {
  type: 'end';
  status: LabStatus;
  /** The expectation that a lab failed by. */
  expectation?: number;
  /** Why it broke off. */
  message?: Told;
  /** What would help. */
  hint?: Told;
  /** It was cut short: no witness was asked for what was still on its way, nothing was ended first. */
  cut?: true;
}

/** `broken`: the lab could not be carried out; nothing is said about TCP. */
export type LabStatus = 'passed' | 'failed' | 'broken' | 'interrupted';

export type Body =
  | RunEvent
  | HostEvent
  | StepEvent
  | ActionEvent
  | ExpectEvent
  | VerdictEvent
  | DeadlineEvent
  | ProgramEvent
  | OutputEvent
  | CallEvent
  | LimitEvent
  | ExitEvent
  | PacketEvent
  | WireEvent
  | SampleEvent
  | TransitionEvent
  | MarkerEvent
  | NoteEvent
  | AnswerEvent
  | EndEvent;

export type LabEvent = Stamp & Body;
export type EventOf<T extends Body['type']> = Stamp & Extract<Body, { type: T }>;

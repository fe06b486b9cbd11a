/**
 * What the harness and the agent inside a host say to each other: JSON lines, requests one way,
 * replies and notices the other. Times are CLOCK_MONOTONIC nanoseconds, as decimal strings.
 */
import type { Endpoint } from '../tcp/segment.ts';
import type { DropRule } from '../wire/drop.ts';
import type { LimitName, Limits } from './limits.ts';
import type { Told } from '../told.ts';

export interface Hello {
  pid: number;
  node: string;
  kernel: string;
  /** Names the running kernel: two hosts (and the harness) with the same one share a clock. */
  bootId: string;
  /** Inode of the host's network namespace: unique among the living ones of a kernel. */
  netns: number;
  now: string;
}

export interface LinkFacts {
  address: string;
  mac: string;
  interface: string;
  mtu: number;
}

export interface WorldSpec {
  interface: string;
  address: string;
  /** Set where they differ and can be written; every one is read back and must then agree. */
  sysctls: Record<string, string>;
  /** Set where the kernel knows them and they can be written. */
  ifKnown: Record<string, string>;
}

export interface WorldFacts extends LinkFacts {
  sysctls: Record<string, string>;
  offloads: Record<string, boolean>;
}

export interface RunSpec {
  program: number;
  /** Command and arguments. */
  argv: string[];
  /** Beyond any of these the program is ended. */
  limits: Limits;
}

type Nothing = Record<string, never>;

/** Every operation of an agent: its argument and its result. */
export interface Operations {
  hello: { args: Nothing; value: Hello };
  /** Versions of the host's tools. */
  tools: { args: Nothing; value: Record<string, string> };
  configure: { args: WorldSpec; value: WorldFacts };
  /**
   * Lets the host reach its peer. `rtoMin`, a time of ip-route(8), is the shortest retransmission
   * timeout towards it. The value is the route as ip(8) prints it.
   */
  peer: { args: { address: string; mac: string; rtoMin?: string }; value: { route: string } };
  /** Captures the link, and with `loopback` what the host sends to itself as well. */
  capture: { args: { loopback: boolean }; value: null };
  marker: { args: { nonce: string; mac: string }; value: null };
  stopCapture: { args: Nothing; value: { captured: number; dropped: number } };
  sample: { args: Nothing; value: null };
  run: { args: RunSpec; value: { pid: number } };
  type: { args: { program: number; text: string }; value: null };
  closeInput: { args: { program: number }; value: null };
  signal: { args: { program: number; signal: string }; value: null };
  /** What this host sends its peer from now on waits, and is told of (notice `wire`). */
  hold: { args: Nothing; value: null };
  /** What waits goes, in order; what is sent from now on waits. */
  release: { args: Nothing; value: null };
  /** What waits goes, in order, and nothing waits any more. */
  carry: { args: Nothing; value: null };
  /** What is sent from now on waits so long, and then goes. */
  delay: { args: { ms: number }; value: null };
  /** Answered when all that was sent before has been told of. */
  settle: { args: Nothing; value: null };
  /** One that waits goes. */
  letGo: { args: { id: number }; value: null };
  /** One never does: it is lost. */
  discard: { args: { id: number }; value: null };
  /** One never does: it was sent again only because somebody walks and thinks. */
  leaveOut: { args: { id: number }; value: null };
  /** A copy of one goes, and it still waits. */
  duplicate: { args: { id: number }; value: null };
  /** One is to go before the others. */
  reorder: { args: { id: number }; value: null };
  /** Changes the link's MTU at this end. */
  mtu: { args: { octets: number }; value: null };
  /** Segments that look so are lost when they reach this host, and told of; no others are. */
  drop: { args: DropRule; value: null };
  undrop: { args: Nothing; value: null };
  /**
   * Sends the peer a segment that no socket of this host made, as harness/tcp/frame/injected.ts reads it. It
   * goes straight to the interface: neither a held wire nor a firewall of this host stops it.
   */
  inject: { args: { from: Endpoint; to: Endpoint; segment: string }; value: null };
  counters: { args: Nothing; value: Record<string, number> };
  /** The lines that `netstat -natp` prints, headings included. */
  netstat: { args: Nothing; value: string[] };
}
export type Operation = keyof Operations;

export type Request = {
  [O in Operation]: { id: number; op: O; args: Operations[O]['args'] };
}[Operation];

export type Reply =
  | { id: number; ok: true; value: unknown; t: string }
  | { id: number; ok: false; error: { code: string; message: Told }; t: string };

export type Notice =
  /** `ahead` is CLOCK_REALTIME minus CLOCK_MONOTONIC, ns: the capture's stamps are wall-clock. */
  | { notice: 'capture'; data: string; ahead: string }
  | { notice: 'sample'; began: string; ended: string; command: string; stdout: string }
  | {
      notice: 'output';
      t: string;
      program: number;
      stream: 'stdout' | 'stderr';
      line: string;
    }
  /** What becomes of a segment on the wire; `frame` with `waits`, `passes` and `lost`. */
  | { notice: 'wire'; t: string; phase: WirePhase; id: number; frame?: string }
  /** `t`: when it was read. */
  | { notice: 'call'; t: string; program: number; line: string }
  /** The program went beyond a limit; nothing of it is read any more, and its exit comes next. */
  | { notice: 'limit'; t: string; program: number; limit: LimitName; most: number }
  | { notice: 'exit'; t: string; program: number; status: number | null; signal: string | null }
  | { notice: 'trouble'; t: string; message: Told };

/**
 * What the wire does to a segment. One that the host's kernel has sent `waits`, where the wire is held,
 * until it `goes` onto the link or is `dropped`; `left-out` is one that was sent again only because
 * somebody walks and thinks. A copy of what waits may go: `copied`. One `passes` where the wire was held
 * before: it goes on as soon as it is seen, which on a busy machine is a while after its kernel sent it.
 * `id` counts the host's segments that waited or passed, from 1. `lost` is one that has reached the host
 * and that its kernel never sees; those are counted for themselves.
 */
export const WIRE_PHASES = [
  'waits',
  'goes',
  'dropped',
  'left-out',
  'copied',
  'passes',
  'lost',
] as const;
export type WirePhase = (typeof WIRE_PHASES)[number];

export type FromAgent = Reply | Notice;

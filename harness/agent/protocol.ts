/**
 * What the harness and the agent inside a host say to each other: JSON lines, requests one way,
 * replies and notices the other. Times are CLOCK_MONOTONIC nanoseconds, as decimal strings.
 */
import type { Endpoint } from '../tcp/segment.ts';
import type { DropRule } from '../wire/drop.ts';

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
}

export interface WorldFacts extends LinkFacts {
  sysctls: Record<string, string>;
  offloads: Record<string, boolean>;
}

export interface RunSpec {
  program: number;
  /** Command and arguments. */
  argv: string[];
  /** Octets of output after which the program is ended. */
  outputLimit: number;
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
  fence: { args: { nonce: string; mac: string }; value: null };
  stopCapture: { args: Nothing; value: { captured: number; dropped: number } };
  sample: { args: Nothing; value: null };
  run: { args: RunSpec; value: { pid: number } };
  type: { args: { program: number; text: string }; value: null };
  closeInput: { args: { program: number }; value: null };
  signal: { args: { program: number; signal: string }; value: null };
  hold: { args: Nothing; value: null };
  /** Waits until something waits, `within` ms; sends what waits, and holds again. */
  release: { args: { within: number }; value: null };
  carry: { args: Nothing; value: null };
  /** Changes the link's MTU at this end. */
  mtu: { args: { octets: number }; value: null };
  /**
   * What this host sends its peer from now on is told of (notice `waits`) and waits until it is let
   * go, a segment at a time. `rtoMin` as in `peer`.
   */
  divert: { args: { rtoMin?: string }; value: null };
  /** Answered when all that was sent before has been told of. */
  settle: { args: Nothing; value: null };
  /** Puts a segment that waits on the link. */
  go: { args: { id: number }; value: null };
  /** Forgets one. */
  leave: { args: { id: number }; value: null };
  drop: { args: DropRule; value: null };
  undrop: { args: Nothing; value: null };
  /**
   * Sends the peer a segment that no socket of this host made, as harness/tcp/forge.ts reads it. It
   * goes straight to the interface: neither a held wire nor a firewall of this host stops it.
   */
  forge: { args: { from: Endpoint; to: Endpoint; segment: string }; value: null };
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
  | { id: number; ok: false; error: { code: string; message: string }; t: string };

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
  /** A segment that waits, as the frame that it is; `id` counts from 1. */
  | { notice: 'waits'; t: string; id: number; frame: string }
  | { notice: 'call'; program: number; line: string }
  | { notice: 'exit'; t: string; program: number; status: number | null; signal: string | null }
  | { notice: 'trouble'; t: string; message: string };

export type FromAgent = Reply | Notice;

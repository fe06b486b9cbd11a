import type { HostName } from '../evidence/events.ts';
import { edgesAlong, type EdgeName, type MissingEdge } from '../tcp/states/edges.ts';
import type { Bench } from './bench.ts';

/** Sysctls that a lab wants other than the defaults, by host. Values as the kernel prints them. */
export type Sysctls = Partial<Record<HostName | 'both', Record<string, string>>>;

export interface Definition {
  /** Its name on the command line and its file's name. */
  name: string;
  /** One line: what it shows. */
  title: string;
  /** A paragraph for the student: what happens and why. */
  explanation: string;
  /** What to notice in the run, once it has passed: a sentence or three. */
  notice?: string;
  /** The lab to go on with. */
  next?: string;
  /** Where the claim comes from: seed and section, RFC section, kernel file. */
  sources: readonly string[];
  /** Sysctls that are set in the hosts before anything runs there, by host (`both`: in either). */
  sysctls?: Sysctls;
  /**
   * Shortest retransmission timeout between the hosts (`10s`; ip-route(8) rto_min). For labs that
   * hold segments longer than the kernel's 0.2 s, so that TCP does not send them again meanwhile.
   * SYN and SYN+ACK have a timeout of their own, one second.
   */
  rtoMin?: string;
  /** What a host sends to itself is captured as well: for labs in which one host talks to itself. */
  loopback?: boolean;
  /**
   * The edges of the state diagram that it shows: `ss` sees both states, one in the sample after the
   * other's. Every run is held to them when the lab's own code is done.
   */
  shows?: readonly EdgeName[];
  /** Those that it shows with `--slow` only. */
  showsSlow?: readonly EdgeName[];
  /** The edges of the diagram that it shows Linux not to have, but the one that it has instead. */
  refutes?: readonly MissingEdge[];
  /** The longest wait that the kernel imposes on it (`7s`), and on it with `--slow`. */
  waits?: { always?: string; slow?: string };
}

export type Body = (bench: Bench) => Promise<void>;

export interface Lab extends Definition {
  body: Body;
  /** SHA-256 of its source file, hexadecimal; the catalogue, which has read that file, says it. */
  hash?: string;
}

/** A definition as labs write it: the edges that a lab shows may be told as a path along them. */
export interface Written extends Omit<Definition, 'shows'> {
  /** `'FIN-WAIT-1 -> FIN-WAIT-2'`, or `'ESTABLISHED -> FIN-WAIT-1 -> FIN-WAIT-2 -> TIME-WAIT'`. */
  shows?: readonly (EdgeName | `${EdgeName} -> ${string}`)[];
}

/**
 * Defines a lab: one experiment between two hosts. Its file exports it as default.
 * @throws RangeError for a path that has a step which is no edge
 */
export function lab({ shows, ...definition }: Written, body: Body): Lab {
  return { ...definition, ...(shows && { shows: edgesAlong(shows) }), body };
}

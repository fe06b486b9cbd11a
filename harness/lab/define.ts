import type { HostName } from '../evidence/events.ts';
import type { Bench } from './bench.ts';

/** Sysctls that a lab wants other than the defaults, by host. Values as the kernel prints them. */
export type Sysctls = Partial<Record<HostName, Record<string, string>>>;

export interface Definition {
  /** Its name on the command line and its file's name. */
  name: string;
  /** One line: what it shows. */
  title: string;
  /** A paragraph for the student: what happens and why. */
  explanation: string;
  /** Where the claim comes from: seed and section, RFC section, kernel file. */
  sources: readonly string[];
  sysctls?: Sysctls;
  /**
   * Shortest retransmission timeout between the hosts (`10s`; ip-route(8) rto_min). For labs that
   * hold segments longer than the kernel's 0.2 s, so that TCP does not send them again meanwhile.
   * SYN and SYN+ACK have a timeout of their own, one second.
   */
  rtoMin?: string;
  /** The longest wait that the kernel imposes on it (`7s`), and on it with `--slow`. */
  waits?: { always?: string; slow?: string };
}

export type Body = (bench: Bench) => Promise<void>;

export interface Lab extends Definition {
  body: Body;
}

/** Defines a lab: one experiment between two hosts. Its file exports it as default. */
export const lab = (definition: Definition, body: Body): Lab => ({ ...definition, body });

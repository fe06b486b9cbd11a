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
}

export type Body = (bench: Bench) => Promise<void>;

export interface Lab extends Definition {
  body: Body;
}

/** Defines a lab: one experiment between two hosts. Its file exports it as default. */
export const lab = (definition: Definition, body: Body): Lab => ({ ...definition, body });

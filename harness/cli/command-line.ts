import type { Wanted } from '../backend/select.ts';

/** Commands beside running labs: no lab can have such a name. */
export const COMMANDS = [
  'doctor',
  'clean',
  'verify',
  'show',
  'states',
  'claims',
  'coverage',
  'list',
  'glossary',
  'new',
  'image',
  'completion',
] as const;
export type CommandName = (typeof COMMANDS)[number];

/** Shells that we can complete our command line in. */
export const SHELLS = ['bash', 'zsh', 'fish'] as const;
export type Shell = (typeof SHELLS)[number];

/** How much is told of each run: `verbose` all that there is, `quiet` a line. */
export interface TellFlags {
  verbose?: true;
  quiet?: true;
}

/** Options of a run as commander hands them over. */
export interface RunFlags extends TellFlags {
  all?: true;
  backend?: Wanted;
  out?: string;
  slow?: true;
  json?: true;
  /** `NAME` or `NAME=FILE`, as often as it was given. */
  reporter: string[];
  watch?: true;
  step?: true;
  predict?: true;
  /** With `predict`: where the answers are written. */
  answers?: string;
  jobs: number;
}

/** Options of `states`. */
export interface StatesFlags {
  /** Absent: this machine itself. */
  backend?: Wanted;
  json?: true;
}

/** Options of `claims`. */
export interface ClaimsFlags {
  json?: true;
}

/** Options of `coverage`. */
export interface CoverageFlags {
  json?: true;
}

/** Options of `verify`. */
export interface VerifyFlags {
  json?: true;
  /** Files and folders of labs that are not ours. */
  lab: string[];
}

/** Options of `image`. */
export interface ImageFlags {
  offline?: true;
  prune?: true;
}

export interface ShowFlags extends TellFlags {
  open?: true;
  /** As for `verify`. */
  lab: string[];
  /** The one stream of a capture that is drawn, by Wireshark's number. */
  stream?: number;
}

import type { Wanted } from '../backend/select.ts';

/** Commands beside running labs: no lab can have such a name. */
export const COMMANDS = ['doctor', 'clean', 'verify', 'states', 'claims', 'coverage'] as const;

/** Options of a run as commander hands them over. */
export interface RunFlags {
  all?: true;
  backend?: Wanted;
  out?: string;
  slow?: true;
  json?: true;
  step?: true;
  predict?: true;
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

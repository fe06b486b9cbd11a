import type { Wanted } from '../backend/select.ts';

/** Commands beside running labs: no lab can have such a name. */
export const COMMANDS = ['doctor', 'clean', 'verify'] as const;

/** Options of a run as commander hands them over. */
export interface RunFlags {
  all?: true;
  backend?: Wanted;
  out?: string;
  slow?: true;
  json?: true;
  jobs: number;
}

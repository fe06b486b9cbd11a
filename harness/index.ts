/** The front door for labs: all that a file in `labs/` imports. */
export { lab, type Lab } from './lab/define.ts';
export type { Bench } from './lab/bench.ts';
export type { Connection, Flow } from './history/connection.ts';
export type { Program } from './lab/program.ts';

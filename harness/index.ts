/** The front door for labs: all that a file in `labs/` imports. */
export { lab, type Lab } from './vocabulary/define.ts';
export type { Testbed } from './vocabulary/testbed.ts';
export type { Connection, Flow } from './history/connection.ts';
export type { Program } from './vocabulary/program.ts';
export { told } from './told.ts';

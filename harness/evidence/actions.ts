/** What a lab can do to a host: what `action` events record, each with its argument and its result. */
import type { Operations } from '../agent/protocol.ts';
import type { HostName } from './basics.ts';
import type { Told } from '../told.ts';

/** What a host's agent does as the lab says it. */
type OfTheAgent =
  | ('type' | 'signal')
  | ('hold' | 'release' | 'carry' | 'delay' | 'letGo' | 'discard' | 'duplicate' | 'reorder')
  | ('mtu' | 'drop' | 'undrop' | 'inject' | 'counters' | 'netstat');

export interface Actions extends Pick<Operations, OfTheAgent> {
  /** Starts a program of ours, as the `program`-th of the run. */
  run: { args: { program: number; name: string; args: string[] }; value: { pid: number } };
}

export type ActionName = keyof Actions;
export type ArgsOf<O extends ActionName> = Actions[O]['args'];
export type ValueOf<O extends ActionName> = Actions[O]['value'];

interface Named<O extends ActionName> {
  type: 'action';
  id: number;
  op: O;
  host: HostName;
}

/** The lab begins to do something. */
export type Begun<O extends ActionName = ActionName> = {
  [P in O]: Named<P> & { phase: 'begin'; args: ArgsOf<P> };
}[O];

/** It is done. */
export type Done<O extends ActionName = ActionName> = {
  [P in O]: Named<P> & { phase: 'end'; value: ValueOf<P>; error?: never };
}[O];

interface Failure {
  code: string;
  message: Told;
}

/** It could not be done. */
export type Undone<O extends ActionName = ActionName> = {
  [P in O]: Named<P> & { phase: 'end'; value?: never; error: Failure };
}[O];

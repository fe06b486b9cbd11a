import type { HostName } from '../evidence/events.ts';
import type { Endpoint } from '../tcp/segment.ts';
import type { SocketRow } from '../tcp/tables/ss.ts';
import type { State } from '../tcp/states/state.ts';

/**
 * Who saw that an end came into a state. `inferred`: nobody; it lies on the way between two that were
 * seen, and follows from the segments.
 */
export type Witness = 'ss' | 'tracepoint' | 'inferred';

/** An end of a connection, or (its peer's port 0) a socket that listens. */
export interface End {
  host: HostName;
  local: Endpoint;
  peer: Endpoint;
}

/** An end comes into a state, at `t` ns since the run began. */
export interface Change {
  t: number;
  /** The number of the event that tells of it. */
  event: number;
  /** The state before; absent for the first. */
  from?: State;
  to: State;
  witness: Witness;
  /** The packet that moved it: its event in the host's own capture. */
  cause?: number;
  /** The first row of `ss` that shows it. */
  row?: SocketRow;
}

import { HOSTS, type HostName } from '../evidence/events.ts';
import type { Row, StateRow } from '../report/ladder/types.ts';
import type { State } from '../tcp/state.ts';
import type { Focus } from './rows.ts';

/** A stretch of time that an end spends in a state. */
export interface Band {
  state: State;
  witness: StateRow['witness'];
  from: number;
  to: number;
}

export type Lanes = Readonly<Record<HostName, readonly Band[]>>;

/** What each end is in, from the first state to the run's end; CLOSED, being nothing, is left out. */
export function lanesOf(rows: readonly Row[], focus: Focus, end: number): Lanes {
  const states = rows.filter((row): row is StateRow => row.kind === 'state');
  const [server, client] = HOSTS.map((host) =>
    bands(
      states.filter((row) => row.host === host && belongs(row, states, focus)),
      end,
    ),
  );
  return { server: server ?? [], client: client ?? [] };
}

/** A listener's states are its host's lane until the connection has a socket of its own. */
function belongs(row: StateRow, states: readonly StateRow[], focus: Focus): boolean {
  if (row.connection !== undefined) return row.connection === focus;
  const own = states.find(({ host, connection }) => host === row.host && connection === focus);
  return own === undefined || row.t < own.t;
}

function bands(states: readonly StateRow[], end: number): Band[] {
  return states
    .map(({ state, witness, t }, index) => ({
      state,
      witness,
      from: t,
      to: states[index + 1]?.t ?? end,
    }))
    .filter(({ state }) => state !== 'CLOSED');
}

import { SPELLINGS, STATES, type State } from '../states/state.ts';

/** How many sockets are in each state; a state that none is in is left out. */
export type Census = Partial<Record<State, number>>;

/** Counts sockets by state: rows of `ss`, of netstat, or of whatever else names a state. */
export function censusOf(sockets: readonly { state: State }[]): Census {
  const census: Census = {};
  for (const { state } of sockets) census[state] = (census[state] ?? 0) + 1;
  return census;
}

/**
 * What `netstat` without `-a` leaves out: whatever has no peer's port. CLOSED are bound sockets,
 * which `ss` shows from iproute2 6.8 on and netstat never does.
 */
const WITHOUT_PEER: readonly State[] = ['CLOSED', 'LISTEN'];

/** One line of `netstat -n | awk '/^tcp/ {++S[$NF]} END {for(a in S) print a, S[a]}'`. */
export interface NetstatCount {
  /** As netstat spells it: `SYN_RECV`. */
  name: string;
  state: State;
  count: number;
}

/**
 * The census as that command of the documents (seed 003, 5) gives it, but in the order of the
 * states, not in awk's, which is none. Listeners are not in it.
 */
export function netstatCounts(census: Census): NetstatCount[] {
  return STATES.filter((state) => !WITHOUT_PEER.includes(state)).flatMap((state) => {
    const count = census[state] ?? 0;
    return count === 0 ? [] : [{ name: SPELLINGS[state].netstat, state, count }];
  });
}

/** As awk prints them: `TIME_WAIT 18122`. */
export const netstatCountLines = (census: Census): string[] =>
  netstatCounts(census).map(({ name, count }) => `${name} ${count}`);

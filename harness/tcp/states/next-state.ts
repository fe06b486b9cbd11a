import type { State } from './state.ts';

/** What of a segment decides (RFC 9293 3.10.7). */
export interface Coming {
  /** tcpdump's letters. */
  flags: string;
  /** It acknowledges the receiver's own FIN. */
  acksFin: boolean;
}

/**
 * The state in which an acceptable segment leaves its receiver, by RFC 9293 3.10.7, with Linux's
 * TIME-WAIT, which makes way for a new SYN. What a program does then is another matter.
 */
export function nextState(state: State, { flags, acksFin }: Coming): State {
  if (flags.includes('R')) return afterReset(state, flags);
  if (flags.includes('S')) return afterSyn(state, flags);
  if (!flags.includes('.')) return state;
  return afterFin(afterAck(state, acksFin), flags);
}

function afterReset(state: State, flags: string): State {
  if (state === 'LISTEN') return state;
  // Without an ACK it may be about anything.
  return state === 'SYN-SENT' && !flags.includes('.') ? state : 'CLOSED';
}

function afterSyn(state: State, flags: string): State {
  if (flags.includes('.')) {
    return state === 'SYN-SENT' || state === 'SYN-RECEIVED' ? 'ESTABLISHED' : state;
  }
  const makesWay = state === 'LISTEN' || state === 'SYN-SENT' || state === 'TIME-WAIT';
  return makesWay ? 'SYN-RECEIVED' : state;
}

function afterAck(state: State, acksFin: boolean): State {
  if (state === 'SYN-RECEIVED') return 'ESTABLISHED';
  return (acksFin ? BY_ACK_OF_FIN[state] : undefined) ?? state;
}

function afterFin(state: State, flags: string): State {
  return (flags.includes('F') ? BY_FIN[state] : undefined) ?? state;
}

const BY_ACK_OF_FIN: Partial<Record<State, State>> = {
  'FIN-WAIT-1': 'FIN-WAIT-2',
  CLOSING: 'TIME-WAIT',
  'LAST-ACK': 'CLOSED',
};

const BY_FIN: Partial<Record<State, State>> = {
  ESTABLISHED: 'CLOSE-WAIT',
  'FIN-WAIT-1': 'CLOSING',
  'FIN-WAIT-2': 'TIME-WAIT',
};

import { describe, expect, it } from 'vitest';
import { nextState } from './next-state.ts';
import type { State } from './state.ts';

const cases: [State, string, State, 'acks FIN'?][] = [
  ['LISTEN', 'S', 'SYN-RECEIVED'],
  ['LISTEN', 'R', 'LISTEN'],
  ['SYN-SENT', 'S.', 'ESTABLISHED'],
  ['SYN-SENT', 'S', 'SYN-RECEIVED'],
  ['SYN-SENT', 'R.', 'CLOSED'],
  ['SYN-SENT', 'R', 'SYN-SENT'],
  ['SYN-RECEIVED', '.', 'ESTABLISHED'],
  ['SYN-RECEIVED', 'F.', 'CLOSE-WAIT'],
  ['ESTABLISHED', 'P.', 'ESTABLISHED'],
  ['ESTABLISHED', 'F.', 'CLOSE-WAIT'],
  ['FIN-WAIT-1', '.', 'FIN-WAIT-1'],
  ['FIN-WAIT-1', '.', 'FIN-WAIT-2', 'acks FIN'],
  ['FIN-WAIT-1', 'F.', 'CLOSING'],
  ['FIN-WAIT-1', 'F.', 'TIME-WAIT', 'acks FIN'],
  ['FIN-WAIT-2', 'F.', 'TIME-WAIT', 'acks FIN'],
  ['CLOSING', '.', 'TIME-WAIT', 'acks FIN'],
  ['LAST-ACK', '.', 'CLOSED', 'acks FIN'],
  ['LAST-ACK', 'R', 'CLOSED'],
  ['TIME-WAIT', 'S', 'SYN-RECEIVED'],
  ['TIME-WAIT', 'F.', 'TIME-WAIT', 'acks FIN'],
  ['CLOSED', 'P.', 'CLOSED'],
];

describe('nextState', () => {
  it.each(cases)('%s, %s comes: %s (%s)', (state, flags, next, acksFin) => {
    expect(nextState(state, { flags, acksFin: acksFin !== undefined })).toBe(next);
  });
});

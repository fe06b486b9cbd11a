import { expect, test } from 'vitest';
import { isState, stateFromKernel, stateFromNetstat, stateFromSs, STATES } from './state.ts';

test('the eleven states are spelled as RFC 9293 spells them', () => {
  expect(STATES.join(' ')).toBe(
    'CLOSED LISTEN SYN-SENT SYN-RECEIVED ESTABLISHED FIN-WAIT-1 FIN-WAIT-2 CLOSE-WAIT CLOSING ' +
      'LAST-ACK TIME-WAIT',
  );
});

test.each([
  ['UNCONN', 'CLOSE', 'TCP_CLOSE', 'CLOSED'],
  ['LISTEN', 'LISTEN', 'TCP_LISTEN', 'LISTEN'],
  ['SYN-SENT', 'SYN_SENT', 'TCP_SYN_SENT', 'SYN-SENT'],
  ['SYN-RECV', 'SYN_RECV', 'TCP_SYN_RECV', 'SYN-RECEIVED'],
  ['ESTAB', 'ESTABLISHED', 'TCP_ESTABLISHED', 'ESTABLISHED'],
  ['FIN-WAIT-1', 'FIN_WAIT1', 'TCP_FIN_WAIT1', 'FIN-WAIT-1'],
  ['FIN-WAIT-2', 'FIN_WAIT2', 'TCP_FIN_WAIT2', 'FIN-WAIT-2'],
  ['CLOSE-WAIT', 'CLOSE_WAIT', 'TCP_CLOSE_WAIT', 'CLOSE-WAIT'],
  ['CLOSING', 'CLOSING', 'TCP_CLOSING', 'CLOSING'],
  ['LAST-ACK', 'LAST_ACK', 'TCP_LAST_ACK', 'LAST-ACK'],
  ['TIME-WAIT', 'TIME_WAIT', 'TCP_TIME_WAIT', 'TIME-WAIT'],
])('ss %s, netstat %s and the kernel %s mean %s', (ss, netstat, kernel, state) => {
  expect(stateFromSs(ss)).toBe(state);
  expect(stateFromNetstat(netstat)).toBe(state);
  expect(stateFromKernel(kernel)).toBe(state);
  expect(isState(state)).toBe(true);
});

test('a request socket is in SYN-RECEIVED', () => {
  expect(stateFromKernel('TCP_NEW_SYN_RECV')).toBe('SYN-RECEIVED');
});

test.each(['', 'UNKNOWN', 'estab', 'SYN-RECEIVED', 'toString', '__proto__'])(
  'no tool means a state by %j',
  (name) => {
    expect(stateFromSs(name)).toBeUndefined();
    expect(stateFromNetstat(name)).toBeUndefined();
    expect(stateFromKernel(name)).toBeUndefined();
  },
);

test('isState knows neither spellings nor inherited names', () => {
  expect(['ESTAB', 'constructor', ''].filter(isState)).toEqual([]);
});

import { expect, test } from 'vitest';
import { censusOf, netstatCountLines, netstatCounts, type Census } from './census.ts';
import { isState, stateFromNetstat, STATES } from '../states/state.ts';

const sockets = (...names: string[]) =>
  names.map((state) => {
    if (!isState(state)) throw new Error(state);
    return { state };
  });

test('a census counts what is there and names nothing else', () => {
  expect(censusOf([])).toEqual({});
  expect(censusOf(sockets('TIME-WAIT', 'LISTEN', 'TIME-WAIT'))).toEqual({
    'TIME-WAIT': 2,
    LISTEN: 1,
  });
});

// Seed 003, 5: what the command returned there, and a few listeners.
test("the documents' own figures, in the order of the states", () => {
  const census: Census = {
    'TIME-WAIT': 18_122,
    'LAST-ACK': 14,
    'SYN-RECEIVED': 348,
    ESTABLISHED: 70,
    'FIN-WAIT-1': 229,
    'FIN-WAIT-2': 30,
    CLOSING: 33,
    LISTEN: 3,
  };
  expect(netstatCountLines(census)).toEqual([
    'SYN_RECV 348',
    'ESTABLISHED 70',
    'FIN_WAIT1 229',
    'FIN_WAIT2 30',
    'CLOSING 33',
    'LAST_ACK 14',
    'TIME_WAIT 18122',
  ]);
});

test('every state that has a peer is in it, by the name that netstat prints', () => {
  const all = netstatCounts(censusOf(sockets(...STATES)));
  expect(all).toHaveLength(STATES.length - 2);
  for (const { name, state, count } of all) {
    expect(stateFromNetstat(name)).toBe(state);
    expect(count).toBe(1);
  }
});

test('neither listeners nor bound sockets are: netstat -n shows them not', () => {
  expect(netstatCountLines({ LISTEN: 5, CLOSED: 2 })).toEqual([]);
});

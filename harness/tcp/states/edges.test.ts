import { ToldError } from '../../told.ts';
import { expect, test } from 'vitest';
import { EDGES, edgeName, edgeOf, LINUX_EDGES, type EdgeName, type MissingEdge } from './edges.ts';
import { STATES, type State } from './state.ts';

const between = (from: State, to: State) =>
  EDGES.filter((edge) => edge.from === from && edge.to === to);

/** Every state that a walk along plain edges visits, in order. */
const walk = (...states: State[]) =>
  states.slice(1).every((to, at) => {
    const found = between(states[at] as State, to);
    return found.some(({ note }) => note !== 3);
  });

test('no edge is given twice', () => {
  const keys = EDGES.map(({ from, to, when }) => `${from} ${to} ${when}`);
  expect(new Set(keys).size).toBe(keys.length);
});

test('the figure alone has 20 edges', () => {
  expect(EDGES.filter(({ note }) => note === undefined || note === 1)).toHaveLength(20);
});

test('every edge has a name of its own, and is found by it', () => {
  const all = [...EDGES, ...LINUX_EDGES];
  const names = all.map(edgeName);
  expect(new Set(names).size).toBe(all.length);
  expect(names.map(edgeOf)).toEqual(all);
});

test('what Linux has instead of an edge is an edge of its own', () => {
  const instead = EDGES.flatMap(({ linux }) => linux?.instead ?? []);
  expect(instead.map((name) => edgeOf(name).note)).toEqual(instead.map(() => 'Linux'));
  expect(instead).toHaveLength(7);
});

test('a name that is none is refused, with those that begin in the same state', () => {
  expect(() => edgeOf('TIME-WAIT -> LISTEN')).toThrow(
    "'TIME-WAIT -> LISTEN' is not an edge of the state diagram: there is TIME-WAIT -> CLOSED, TIME-WAIT -> CLOSED (rcv RST), TIME-WAIT -> SYN-RECEIVED (rcv SYN), TIME-WAIT -> SYN-SENT (active OPEN)",
  );
  expect(() => edgeOf('OPEN -> CLOSED')).toThrow(
    "'OPEN -> CLOSED' is not an edge of the state diagram: none begins so",
  );
});

test('the types of the names know the edges', () => {
  const has: EdgeName[] = [
    'FIN-WAIT-1 -> TIME-WAIT',
    'SYN-SENT -> CLOSED',
    'SYN-SENT -> CLOSED (rcv RST)',
    'SYN-SENT -> CLOSED (timeout)',
    'SYN-RECEIVED -> LISTEN (snd RST)',
    'CLOSING -> CLOSED (CLOSE)',
  ];
  const hasNot: MissingEdge[] = ['LISTEN -> SYN-SENT', 'CLOSING -> TIME-WAIT (snd RST)'];
  // @ts-expect-error: the figure has no such edge
  const none: EdgeName = 'SYN-SENT -> LISTEN';
  // @ts-expect-error: an edge that Linux does not have
  const missing: EdgeName = 'LISTEN -> SYN-SENT';
  expect(has.map((name) => edgeOf(name).linux)).toEqual(has.map(() => undefined));
  expect(hasNot.map((name) => edgeOf(name).linux)).not.toContain(undefined);
  expect(() => edgeOf(none)).toThrow(ToldError);
  expect(edgeOf(missing).linux).toBeDefined();
});

test('every state can be entered and left', () => {
  expect(STATES.filter((state) => !EDGES.some(({ to }) => to === state))).toEqual([]);
  expect(STATES.filter((state) => !EDGES.some(({ from }) => from === state))).toEqual([]);
});

test.each<[string, State[]]>([
  ['client', ['CLOSED', 'SYN-SENT', 'ESTABLISHED', 'FIN-WAIT-1', 'FIN-WAIT-2', 'TIME-WAIT']],
  ['server', ['CLOSED', 'LISTEN', 'SYN-RECEIVED', 'ESTABLISHED', 'CLOSE-WAIT', 'LAST-ACK']],
  ['simultaneous open', ['CLOSED', 'SYN-SENT', 'SYN-RECEIVED', 'ESTABLISHED']],
  ['simultaneous close', ['ESTABLISHED', 'FIN-WAIT-1', 'CLOSING', 'TIME-WAIT', 'CLOSED']],
  ['three-segment close', ['ESTABLISHED', 'FIN-WAIT-1', 'TIME-WAIT', 'CLOSED']],
])('the %s walks along edges', (_name, states) => {
  expect(walk(...states)).toBe(true);
});

test.each<[State, State]>([
  ['LISTEN', 'ESTABLISHED'],
  ['CLOSE-WAIT', 'TIME-WAIT'],
  ['FIN-WAIT-2', 'CLOSING'],
  ['TIME-WAIT', 'ESTABLISHED'],
])('%s to %s is no plain edge', (from, to) => {
  expect(walk(from, to)).toBe(false);
});

test('a reset ends every connection, but not a listener', () => {
  const reset = EDGES.filter(({ to, when }) => to === 'CLOSED' && when === 'rcv RST');
  const others = STATES.filter((state) => state !== 'CLOSED' && state !== 'LISTEN');
  expect(reset.map(({ from }) => from).toSorted()).toEqual(others.toSorted());
});

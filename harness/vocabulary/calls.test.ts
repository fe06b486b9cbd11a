/** The calls that labs may write are those that the program takes. */
import { expect, test } from 'vitest';
import { OPTIONS } from '../sys/constants.ts';
import { USAGES } from '../../servers/socket-shell/commands.ts';
import { CALLS, SOCKET_OPTIONS, whyNoCall } from './calls.ts';

/** The program says of an address and of how to shut down which words these are. */
const asHere = (usage: string): string =>
  usage.replace('A.B.C.D:PORT', 'ADDRESS').replace('SHUT_RD|SHUT_WR|SHUT_RDWR', 'HOW');

test('they are written as the program has them', () => {
  const { quit, ...calls } = CALLS;
  expect(quit[0]).toBe('quit');
  expect(Object.values(calls).map(([usage]) => usage)).toEqual(USAGES.map(asHere));
});

test('and their options are those that it knows', () => {
  const known = Object.values(OPTIONS).flatMap((names) => Object.keys(names));
  expect([...SOCKET_OPTIONS].sort()).toEqual(known.sort());
});

test.each([
  'socket',
  'listen 3 -1',
  'recv 3',
  'recv 3 5',
  'shutdown 3 SHUT_WR',
  'shutdown 3 RDWR',
  'setsockopt 3 SO_LINGER 0',
  'send 3 "a  b \\" c"',
  'send 3 len=10',
  'connect 3 10.0.0.1:6000',
])('%s is a call', (call) => {
  expect(whyNoCall(call)).toBeUndefined();
});

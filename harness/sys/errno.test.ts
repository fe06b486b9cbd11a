import { expect, test } from 'vitest';

import { flagNames, FAMILIES, nameOf } from './constants.ts';
import { errnoName, errnoText, SocketError } from './errno.ts';

test('a SocketError says call, arguments, name, number and meaning in one line', () => {
  const error = new SocketError('bind', [3, '127.0.0.1:6000'], 98);
  expect(error.message).toBe('bind(3, 127.0.0.1:6000): EADDRINUSE (98), Address already in use');
  expect(error).toMatchObject({ call: 'bind', errno: 98, code: 'EADDRINUSE', name: 'SocketError' });
  expect(error.args).toEqual([3, '127.0.0.1:6000']);
});

test.each([
  [11, 'EAGAIN'],
  [13, 'EACCES'],
  [22, 'EINVAL'],
  [32, 'EPIPE'],
  [92, 'ENOPROTOOPT'],
  [95, 'EOPNOTSUPP'],
  [99, 'EADDRNOTAVAIL'],
  [104, 'ECONNRESET'],
  [106, 'EISCONN'],
  [110, 'ETIMEDOUT'],
  [111, 'ECONNREFUSED'],
  [113, 'EHOSTUNREACH'],
])('errno %i is %s', (errno, name) => {
  expect(errnoName(errno)).toBe(name);
});

test('a number without a name stays a number', () => {
  expect([errnoName(4000), errnoText(4000)]).toEqual(['errno 4000', 'Unknown error']);
});

test('constants are shown by name, unknown ones as they are', () => {
  expect([nameOf(FAMILIES, 2), nameOf(FAMILIES, 99), nameOf(undefined, 1)]).toEqual([
    'AF_INET',
    99,
    1,
  ]);
  expect([flagNames(0), flagNames(0x42), flagNames(0x100002), flagNames(0x100000)]).toEqual([
    0,
    'MSG_PEEK|MSG_DONTWAIT',
    'MSG_PEEK|1048576',
    1048576,
  ]);
});

import { closeSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import type { CallReport } from './calls.ts';
import { compiled, scratchFolder } from './testing/compiled.ts';
import { type Namespace, openNamespace } from './testing/namespace.ts';
import { TestProgram } from './testing/program.ts';

// What a program reports of its calls, on the descriptor that SOCKET_LAB_CALLS_FD names.

let folder: Awaited<ReturnType<typeof scratchFolder>>;
let net: Namespace;
let shell: string[];

beforeAll(async () => {
  folder = await scratchFolder();
  net = await openNamespace();
  shell = net.enter([process.execPath, await compiled('servers/socket-shell.ts', folder.path)]);
});
afterAll(async () => {
  await net[Symbol.asyncDispose]();
  await folder[Symbol.asyncDispose]();
});

const parse = (lines: string): CallReport[] =>
  lines
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as CallReport);

const withoutTime = ({ t: _, ...rest }: CallReport) => rest;

describe('reports', () => {
  test('are one line a call, and one more before a call that may block', async () => {
    await using program = new TestProgram(shell, {
      reserve: true,
      extra: ['pipe'],
      env: { SOCKET_LAB_CALLS_FD: '16' },
    });
    const reported = text(program.stream(16));
    program.type('socket\nsetsockopt 3 SO_REUSEADDR 1\nbind 3 127.0.0.1:6000\nlisten 3 5');
    program.type('socket\nconnect 4 127.0.0.1:6000\ngetsockname 4\naccept 3\nsend 4 "ä\\""');
    program.type('recv 5\ngetsockopt 5 SO_ERROR\nshutdown 4 WR\nrecv 5\nbind 4 127.0.0.1:6000');
    program.child.stdin?.end('close 9\n');
    expect((await program.ended).status).toBe(0);

    const reports = parse(await reported);
    const name = reports.find(({ call }) => call === 'getsockname') as { out: string };
    const returned = (call: string, args: unknown[], result: number, rest = {}) => ({
      ...{ call, args, phase: 'return', result },
      ...rest,
    });
    const enter = (call: string, args: unknown[]) => ({ call, args, phase: 'enter' });
    const sent = [4, '"\\xc3\\xa4\\""', 3, 'MSG_NOSIGNAL'];
    expect(reports.map(withoutTime)).toEqual([
      returned('socket', ['AF_INET', 'SOCK_STREAM', 0], 3),
      returned('setsockopt', [3, 'SOL_SOCKET', 'SO_REUSEADDR', 1], 0),
      returned('bind', [3, '127.0.0.1:6000'], 0),
      returned('listen', [3, 5], 0),
      returned('socket', ['AF_INET', 'SOCK_STREAM', 0], 4),
      enter('connect', [4, '127.0.0.1:6000']),
      returned('connect', [4, '127.0.0.1:6000'], 0),
      returned('getsockname', [4], 0, { out: name.out }),
      enter('accept', [3]),
      returned('accept', [3], 5, { out: name.out }),
      enter('send', sent),
      returned('send', sent, 3),
      enter('recv', [5, 127, 0]),
      returned('recv', [5, 127, 0], 3, { out: '"\\xc3\\xa4\\""' }),
      returned('getsockopt', [5, 'SOL_SOCKET', 'SO_ERROR'], 0, { out: 0 }),
      returned('shutdown', [4, 'SHUT_WR'], 0),
      enter('recv', [5, 127, 0]),
      returned('recv', [5, 127, 0], 0, { out: '""' }),
      returned('bind', [4, '127.0.0.1:6000'], -1, { errno: 22, code: 'EINVAL' }),
      returned('close', [9], -1, { errno: 9, code: 'EBADF' }),
    ]);
    expect(name.out).toMatch(/^127\.0\.0\.1:\d{5}$/);
  });

  test('carry the monotonic clock’s nanoseconds, in order', async () => {
    const before = process.hrtime.bigint();
    await using program = new TestProgram(shell, {
      reserve: true,
      extra: ['pipe'],
      env: { SOCKET_LAB_CALLS_FD: '16' },
    });
    const reported = text(program.stream(16));
    program.child.stdin?.end('socket\nconnect 3 127.0.0.1:6001\n');
    await program.ended;
    const times = parse(await reported).map(({ t }) => BigInt(t));
    expect(times).toHaveLength(3);
    const inOrder = [before, ...times, process.hrtime.bigint()];
    expect(inOrder).toEqual(inOrder.toSorted((a, b) => (a < b ? -1 : 1)));
  });

  test('go on after the program took descriptors 3-15 for itself', async () => {
    const log = join(folder.path, 'calls');
    const file = openSync(log, 'w');
    // Unreserved: the program starts anew, and 3 becomes its socket.
    await using program = new TestProgram(shell, {
      extra: [file],
      env: { SOCKET_LAB_CALLS_FD: '3' },
    });
    closeSync(file);
    program.child.stdin?.end('socket\n');
    expect((await program.ended).status).toBe(0);
    expect(parse(readFileSync(log, 'utf8')).map(withoutTime)).toEqual([
      { call: 'socket', args: ['AF_INET', 'SOCK_STREAM', 0], phase: 'return', result: 3 },
    ]);
  });

  test('that nobody reads any more do not disturb the program', async () => {
    await using program = new TestProgram(shell, {
      reserve: true,
      extra: ['pipe'],
      env: { SOCKET_LAB_CALLS_FD: '16' },
    });
    program.stream(16).destroy();
    program.child.stdin?.end('socket\nsocket\n');
    expect((await program.ended).status).toBe(0);
    expect(program.output).toBe(
      'socket(AF_INET, SOCK_STREAM, 0) = 3\nsocket(AF_INET, SOCK_STREAM, 0) = 4\n',
    );
  });
});

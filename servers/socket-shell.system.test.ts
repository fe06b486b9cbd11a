import { afterAll, beforeAll, beforeEach, afterEach, expect, test } from 'vitest';

import { compiled, scratchFolder } from '../harness/sys/testing/compiled.ts';
import { type Namespace, openNamespace } from '../harness/sys/testing/namespace.ts';
import { TestProgram } from '../harness/sys/testing/program.ts';

let folder: Awaited<ReturnType<typeof scratchFolder>>;
let file: string;
let net: Namespace;

beforeAll(async () => {
  folder = await scratchFolder();
  file = await compiled('servers/socket-shell.ts', folder.path);
});
afterAll(() => folder[Symbol.asyncDispose]());

beforeEach(async () => {
  net = await openNamespace();
});
afterEach(() => net[Symbol.asyncDispose]());

const shell = () => new TestProgram(net.enter([process.execPath, file]), { reserve: true });

/** Types all lines into one shell and returns its answers. */
async function answers(lines: string[]): Promise<string[]> {
  await using program = shell();
  program.child.stdin?.end(lines.map((line) => `${line}\n`).join(''));
  expect(await program.ended).toMatchObject({ status: 0, stderr: '' });
  return program.output.trimEnd().split('\n');
}

test('answers each call by one line, failed ones with their errno', async () => {
  const dialogue = [
    ['socket', 'socket(AF_INET, SOCK_STREAM, 0) = 3'],
    ['bind 3 127.0.0.1:6000', 'bind(3, 127.0.0.1:6000) = 0'],
    ['bind 3 127.0.0.1:6001', 'bind(3, 127.0.0.1:6001) = -1 EINVAL (22)'],
    ['getsockname 3', 'getsockname(3) = 0 127.0.0.1:6000'],
    ['listen 3 5', 'listen(3, 5) = 0'],
    ['socket', 'socket(AF_INET, SOCK_STREAM, 0) = 4'],
    ['bind 4 127.0.0.1:6000', 'bind(4, 127.0.0.1:6000) = -1 EADDRINUSE (98)'],
    ['bind 4 1.2.3.4:6000', 'bind(4, 1.2.3.4:6000) = -1 EADDRNOTAVAIL (99)'],
    ['getpeername 4', 'getpeername(4) = -1 ENOTCONN (107)'],
    ['connect 4 127.0.0.1:6001', 'connect(4, 127.0.0.1:6001) = -1 ECONNREFUSED (111)'],
    ['setsockopt 4 SO_REUSEADDR 1', 'setsockopt(4, SOL_SOCKET, SO_REUSEADDR, 1) = 0'],
    ['getsockopt 4 SO_REUSEADDR', 'getsockopt(4, SOL_SOCKET, SO_REUSEADDR) = 0 [1]'],
    ['getsockopt 4 TCP_NODELAY', 'getsockopt(4, IPPROTO_TCP, TCP_NODELAY) = 0 [0]'],
    [
      'setsockopt 4 SO_LINGER 7',
      'setsockopt(4, SOL_SOCKET, SO_LINGER, {l_onoff=1, l_linger=7}) = 0',
    ],
    ['getsockopt 4 SO_LINGER', 'getsockopt(4, SOL_SOCKET, SO_LINGER) = 0 {l_onoff=1, l_linger=7}'],
    ['send 4 "x"', 'send(4, "x", 1, MSG_NOSIGNAL) = -1 EPIPE (32)'],
    ['close 4', 'close(4) = 0'],
    ['close 4', 'close(4) = -1 EBADF (9)'],
  ];
  expect(await answers(dialogue.map(([line = '']) => line))).toEqual(
    dialogue.map(([, answer]) => answer),
  );
});

test('an unbound or zero port becomes one of the ephemeral range', async () => {
  const lines = await answers([
    ...['socket', 'bind 3 0.0.0.0:0', 'getsockname 3'],
    ...['socket', 'listen 4 5', 'getsockname 4'],
  ]);
  const [, , bound, , , listening] = lines;
  expect(bound).toMatch(/^getsockname\(3\) = 0 0\.0\.0\.0:[3-6]\d{4}$/);
  expect(listening).toMatch(/^getsockname\(4\) = 0 0\.0\.0\.0:[3-6]\d{4}$/);
});

test('two shells talk', async () => {
  await using server = shell();
  server.type('socket\nbind 3 127.0.0.1:6000\nlisten 3 1\naccept 3');
  await server.printed('listen(3, 1) = 0\n');
  await using client = shell();
  client.type('socket\nbind 3 127.0.0.1:6001\nconnect 3 127.0.0.1:6000\nsend 3 "how  are you"');
  await client.printed('send(3, "how  are you", 12, MSG_NOSIGNAL) = 12\n');
  server.type('getpeername 4\nrecv 4 5\nrecv 4\nrecv 4');
  await server.printed('accept(3) = 4 127.0.0.1:6001\n');
  await server.printed('getpeername(4) = 0 127.0.0.1:6001\n');
  await server.printed('recv(4, 5, 0) = 5 "how  "\nrecv(4, 127, 0) = 7 "are you"\n');
  client.type('shutdown 3 WR');
  await server.printed('recv(4, 127, 0) = 0 ""\n');
  // As in C, too.
  server.type('shutdown 4 SHUT_RD\nshutdown 4 SHUT_WR');
  await server.printed('shutdown(4, SHUT_RD) = 0\nshutdown(4, SHUT_WR) = 0\n');
  client.type('quit');
  server.type('quit');
  expect((await client.ended).status).toBe(0);
  expect((await server.ended).status).toBe(0);
});

test('a line that is no call is answered by one that says what is', async () => {
  const bad = [
    [
      '',
      "unknown command '' (valid: socket, bind, listen, accept, connect, send, recv, write, read,",
    ],
    ['toString', "unknown command 'toString' (valid: socket, "],
    ['listen 3', 'too few words (valid: listen FD BACKLOG)'],
    ['close 3 4', 'too many words (valid: close FD)'],
    ['bind 3 localhost:1', "'localhost:1' is no address (valid: A.B.C.D:PORT)"],
    ['bind 3 1.2.3.4:65536', "'1.2.3.4:65536' is no address (valid: A.B.C.D:PORT)"],
    ['listen three 5', "'three' is no number here (valid: -2147483648 to 2147483647)"],
    ['recv 3 65537', "'65537' is no number here (valid: 0 to 65536)"],
    ['send 3 hello', `'hello' is no text (valid: "hello", len=65536)`],
    ['send 3 "hel"lo"', `'"hel"lo"' is no text (valid: `],
    ['send 3 len=0', "'0' is no number here (valid: 1 to 1048576)"],
    [
      'shutdown 3 SHUT_WRR',
      "'SHUT_WRR' is not known here (valid: SHUT_RD, RD, SHUT_WR, WR, SHUT_RDWR, RDWR)",
    ],
    ['getsockopt 3 SO_WHAT', "'SO_WHAT' is not known here (valid: SO_REUSEADDR, SO_TYPE,"],
  ];
  const lines = await answers(bad.map(([line = '']) => line));
  expect(lines).toHaveLength(bad.length);
  for (const [index, [, message = '']] of bad.entries()) {
    expect(lines[index]).toMatch(/^error: .*\)$/);
    expect(lines[index]).toContain(`error: ${message}`);
  }
});

import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';

import { afterAll, beforeAll, expect, test } from 'vitest';

import { ROOT } from '../harness/installation.ts';
import { compiled, scratchFolder } from '../harness/sys/testing/compiled.ts';
import { type Namespace, openNamespace } from '../harness/sys/testing/namespace.ts';
import { TestProgram } from '../harness/sys/testing/program.ts';
import { requireForTest } from '../harness/sys/testing/requirements.ts';
import { isBlockedOn, socketCalls, strace, tracee } from '../harness/sys/testing/strace.ts';

// The ports make the same system calls on sockets as the C originals, compiled from the seed:
// the same order, arguments (descriptors and lengths included) and results, and the same output.

interface Pair {
  server: string[];
  client: string[];
  /** The ports need descriptors 3-15 reserved; C has them free. */
  reserve: boolean;
}

interface Seen {
  calls: string[];
  output: string;
}

let folder: Awaited<ReturnType<typeof scratchFolder>>;
let original: Pair;
let port: Pair;

beforeAll(async () => {
  requireForTest('gcc', 'strace', 'unshare', 'nsenter', 'ip');
  folder = await scratchFolder();
  original = {
    server: [compile('servers/original/ser.c', 'ser')],
    client: [compile('clients/original/cli.c', 'cli')],
    reserve: false,
  };
  port = {
    server: [process.execPath, await compiled('servers/echo-server.ts', folder.path)],
    client: [process.execPath, await compiled('clients/echo-client.ts', folder.path)],
    reserve: true,
  };
});

afterAll(() => folder[Symbol.asyncDispose]());

function compile(source: string, name: string): string {
  const binary = join(folder.path, name);
  // -w: the C passes an int* where accept wants a socklen_t*.
  execFileSync('gcc', ['-w', '-o', binary, join(ROOT, source)]);
  return binary;
}

/** Two messages and `end`; then the server is killed where it waits for the next client. */
async function talk(pair: Pair, name: string): Promise<{ server: Seen; client: Seen }> {
  await using net = await openNamespace();
  const { run, seen } = tracing(pair, name, net);
  await using server = run('server');
  await server.printed('accept wait ......\n');
  await using cli = run('client');
  for (const line of ['hello', 'and a line longer than others']) {
    await cli.printed('input:\n');
    cli.type(line);
    await cli.printed('read:ok\n');
  }
  await cli.printed('input:\n');
  cli.type('end');
  expect((await cli.ended).status).toBe(0);
  await server.printed('close\naccept wait ......\n');
  await killWaiting(server, 3);
  return { server: seen('server', server), client: seen('client', cli) };
}

/** The client's input ends instead: it sends nothing and waits for an answer, until it is killed. */
async function endOfInput(pair: Pair, name: string): Promise<{ server: Seen; client: Seen }> {
  await using net = await openNamespace();
  const { run, seen } = tracing(pair, name, net);
  await using server = run('server');
  await server.printed('accept wait ......\n');
  await using cli = run('client');
  await cli.printed('input:\n');
  cli.child.stdin?.end('no newline');
  await cli.printed('read:ok\ninput:\n');
  await killWaiting(cli, 3);
  await server.printed('close\naccept wait ......\n');
  await killWaiting(server, 3);
  return { server: seen('server', server), client: seen('client', cli) };
}

/** A client without a server: the C's assert fails. */
async function refused(pair: Pair, name: string): Promise<string[]> {
  await using net = await openNamespace();
  const { run, seen } = tracing(pair, name, net);
  await using cli = run('client');
  expect((await cli.ended).status).not.toBe(0);
  // How a program ends of it differs on purpose: C aborts, the port exits with 1.
  return seen('client', cli).calls.filter((line) => !line.startsWith('+++'));
}

/** Runs a pair's programs under strace, and reads what they did. */
function tracing(pair: Pair, name: string, net: Namespace) {
  const prefix = (role: string) => join(folder.path, `${name}-${role}`);
  return {
    run: (role: 'server' | 'client') =>
      new TestProgram(net.enter(strace(prefix(role), pair[role])), { reserve: pair.reserve }),
    seen: (role: string, { output }: TestProgram): Seen => ({
      output,
      calls: socketCalls(prefix(role)),
    }),
  };
}

/** Kills a program once it is inside a blocking call, not on its way there. */
async function killWaiting(program: TestProgram, fd: number): Promise<void> {
  const pid = tracee(program.pid);
  while (!isBlockedOn(pid, fd)) await setImmediate();
  process.kill(pid, 'SIGTERM');
  await program.ended;
}

test('an exchange makes the same calls and prints the same', async () => {
  const c = await talk(original, 'c-talk');
  expect(c.server.calls).toEqual([
    'socket(AF_INET, SOCK_STREAM, IPPROTO_IP) = 3',
    'bind(3, {sa_family=AF_INET, sin_port=htons(6000), sin_addr=inet_addr("127.0.0.1")}, 16) = 0',
    'listen(3, 5) = 0',
    'accept(3, {sa_family=AF_INET, sin_port=htons(EPHEMERAL), sin_addr=inet_addr("127.0.0.1")}, [16]) = 4',
    'recvfrom(4, "hello\\n", 127, 0, NULL, NULL) = 6',
    'sendto(4, "ok", 2, 0, NULL, 0) = 2',
    'recvfrom(4, "and a line longer than others\\n", 127, 0, NULL, NULL) = 30',
    'sendto(4, "ok", 2, 0, NULL, 0) = 2',
    'recvfrom(4, "", 127, 0, NULL, NULL) = 0',
    'close(4) = 0',
    'accept(3, POINTER, [16]) = ? ERESTARTSYS (To be restarted if SA_RESTART is set)',
    '+++ killed by SIGTERM +++',
  ]);
  expect(await talk(port, 'port-talk')).toEqual(c);
}, 60_000);

test('the end of the client’s input makes the same calls', async () => {
  const c = await endOfInput(original, 'c-end');
  expect(c.client.calls).toContain('sendto(3, "", 0, 0, NULL, 0) = 0');
  expect(await endOfInput(port, 'port-end')).toEqual(c);
}, 60_000);

test('a refused connection makes the same calls', async () => {
  const c = await refused(original, 'c-refused');
  expect(c.at(-1)).toMatch(/^connect\(3, .*, 16\) = -1 ECONNREFUSED/);
  expect(await refused(port, 'port-refused')).toEqual(c);
});

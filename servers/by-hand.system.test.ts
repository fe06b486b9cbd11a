import { execFileSync } from 'node:child_process';
import { constants } from 'node:os';

import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { ROOT } from '../harness/installation.ts';
import { type Namespace, openNamespace } from '../harness/sys/testing/namespace.ts';
import { TestProgram } from '../harness/sys/testing/program.ts';

// The programs as somebody runs them at a shell: `npx tsx servers/echo-server.ts`, no lab around.

let net: Namespace;
beforeEach(async () => {
  net = await openNamespace();
});
afterEach(() => net[Symbol.asyncDispose]());

const TSX = [process.execPath, `${ROOT}node_modules/tsx/dist/cli.mjs`];
const run = (launcher: string[], source: string, args: string[]): TestProgram =>
  new TestProgram(net.enter([...launcher, `${ROOT}${source}`, ...args]));
const server = (...args: string[]) => run(TSX, 'servers/echo-server.ts', args);
const client = (...args: string[]) => run(TSX, 'clients/echo-client.ts', args);

/** `$?` as a shell shows it: npm dies of its child's signal, tsx exits with 128 and its number. */
const shellStatus = ({ status, signal }: Awaited<TestProgram['ended']>): number | null =>
  signal ? 128 + constants.signals[signal] : status;

const WAIT = 'accept wait ......\n';

test('an exchange prints what the C prints, and Ctrl-C ends the server', async () => {
  await using ser = run(['npx', 'tsx'], 'servers/echo-server.ts', []);
  await ser.printed(WAIT);
  await using cli = client();
  await cli.printed('input:\n');
  cli.type('hello');
  await cli.printed('read:ok\ninput:\n');
  cli.type('end');
  expect(await cli.ended).toMatchObject({ status: 0 });
  expect(cli.output).toBe('input:\nread:ok\ninput:\n');
  await ser.printed(`close\n${WAIT}`);
  expect(ser.output).toBe(`${WAIT}accept c = 4\nbuff=hello\n\nclose\n${WAIT}`);
  ser.signalGroup('SIGINT');
  expect(shellStatus(await ser.ended)).toBe(130);
  await ser.groupEnded();
});

test('a second client waits, and is the next descriptor 4', async () => {
  await using ser = server();
  await ser.printed(WAIT);
  await using first = client();
  await ser.printed('accept c = 4\n');
  await using second = client('--source-address', '127.0.0.1', '--source-port', '6001');
  await second.printed('input:\n');
  const ss = net.enter(['ss', '-Htn', 'sport = :6001']);
  expect(execFileSync(ss[0] ?? '', ss.slice(1), { encoding: 'utf8' })).toMatch(
    /^ESTAB .* 127\.0\.0\.1:6001 +127\.0\.0\.1:6000/,
  );
  first.type('end');
  await ser.printed(`close\n${WAIT}accept c = 4\n`);
  second.type('end');
  expect((await second.ended).status).toBe(0);
});

test('SIGTERM for tsx alone ends the server too', async () => {
  await using ser = server();
  await ser.printed(WAIT);
  ser.child.kill('SIGTERM');
  await ser.ended;
  await ser.groupEnded();
});

describe('failures', () => {
  test('a port in use is one line with the errno, status 1', async () => {
    await using ser = server();
    await ser.printed(WAIT);
    expect(await server().ended).toMatchObject({
      status: 1,
      stderr: 'bind(3, 127.0.0.1:6000): EADDRINUSE (98), Address already in use\n',
    });
  });

  test('so is a refused connection', async () => {
    expect(await client('--port', '7000').ended).toMatchObject({
      status: 1,
      stderr: 'connect(3, 127.0.0.1:7000): ECONNREFUSED (111), Connection refused\n',
    });
  });

  test('two listeners with SO_REUSEADDR refuse each other', async () => {
    await using ser = server('--reuse-addr');
    await ser.printed(WAIT);
    expect(await server('--reuse-addr').ended).toMatchObject({
      status: 1,
      stderr: 'bind(3, 127.0.0.1:6000): EADDRINUSE (98), Address already in use\n',
    });
  });

  test('a write to a closed connection ends the client by SIGPIPE, as in C', async () => {
    await using ser = server();
    await ser.printed(WAIT);
    await using cli = client();
    await ser.printed('accept c = 4\n');
    ser.signalGroup('SIGKILL');
    await ser.ended;
    cli.type('into the closed connection');
    await cli.printed('read:\ninput:\n');
    cli.type('after its RST');
    expect(shellStatus(await cli.ended)).toBe(128 + 13);
  });
});

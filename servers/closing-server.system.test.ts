import { execFileSync } from 'node:child_process';

import { afterAll, beforeAll, expect, test } from 'vitest';

import { compiled, scratchFolder } from '../harness/sys/testing/compiled.ts';
import { openNamespace } from '../harness/sys/testing/namespace.ts';
import { TestProgram } from '../harness/sys/testing/program.ts';

let folder: Awaited<ReturnType<typeof scratchFolder>>;
let server: string[];
let client: string[];

beforeAll(async () => {
  folder = await scratchFolder();
  server = [process.execPath, await compiled('servers/closing-server.ts', folder.path)];
  client = [process.execPath, await compiled('clients/echo-client.ts', folder.path)];
});
afterAll(() => folder[Symbol.asyncDispose]());

const WAIT = 'accept wait ......\n';

test('each client gets one answer, and the server closes first', async () => {
  await using net = await openNamespace();
  await using ser = new TestProgram(net.enter(server), { reserve: true });
  await ser.printed(WAIT);
  for (const request of ['GET /a', 'GET /b']) {
    await using cli = new TestProgram(net.enter(client), { reserve: true });
    cli.type(request);
    await cli.printed('read:ok\ninput:\n');
    await ser.printed(`buff=${request}\n\nclose\n${WAIT}`);
    cli.type('end');
    expect(await cli.ended).toMatchObject({ status: 0 });
  }
  const served = (request: string) => `accept c = 4\nbuff=${request}\n\nclose\n${WAIT}`;
  expect(ser.output).toBe(`${WAIT}${served('GET /a')}${served('GET /b')}`);
  // Only who closes first is ever in one of these.
  const states = ['state', 'fin-wait-2', 'state', 'time-wait'];
  const [file = '', ...ss] = net.enter(['ss', '-Htan', ...states, 'sport', '=', ':6000']);
  expect(execFileSync(file, ss, { encoding: 'utf8' }).trim().split('\n')).toHaveLength(2);
});

test('a client that asks for nothing is closed too', async () => {
  await using net = await openNamespace();
  await using ser = new TestProgram(net.enter(server), { reserve: true });
  await ser.printed(WAIT);
  await using cli = new TestProgram(net.enter(client), { reserve: true });
  cli.type('end');
  expect(await cli.ended).toMatchObject({ status: 0 });
  await ser.printed(`close\n${WAIT}`);
  expect(ser.output).toBe(`${WAIT}accept c = 4\nclose\n${WAIT}`);
});

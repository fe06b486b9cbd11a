import { execFileSync } from 'node:child_process';
import { text } from 'node:stream/consumers';

import { afterAll, beforeAll, expect, test } from 'vitest';

import { compiled, scratchFolder } from '../harness/sys/testing/compiled.ts';
import { openNamespace } from '../harness/sys/testing/namespace.ts';
import { TestProgram } from '../harness/sys/testing/program.ts';

let folder: Awaited<ReturnType<typeof scratchFolder>>;
let server: string[];
let client: string[];

beforeAll(async () => {
  folder = await scratchFolder();
  server = [process.execPath, await compiled('servers/echo-server.ts', folder.path)];
  client = [process.execPath, await compiled('clients/flood-client.ts', folder.path)];
});
afterAll(() => folder[Symbol.asyncDispose]());

const reporting: ConstructorParameters<typeof TestProgram>[1] = {
  reserve: true,
  extra: ['pipe'],
  env: { SOCKET_LAB_CALLS_FD: '16' },
};

test('it makes as many connections as it is told to, and closes first', async () => {
  await using net = await openNamespace();
  await using ser = new TestProgram(net.enter(server), { reserve: true });
  await ser.printed('accept wait ......\n');
  await using cli = new TestProgram(net.enter([...client, '--count=3']), reporting);
  const reports = text(cli.stream(16));
  expect(await cli.ended).toMatchObject({ status: 0, stderr: '' });
  expect(cli.output).toBe('made 3\n');
  expect(await reports).toBe('');
  const ends = ['fin-wait-1', 'fin-wait-2', 'time-wait'].flatMap((state) => ['state', state]);
  const [file = '', ...ss] = net.enter(['ss', '-Htan', ...ends, 'dport', '=', ':6000']);
  expect(execFileSync(file, ss, { encoding: 'utf8' }).trim().split('\n')).toHaveLength(3);
});

test('it ends at the first call that fails, and reports that one alone', async () => {
  await using net = await openNamespace();
  await using cli = new TestProgram(net.enter(client), reporting);
  const reports = text(cli.stream(16));
  expect(await cli.ended).toMatchObject({
    status: 1,
    stderr: 'connect(3, 127.0.0.1:6000): ECONNREFUSED (111), Connection refused\n',
  });
  expect(cli.output).toBe('made 0\n');
  expect(JSON.parse(await reports)).toMatchObject({
    ...{ call: 'connect', args: [3, '127.0.0.1:6000'], phase: 'return' },
    ...{ result: -1, errno: 111, code: 'ECONNREFUSED' },
  });
});

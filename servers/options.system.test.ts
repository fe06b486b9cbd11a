import { execFileSync } from 'node:child_process';

import { afterAll, beforeAll, expect, test } from 'vitest';

import { compiled, scratchFolder } from '../harness/sys/testing/compiled.ts';
import { openNamespace } from '../harness/sys/testing/namespace.ts';
import { TestProgram } from '../harness/sys/testing/program.ts';

// The programs' command lines.

let folder: Awaited<ReturnType<typeof scratchFolder>>;
let echoServer: string[];
let neverAccept: string[];

beforeAll(async () => {
  folder = await scratchFolder();
  echoServer = [process.execPath, await compiled('servers/echo-server.ts', folder.path)];
  neverAccept = [process.execPath, await compiled('servers/never-accept-server.ts', folder.path)];
});
afterAll(() => folder[Symbol.asyncDispose]());

const valid = '(valid: --address=A.B.C.D, --port=0-65535, --backlog=N, --reuse-addr, --help)\n';

test.each([
  [['--prot', '1'], "Unknown option '--prot'"],
  [['--port', '65536'], "--port wants 0-65535, not '65536'"],
  [['--port', ''], "--port wants 0-65535, not ''"],
  [['--address', 'localhost'], "--address wants A.B.C.D, not 'localhost'"],
  [['--backlog', '1.5'], "--backlog wants N, not '1.5'"],
  [['--backlog', '-1'], "Option '--backlog' argument is ambiguous"],
  [['6000'], "Unexpected argument '6000'"],
])('%j is refused in one line that lists the valid ones', async (args, reason) => {
  await using program = new TestProgram([...echoServer, ...args]);
  const stderr = `echo-server: ${reason} ${valid}`;
  expect(await program.ended).toMatchObject({ status: 2, stderr });
  expect(program.output).toBe('');
});

test('--help lists them with their defaults', async () => {
  await using program = new TestProgram([...neverAccept, '--help']);
  expect(await program.ended).toMatchObject({ status: 0, stderr: '' });
  expect(program.output).toBe(
    [
      'usage: never-accept-server [options]',
      '  --address=A.B.C.D  address to listen on (127.0.0.1)',
      '  --port=0-65535     port to listen on (10000)',
      '  --backlog=N        length of the accept queue, as given to listen (1)',
      '  --reuse-addr       set SO_REUSEADDR before bind',
      '',
    ].join('\n'),
  );
});

test('they reach the calls', async () => {
  await using net = await openNamespace();
  const args = ['--address=0.0.0.0', '--port=7000', '--backlog=-1', '--reuse-addr'];
  await using ser = new TestProgram(net.enter([...echoServer, ...args]));
  await ser.printed('accept wait ......\n');
  const [file = '', ...ss] = net.enter(['ss', '-Hltn']);
  const listening = execFileSync(file, ss, { encoding: 'utf8' });
  // listen(-1) is clamped to net.core.somaxconn
  expect(listening).toMatch(/^LISTEN +0 +4096 +0\.0\.0\.0:7000 /);
});

test('a server that never accepts listens on its document’s port with a backlog of 1', async () => {
  await using net = await openNamespace();
  await using ser = new TestProgram(net.enter(neverAccept), {
    reserve: true,
    extra: ['pipe'],
    env: { SOCKET_LAB_CALLS_FD: '16' },
  });
  let reports = '';
  for await (const chunk of ser.stream(16)) {
    reports += String(chunk);
    if (reports.includes('"listen"')) break;
  }
  const [file = '', ...ss] = net.enter(['ss', '-Hltn']);
  const listening = execFileSync(file, ss, { encoding: 'utf8' });
  expect(listening).toMatch(/^LISTEN +0 +1 +127\.0\.0\.1:10000 /);
  expect(ser.output).toBe('');
});

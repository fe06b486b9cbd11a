/** netstat's view of real hosts, on every backend: what labs say of it, and that it replays. */
import { historyOf } from '../history/history.ts';
import { english } from '../texts/say.ts';
import { failureInWords, seenInWords } from '../words/verdicts.ts';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Backend } from '../backend/backend.ts';
import { writeBundle } from '../evidence/bundle.ts';
import { backendsUnderTest } from '../testing/backends.ts';
import { lab, type Definition, type Lab } from '../vocabulary/define.ts';
import { runLab } from './run.ts';
import { verify } from './verify.ts';
import { verbatim } from '../told.ts';

const DEFINITION: Definition = {
  name: 'netstat-at-work',
  title: 'What netstat prints',
  explanation: 'A test.',
  sources: ['netstat(8)'],
  rtoMin: '10s',
};

let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'socket-lab-test-'));
});
afterAll(() => rm(dir, { recursive: true }));

async function run(lab: Lab, backend: Backend) {
  const { signal } = new AbortController();
  return runLab(lab, { backend, reason: verbatim('a test'), slow: false, harness: 'test', signal });
}

/** From LISTEN to TIME-WAIT, each line and each count as netstat has it. */
const story = lab(DEFINITION, async ({ server, client, wire, expect: sees }) => {
  const ser = await server.run('echo-server');
  await sees(server.netstat()).toShow('tcp  0  0  SERVER:6000  0.0.0.0:*  LISTEN  PID/node');
  await sees(server.netstat()).toCount({});
  await sees(client.netstat(6000)).toCount({});

  const cli = await client.run('echo-client');
  const conn = await sees(wire).connection();
  const { port } = conn.client;
  const shown = await sees(server.netstat(6000)).toShow(
    `tcp 0 0 SERVER:6000 CLIENT:*       ESTABLISHED PID/node
     tcp 0 0 SERVER:6000 0.0.0.0:*      LISTEN      ${ser.pid}/node`,
  );
  expect(shown.map(({ state }) => state)).toEqual(['ESTABLISHED', 'LISTEN']);
  expect(shown[0]?.foreign).toBe(`${client.address}:${port}`);
  expect(shown[0]?.program).toBe(`${ser.pid}/node`);
  await sees(client.netstat()).toShow(
    `tcp 0 0 ${client.address}:${port} SERVER:6000 ESTABLISHED ${cli.pid}/node`,
  );

  await ser.kill();
  await sees(server.end(conn)).toBeIn('FIN-WAIT-2');
  await sees(client.end(conn)).toBeIn('CLOSE-WAIT', { recvQ: 1 });
  await sees(client.netstat()).toShow('tcp 1 0 CLIENT:* SERVER:6000 CLOSE_WAIT');
  await sees(client.netstat()).toCount({ 'CLOSE-WAIT': 1 });
  await cli.kill();
  await sees(server.end(conn)).toBeIn('TIME-WAIT');
  // Nobody holds it any more.
  await sees(server.netstat()).toShow('tcp 0 0 SERVER:6000 CLIENT:* TIME_WAIT -');
  await sees(server.netstat()).toCount({ 'TIME-WAIT': 1 });
});

/** What is expected of a listener's line, with a backlog that netstat does not show. */
const mistaken = lab(DEFINITION, async ({ server, expect: sees }) => {
  await server.run('echo-server');
  await sees(server.netstat(6000)).toShow('tcp 0 5 SERVER:6000 0.0.0.0:* LISTEN PID/node');
});

describe.each(await backendsUnderTest())('on $name', (backend) => {
  test('lines and counts, live and replayed', async () => {
    const { status, message, stream, pcaps } = await run(story, backend);
    expect({ status, message }).toEqual({ status: 'passed', message: undefined });
    const hosts = stream.of('host').map(({ tools }) => tools['netstat']);
    expect(hosts).toEqual([
      expect.stringMatching(/^net-tools \d/),
      expect.stringMatching(/^net-tools \d/),
    ]);
    const bundle = join(dir, backend.name);
    await writeBundle(bundle, { events: stream.events, pcaps });
    const { summary, verdicts } = await verify(bundle, [story]);
    expect(verdicts).toBe(summary.expectations.length);
  });

  test('a line that is not there: what is, and what differs', async () => {
    const { status, stream } = await run(mistaken, backend);
    expect(status).toBe('failed');
    const history = historyOf(stream.events);
    const [stated] = history.lab.expectations.filter(
      ({ verdict }) => verdict?.verdict === 'failed',
    );
    if (stated === undefined) throw new Error('nothing failed');
    const { details = [] } = seenInWords(stated, history, english) ?? {};
    const message = [failureInWords(stated, history, english), ...details].join('\n  ');
    expect(message.replace(/\d+(\.\d+){3}:6000/g, 'SERVER:6000').replace(/\d+\/node/, 'N/node'))
      .toBe(`expected netstat -natp of the server to show for port 6000: tcp 0 5 SERVER:6000 0.0.0.0:* LISTEN PID/node, saw no such line
  tcp 0 0 SERVER:6000 0.0.0.0:* LISTEN N/node  (Send-Q 0, not 5)`);
  });
});

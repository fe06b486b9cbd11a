/** Programs that do too much, in real hosts: each is ended, the verdict says why, and it replays. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LIMITS } from '../agent/limits.ts';
import type { Backend } from '../backend/backend.ts';
import { writeBundle } from '../evidence/bundle.ts';
import { Stream } from '../evidence/stream.ts';
import { historyOf } from '../history/history.ts';
import { backendsUnderTest } from '../testing/backends.ts';
import { english } from '../texts/say.ts';
import { reasonInWords } from '../words/verdicts.ts';
import { lab } from '../vocabulary/define.ts';
import { runLab } from './run.ts';
import { verify } from './verify.ts';
import { inEnglish, verbatim } from '../told.ts';

const serves = lab(
  { name: 'serves', title: 'A server', explanation: 'A test.', sources: ['this file'] },
  async ({ server }) => {
    await server.run('echo-server');
  },
);

/** The backend whose server runs a script of bash(1) instead of our program. */
const running = (backend: Backend, script: string): Backend => ({
  ...backend,
  start: async (...args) => {
    const pair = await backend.start(...args);
    pair.hosts.server.programCommand = () => ['bash', '-c', script];
    return pair;
  },
});

const run = (backend: Backend, script: string, stream = new Stream(), signal?: AbortSignal) =>
  runLab(serves, {
    backend: running(backend, script),
    reason: verbatim('a test'),
    slow: false,
    harness: 'test',
    signal: signal ?? new AbortController().signal,
    stream,
  });

/** Reports calls without end on the descriptor for them, many at a time: a busy machine is slow. */
const REPORTS = `exec node -e "
  const { writeSync } = require('node:fs');
  for (;;) {
    const t = String(process.hrtime.bigint());
    const report = { t, phase: 'return', call: 'close', args: [3], result: 0 };
    writeSync(Number(process.env.SOCKET_LAB_CALLS_FD), (JSON.stringify(report) + '\\n').repeat(100));
  }"`;

/** In all, or within a second: that depends on the machine. */
const LINES = /print more than [25]0000 lines/;

let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'socket-lab-test-'));
});
afterAll(() => rm(dir, { recursive: true }));

describe.each(await backendsUnderTest())('$name: a program that', (backend) => {
  it.each([
    ['prints y for ever', 'yes', LINES],
    ['prints to stderr for ever', 'yes >&2', LINES],
    ['prints steadily for ever', 'while :; do yes | head -n 12000; sleep 0.2; done', LINES],
    ['prints one endless line', 'tr "\\0" x </dev/zero', 'print a line of more than 65536 octets'],
    [
      'prints long lines for ever',
      'while :; do printf "%0999d\\n" 7; done',
      'print more than 1048576 octets',
    ],
    ['prints octets that are no text', 'cat /dev/urandom', /print more than|print a line/],
    ['has others print, who leave it', 'setsid yes & setsid yes & sleep 60', LINES],
    ['reports calls for ever', REPORTS, /report more than \d+ calls/],
    [
      'reports a call that has no end',
      'tr "\\0" x </dev/zero >&$SOCKET_LAB_CALLS_FD',
      'report a call in more than 16384 octets',
    ],
  ])('%s', { timeout: 60_000 }, async (what, script, why) => {
    const { status, stream, pcaps, leftBehind } = await run(backend, script);
    const reason = reasonInWords(historyOf(stream.events), english);
    expect(reason).toMatch(why);
    expect(reason).toMatch(
      /^expected echo-server to listen on port 6000, saw echo-server .*: it was ended$/,
    );
    expect({ status, leftBehind }).toEqual({ status: 'failed', leftBehind: undefined });
    const lines = stream.of('output').length;
    expect(lines).toBeLessThanOrEqual(LIMITS.outputLines);
    expect(stream.of('call').length).toBeLessThanOrEqual(LIMITS.callReports);
    expect(stream.of('limit')).toHaveLength(1);
    const bundle = join(dir, backend.name + what.replaceAll(' ', '-'));
    await writeBundle(bundle, { events: stream.events, pcaps });
    expect(await verify(bundle, [serves])).toMatchObject({ summary: { status: 'failed' } });
  });

  it.each([
    [
      'writes anything where calls are reported',
      `echo 'he\x1bllo' >&$SOCKET_LAB_CALLS_FD`,
      'it is not JSON',
    ],
    [
      'reports an odd call',
      `echo '{"t":"5","phase":"return","call":"x","args":[null]}' >&$SOCKET_LAB_CALLS_FD`,
      "'args' is not what it must be",
    ],
    [
      'reports a call of another time',
      `echo '{"t":"5","phase":"return","call":"x","args":[]}' >&$SOCKET_LAB_CALLS_FD`,
      "'t' is not a time of this run",
    ],
  ])('%s is told of as such', { timeout: 30_000 }, async (_what, script, why) => {
    const { status, message } = await run(backend, `${script}; sleep 60`);
    expect(status).toBe('broken');
    const said = message && inEnglish(message);
    expect(said).toMatch(/^program 1 at the server reports what is not a call: /);
    expect(said).toContain(why);
    expect(said).not.toContain('\x1b');
  });

  it(
    'prints as fast as it may: the run can be interrupted all the while',
    { timeout: 60_000 },
    async () => {
      const interruption = new AbortController();
      const stream = new Stream();
      let late = Infinity;
      let interrupted = 0;
      let lines = 0;
      stream.listen(({ type }) => {
        if (type !== 'output' || ++lines !== 3000) return;
        // A harness that is busy with the flood comes to its timers late, and to signals as late.
        const due = performance.now() + 100;
        void delay(100).then(() => {
          interrupted = performance.now();
          late = interrupted - due;
          interruption.abort();
        });
      });
      const fast = 'while :; do yes | head -n 2000; sleep 0.1; done';
      const { status, leftBehind } = await run(backend, fast, stream, interruption.signal);
      expect(performance.now() - interrupted).toBeLessThan(2000);
      expect(late).toBeLessThan(1000);
      expect({ status, leftBehind }).toEqual({ status: 'interrupted', leftBehind: undefined });
    },
  );
});

/** Labs walked through at a real terminal, with nothing but its keys. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadLabs } from '../../../catalogue/catalogue.ts';
import { verify } from '../../../run/verify.ts';
import { backendsUnderTest } from '../../../testing/backends.ts';
import { leftBehind } from '../../../testing/left-behind.ts';
import type { AnswersFile } from './answers-file.ts';
import { atTerminal } from './walk.fixture.ts';

const ENTER = '\r';
const CTRL_C = '\x03';
const TIMEOUT = 120_000;

const backends = await backendsUnderTest();
let dir: string;
let runs = 0;

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'socket-lab-test-'));
});
afterAll(() => rm(dir, { recursive: true }));

/** Changes of state as they were printed, in order. */
const changes = (screen: string): string[] =>
  [...screen.matchAll(/^ {3}((?:server|client): .*(?: -> |new socket).*)$/gm)].map(
    ([, line = '']) => line,
  );

const HANDSHAKE = [
  'server: a new socket, SYN-RECEIVED; the listener stays',
  'client: SYN-SENT -> ESTABLISHED',
  'server: SYN-RECEIVED -> ESTABLISHED',
];

describe.each(backends)('$name', ({ name }) => {
  const start = (...args: string[]) => {
    const out = join(dir, `${name}-${++runs}`);
    return { out, ...atTerminal([...args, '--backend', name, '--out', out]) };
  };

  it.each([
    ['handshake', HANDSHAKE],
    [
      'close',
      [
        ...HANDSHAKE,
        'server: ESTABLISHED -> CLOSE-WAIT',
        'client: FIN-WAIT-1 -> FIN-WAIT-2',
        'client: FIN-WAIT-2 -> TIME-WAIT',
        'server: LAST-ACK -> CLOSED',
      ],
    ],
    [
      'simultaneous-close',
      [
        ...HANDSHAKE,
        'client: FIN-WAIT-1 -> CLOSING',
        'server: FIN-WAIT-1 -> CLOSING',
        'client: CLOSING -> TIME-WAIT',
      ],
    ],
    [
      'time-wait',
      [
        ...HANDSHAKE,
        'client: ESTABLISHED -> CLOSE-WAIT',
        'server: FIN-WAIT-1 -> FIN-WAIT-2',
        'server: FIN-WAIT-2 -> TIME-WAIT',
        'client: LAST-ACK -> CLOSED',
      ],
    ],
  ])('%s is walked to its end with Enter', { timeout: TIMEOUT }, async (lab, expected) => {
    const { out, asked, press, ended } = start(lab, '--step');
    while (await asked()) press(ENTER);
    const { status, screen } = await ended;
    expect(status, screen).toBe(0);
    expect(changes(screen)).toEqual(expected);
    const { summary } = await verify(out, await loadLabs([lab]));
    expect(summary.status).toBe('passed');
  });

  it.each([
    ['q', 'q'],
    ['Ctrl-C', CTRL_C],
  ])('%s in the middle leaves nothing behind', { timeout: TIMEOUT }, async (_name, key) => {
    const { out, run, asked, press, ended } = start('handshake', '--step');
    await asked();
    press(ENTER);
    await asked();
    press(key);
    const { status, screen } = await ended;
    expect(status, screen).toBe(130);
    expect(screen).toContain('nothing is left behind');
    expect(await leftBehind(run, name)).toEqual([]);
    const { summary } = await verify(out, await loadLabs(['handshake']));
    expect(summary).toMatchObject({ status: 'interrupted', cut: true });
  });

  it('counts right and wrong predictions', { timeout: TIMEOUT }, async () => {
    const answers = join(dir, `${name}-answers.json`);
    const { out, asked, press, ended } = start('handshake', '--predict', '--answers', answers);
    // Right, and help first; the SYN takes no number; right, right; skipped, and right.
    for (const key of ['?', '4', '2', '4', '2', ENTER, '1']) {
      await asked();
      press(key);
    }
    const { status, screen } = await ended;
    expect(status, screen).toBe(0);
    expect(screen).toContain('A digit chooses an answer');
    expect(screen).toContain('right: server SYN-RECEIVED, client SYN-SENT (1 of 1 right)');
    expect(screen).toContain('not SYN+ACK seq=y ack=x, but SYN+ACK seq=y ack=x+1');
    expect(screen).toContain('Misconception: a SYN takes no sequence number.');
    expect(screen).toContain('predicted: 4 of 6 right, 1 skipped');
    const { score, questions } = JSON.parse(await readFile(answers, 'utf8')) as AnswersFile;
    expect(score).toEqual({ asked: 6, right: 4, skipped: 1 });
    expect(questions.map(({ verdict }) => verdict).sort()).toEqual(
      ['right', 'right', 'right', 'right', 'skipped', 'wrong'].sort(),
    );
    expect((await verify(out, await loadLabs(['handshake']))).summary).toMatchObject({
      status: 'passed',
      score,
    });
  });

  it('asks what bind() will return', { timeout: TIMEOUT }, async () => {
    const { asked, press, ended } = start('time-wait', '--predict');
    while (await asked()) press('1');
    const { status, screen } = await ended;
    expect(status, screen).toBe(0);
    expect(screen).toContain('Misconception: a port is free when its process is gone.');
    expect(screen).toContain('Misconception: SO_REUSEADDR on the new socket is enough.');
    expect(screen).toContain('  misconceptions: ');
  });

  it('counts what was answered before q', { timeout: TIMEOUT }, async () => {
    const { out, asked, press, ended } = start('handshake', '--predict');
    for (const key of ['4', '3', 'q']) {
      await asked();
      press(key);
    }
    const { status, screen } = await ended;
    expect(status, screen).toBe(130);
    expect(screen).toContain('predicted: 2 of 2 right');
    const { summary } = await verify(out, await loadLabs(['handshake']));
    expect(summary).toMatchObject({ status: 'interrupted', score: { asked: 2, right: 2 } });
  });

  it('shows sockets and packets, and runs on', { timeout: TIMEOUT }, async () => {
    const { asked, press, ended } = start('handshake', '--step');
    for (const key of ['s', ENTER, 'p', 'c']) {
      await asked();
      press(key);
    }
    const { status, screen } = await ended;
    expect(status, screen).toBe(0);
    expect(screen).toMatch(/ss -tanpoei at the client:[^]*? {3}SYN-SENT 0 /);
    expect(screen).toMatch(/SYN seq=x mss=\d+ .*SYN-SENT/);
    expect(screen).toContain('the rest runs on');
    expect(changes(screen)).toEqual(HANDSHAKE.slice(0, 1));
  });
});

/** Labs walked through at a real terminal, with nothing but its keys. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadLabs } from '../../../catalogue/catalogue.ts';
import { verify } from '../../../run/verify.ts';
import { backendsUnderTest } from '../../../testing/backends.ts';
import { leftBehind } from '../../../testing/left-behind.ts';
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
    const { asked, press, ended } = start('handshake', '--predict');
    // SYN-RECEIVED for the server, LISTEN for the client, and no answer.
    for (const key of ['4', '2', ENTER]) {
      await asked();
      press(key);
    }
    const { status, screen } = await ended;
    expect(status, screen).toBe(0);
    expect(screen).toContain('right: SYN-RECEIVED (1 of 1 right)');
    expect(screen).toContain('not LISTEN: ESTABLISHED (1 of 2 right)');
    expect(screen).toContain('predicted: 1 of 2 right');
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

/** A held wire, as labs speak of it. */
import { describe, expect, it } from 'vitest';
import { lab } from '../index.ts';
import { backendsUnderTest } from '../testing/backends.ts';
import { runLab } from './run.ts';
import type { Guide } from './walk/walk.ts';

/**
 * As `time-wait` was, where the kernel put off the ACK of a FIN: what is to go comes to wait only
 * when it has been let go already.
 */
const tooEarly = lab(
  { name: 'too-early', title: 'a test', explanation: 'a test', sources: ['a test'] },
  async ({ server, client, wire, connected, expect }) => {
    const { ser, cli, conn } = await connected();
    await wire.hold(client);
    const released = wire.release(client);
    // Sockets have been looked at since: the release has begun, and nothing was there.
    await expect(conn).toBeIn({ server: 'ESTABLISHED', client: 'ESTABLISHED' });
    await cli.does('send 3 early = 5');
    await released;
    await ser.does('recv 4 = 5 "early"');
    await expect(server.end(conn)).toBeIn('ESTABLISHED', { recvQ: 0 });
  },
);

/** Somebody who lets everything go at once. */
const guide: Guide = {
  stop: () => Promise.resolve({ kind: 'run on' }),
  gone: () => undefined,
  joined: () => undefined,
  copied: () => undefined,
};

describe.each(await backendsUnderTest())('$name', (backend) => {
  it.each([
    ['let go too early', {}],
    ['let go too early by one who walks', { guide }],
  ])('what is %s goes', async (_how, walked) => {
    const { signal } = new AbortController();
    const options = { backend, reason: 'a test', slow: false, harness: 'test', signal, ...walked };
    const { status, message } = await runLab(tooEarly, options);
    expect({ status, message }).toEqual({ status: 'passed', message: undefined });
  });
});

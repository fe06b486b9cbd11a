/** Labs have teeth: in a world that is not as a lab says, the lab fails, and says what is wrong. */
import { describe, expect, test } from 'vitest';
import type { Bench } from '../../harness/index.ts';
import type { Connected } from '../../harness/lab/connected.ts';
import type { Side } from '../../harness/lab/sides.ts';
import forgedReset from '../forged-reset.ts';
import keepalive from '../keepalive.ts';
import reset from '../reset.ts';
import sendBuffer from '../send-buffer.ts';
import zeroWindow from '../zero-window.ts';
import { failure, sabotaged } from './sabotaged.fixture.ts';

/** An object of which one method is another. */
const withMethod = <T extends object>(it: T, name: keyof T & string, method: unknown): T =>
  new Proxy(it, {
    get: (_it, key): unknown => {
      if (key === name) return method;
      const part: unknown = Reflect.get(it, key, it);
      return typeof part === 'function' ? (part.bind(it) as unknown) : part;
    },
  });

/** The same bench, on which the two shells of a connection leave out this call. */
const without = (bench: Bench, call: string): Bench => {
  const leftOut = (script = ''): string => script.replace(call, '');
  const forgetful = (shell: Connected['cli']): Connected['cli'] =>
    withMethod(shell, 'does', (script: string) => shell.does(leftOut(script)));
  return {
    ...bench,
    connected: async ({ server, client } = {}) => {
      const calls = { server: leftOut(server), client: leftOut(client) };
      const { ser, cli, conn } = await bench.connected(calls);
      return { ser: forgetful(ser), cli: forgetful(cli), conn };
    },
  };
};

describe.concurrent(
  'a lab fails when',
  () => {
    test('the reset is lost', async () => {
      const lab = sabotaged(reset, async (bench) => {
        await bench.wire.drop({ to: bench.server, flags: 'R.' });
        return bench;
      });
      expect(await failure(lab)).toBe(
        "expected the server's end (SERVER:6000) gone, saw ESTABLISHED, Recv-Q 3, Send-Q 0",
      );
    });

    test('a process has set no SO_LINGER', async () => {
      const lab = sabotaged(reset, (bench) => without(bench, 'setsockopt 3 SO_LINGER 0'));
      expect(await failure(lab)).toBe(
        "expected the server's end (SERVER:6000) gone, saw CLOSE-WAIT, Recv-Q 4, Send-Q 0",
      );
    });

    test('every forged segment arrives twice', async () => {
      const lab = sabotaged(forgedReset, (bench) => {
        const { client } = bench;
        const twice: Side['forge'] = async (...segment) => {
          await client.forge(...segment);
          await client.forge(...segment);
        };
        return { ...bench, client: withMethod(client, 'forge', twice) };
      });
      expect(await failure(lab)).toBe("expected the server's TcpExtTCPChallengeACK to be 2, saw 4");
    });

    test('the peer is not cut off', async () => {
      const lab = sabotaged(sendBuffer, (bench) => ({
        ...bench,
        wire: withMethod(bench.wire, 'drop', () => Promise.resolve()),
      }));
      expect(await failure(lab)).toBe(
        "expected the client's end (CLIENT) in ESTABLISHED, Send-Q 5, saw ESTABLISHED",
      );
    });

    test('the send buffer may grow', async () => {
      const lab = sabotaged(zeroWindow, (bench) => without(bench, 'setsockopt 3 SO_SNDBUF 16384'));
      expect(await failure(lab)).toBe(
        `expected 'send 3 x' at the client to fail with EAGAIN, saw send(3, "x", 1, MSG_NOSIGNAL) = 1`,
      );
    });

    test('nobody asks after a silent peer', async () => {
      const lab = sabotaged(keepalive, (bench) => without(bench, 'setsockopt 4 SO_KEEPALIVE 1'));
      expect(await failure(lab)).toBe(
        "expected the server's end (SERVER:6000) in ESTABLISHED, timer keepalive 0 ms..1 s, saw ESTABLISHED",
      );
    });
  },
  60_000,
);

/** Labs have teeth: in a world that is not as a lab says, the lab fails, and says what is wrong. */
import { describe, expect, test } from 'vitest';
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

/** The same host, whose shells leave out the calls that a script has on this line. */
const without = (side: Side, call: string): Side =>
  withMethod(side, 'shell', async () => {
    const shell = await side.shell();
    return withMethod(shell, 'does', (script: string) => shell.does(script.replace(call, '')));
  });

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
      const lab = sabotaged(reset, (bench) => ({
        ...bench,
        client: without(bench.client, 'setsockopt 3 SO_LINGER 0'),
      }));
      expect(await failure(lab)).toBe(
        "expected the client's end (CLIENT) gone, saw FIN-WAIT-2, timer timewait N s",
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
      const lab = sabotaged(zeroWindow, (bench) => ({
        ...bench,
        client: without(bench.client, 'setsockopt 3 SO_SNDBUF 32768'),
      }));
      expect(await failure(lab)).toBe(
        `expected 'send 3 x' at the client to fail with EAGAIN, saw send(3, "x", 1, MSG_NOSIGNAL) = 1`,
      );
    });

    test('nobody asks after a silent peer', async () => {
      const lab = sabotaged(keepalive, (bench) => ({
        ...bench,
        server: without(bench.server, 'setsockopt 5 SO_KEEPALIVE 1'),
      }));
      expect(await failure(lab)).toBe(
        "expected the server's end (SERVER:6000) in ESTABLISHED, timer keepalive 0 ms..1 s, saw ESTABLISHED",
      );
    });
  },
  60_000,
);

/** Labs have teeth: in a world that is not as a lab says, the lab fails, and says what is wrong. */
import { describe, test } from 'vitest';
import type { Testbed } from '../../harness/index.ts';
import type { Side } from '../../harness/vocabulary/sides.ts';
import forgedReset from '../forged-reset.ts';
import keepalive from '../keepalive.ts';
import reset from '../reset.ts';
import sendBuffer from '../send-buffer.ts';
import zeroWindow from '../zero-window.ts';
import { failure, instead, lossless, misheard, withFault } from './fault.fixture.ts';

/** The same testbed, on which the two shells of a connection leave out this call. */
const without = (testbed: Testbed, call: string): Testbed => {
  const leftOut = (script = ''): string => script.replace(call, '');
  return {
    ...testbed,
    connected: async ({ server, client } = {}) => {
      const calls = { server: leftOut(server), client: leftOut(client) };
      const { ser, cli, conn } = await testbed.connected(calls);
      return { ser: misheard(ser, call, ''), cli: misheard(cli, call, ''), conn };
    },
  };
};

describe.concurrent(
  'a lab fails when',
  () => {
    test('the reset is lost', async ({ expect }) => {
      const lab = withFault(reset, async (testbed) => {
        await testbed.wire.drop({ to: testbed.server, flags: 'R.' });
        return testbed;
      });
      expect(await failure(lab)).toEqual({
        step: 'close() with SO_LINGER 0',
        kind: 'end-gone',
        asked: { host: 'server' },
        saw: { orphaned: false, recvQ: 3, sendQ: 0, state: 'ESTABLISHED' },
      });
    });

    test('a process has set no SO_LINGER', async ({ expect }) => {
      const lab = withFault(reset, (testbed) => without(testbed, 'setsockopt 3 SO_LINGER 0'));
      expect(await failure(lab)).toEqual({
        step: 'close() with SO_LINGER 0',
        kind: 'end-gone',
        asked: { host: 'server' },
        saw: { orphaned: false, recvQ: 4, sendQ: 0, state: 'CLOSE-WAIT' },
      });
    });

    test('every injected segment arrives twice', async ({ expect }) => {
      const lab = withFault(forgedReset, (testbed) => {
        const { client } = testbed;
        const twice: Side['inject'] = async (...segment) => {
          await client.inject(...segment);
          await client.inject(...segment);
        };
        return { ...testbed, client: instead(client, { inject: twice }) };
      });
      expect(await failure(lab)).toEqual({
        step: 'in the window, at its two ends: each is asked about',
        kind: 'counter',
        asked: { host: 'server', name: 'TcpExtTCPChallengeACK', value: 2 },
        saw: { value: 4 },
      });
    });

    test('the peer is not cut off', async ({ expect }) => {
      const lab = withFault(sendBuffer, (testbed) => ({
        ...testbed,
        wire: lossless(testbed.wire),
      }));
      expect(await failure(lab)).toEqual({
        step: 'the server is cut off, and send succeeds',
        kind: 'end-in-state',
        asked: { host: 'client', sendQ: 5, state: 'ESTABLISHED' },
        saw: { orphaned: false, recvQ: 0, sendQ: 0, state: 'ESTABLISHED' },
      });
    });

    test('the send buffer may grow', async ({ expect }) => {
      const lab = withFault(zeroWindow, (testbed) =>
        without(testbed, 'setsockopt 3 SO_SNDBUF 16384'),
      );
      expect(await failure(lab)).toEqual({
        step: 'the client asks, ever less often',
        kind: 'call-returns',
        asked: {
          call: 'send 3 "x"',
          host: 'client',
          name: 'socket-shell',
          wanted: { code: 'EAGAIN' },
        },
        saw: { line: 'send(3, "x", 1, MSG_NOSIGNAL) = 1' },
      });
    });

    test('nobody asks after a silent peer', async ({ expect }) => {
      const lab = withFault(keepalive, (testbed) =>
        without(testbed, 'setsockopt 4 SO_KEEPALIVE 1'),
      );
      expect(await failure(lab)).toEqual({
        step: 'a live peer answers',
        kind: 'end-in-state',
        asked: {
          host: 'server',
          state: 'ESTABLISHED',
          timer: { least: 0, most: 1000, name: 'keepalive' },
        },
        saw: { orphaned: false, recvQ: 0, sendQ: 0, state: 'ESTABLISHED' },
      });
    });
  },
  60_000,
);

/** Labs have teeth: in a world that is not as a lab says, the lab fails, and says what is wrong. */
import { describe, test } from 'vitest';
import connectBind from '../connect-bind.ts';
import established from '../established.ts';
import listen from '../listen.ts';
import mss from '../mss.ts';
import mssMissing from '../mss-missing.ts';
import sockets from '../sockets.ts';
import type { Testbed, Program } from '../../harness/index.ts';
import type { SocketShell } from '../../harness/vocabulary/socket-shell.ts';
import type { Side } from '../../harness/vocabulary/sides.ts';
import { instead } from '../../harness/lab-test.ts';
import { beforeStep, failure, withFault, withRun } from './fault.fixture.ts';

describe.concurrent(
  'a lab fails when',
  () => {
    test('a client has connected to the server that should be alone', async ({ expect }) => {
      const lab = withFault(listen, (testbed) =>
        beforeStep(testbed, 'no connection yet', async () => {
          await testbed.client.run('echo-client');
          await testbed.expect(testbed.wire).connection();
        }),
      );
      expect(await failure(lab)).toEqual({
        step: 'no connection yet',
        kind: 'netstat-counts',
        asked: { counts: {}, host: 'server' },
        saw: { counts: { ESTABLISHED: 1 } },
      });
    });

    test('the client is a server as well', async ({ expect }) => {
      const lab = withFault(sockets, async (testbed) => {
        await testbed.client.run('echo-server', { address: testbed.client.address });
        return testbed;
      });
      expect(await failure(lab)).toEqual({
        step: 'one client: three sockets',
        kind: 'sockets',
        asked: { counts: { ESTABLISHED: 1 }, host: 'client' },
        saw: { counts: { ESTABLISHED: 1, LISTEN: 1 } },
      });
    });

    test('the second client is gone before its turn', async ({ expect }) => {
      const lab = withFault(sockets, (testbed) => {
        const clients: PromiseLike<Program>[] = [];
        const client = withRun(testbed.client, (run) => (name, options) => {
          const starting = run(name, options);
          clients.push(starting);
          return starting;
        });
        const title = 'first in, first out: the second client, not the third';
        const gone = async (): Promise<void> => {
          await (await clients[1])?.kill();
        };
        return { ...beforeStep(testbed, title, gone), client };
      });
      expect(await failure(lab)).toEqual({
        step: 'first in, first out: the second client, not the third',
        kind: 'program-prints',
        asked: { host: 'client', line: 'read:ok', name: 'echo-client' },
        saw: { printed: 'input:', signal: 'SIGINT', status: null },
      });
    });

    test('an end asks whether the other is still there', async ({ expect }) => {
      const lab = withFault(established, (testbed) => {
        let cli: SocketShell | undefined;
        const connected: Testbed['connected'] = async (prepared) => {
          const made = await testbed.connected(prepared);
          cli = made.cli;
          return made;
        };
        const asks = async (): Promise<void> => {
          await cli?.does('setsockopt 3 TCP_KEEPIDLE 1 \n setsockopt 3 SO_KEEPALIVE 1');
        };
        return { ...beforeStep(testbed, 'nobody says anything', asks), connected };
      });
      expect(await failure(lab)).toEqual({
        step: undefined,
        kind: 'carried',
        asked: { flow: { serverPort: 6000 }, repeats: true, whole: true },
        saw: { segment: 'client > server .' },
      });
    });

    test('the client has lost its first connection', async ({ expect }) => {
      const lab = withFault(connectBind, (testbed) => {
        const { server, client, wire, expect: sees } = testbed;
        return beforeStep(testbed, 'the same four-tuple again, and another', async () => {
          const conn = wire.between(6000, 7000);
          const { names } = await sees(wire).toHaveCarried(conn, 'server > client  S.  seq=y');
          await server.inject(conn, `R seq=${(names['y'] ?? NaN) + 1}`);
          await sees(client.end(conn)).toBeGone();
        });
      });
      expect(await failure(lab)).toEqual({
        step: 'the same four-tuple again, and another',
        kind: 'call-returns',
        asked: {
          call: 'connect 6 SERVER:6000',
          host: 'client',
          name: 'socket-shell',
          wanted: { code: 'EADDRNOTAVAIL' },
        },
        saw: { line: 'connect(6, SERVER:6000) = 0' },
      });
    });

    test('the SYN says how much its sender can take', async ({ expect }) => {
      const lab = withFault(mssMissing, (testbed) => {
        const { client } = testbed;
        const inject: Side['inject'] = (conn, segment) =>
          client.inject(conn, segment.replace('S seq=1000', 'S seq=1000 mss=1000'));
        return { ...testbed, client: instead(client, { inject }) };
      });
      expect(await failure(lab)).toEqual({
        step: 'the server sends',
        kind: 'end-in-state',
        asked: { host: 'server', info: { mss: '536' }, state: 'ESTABLISHED' },
        saw: { orphaned: false, recvQ: 0, sendQ: 600, state: 'ESTABLISHED' },
      });
    });

    test("the server's MTU is smaller, too", async ({ expect }) => {
      const lab = withFault(mss, (testbed) =>
        beforeStep(testbed, 'an MTU of 1400 at the client', () => testbed.server.setMtu(1300)),
      );
      // The window scale depends on the machine's own rmem_max.
      expect(await failure(lab)).toEqual({
        step: 'an MTU of 1400 at the client',
        kind: 'carried',
        asked: { flow: { serverPort: 6000 }, repeats: false, whole: true },
        saw: { expected: { line: 2 }, segment: 'server > client S.' },
      });
    });
  },
  60_000,
);

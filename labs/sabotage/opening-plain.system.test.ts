/** Labs have teeth: in a world that is not as a lab says, the lab fails, and says what is wrong. */
import { describe, test } from 'vitest';
import connectBind from '../connect-bind.ts';
import established from '../established.ts';
import listen from '../listen.ts';
import mss from '../mss.ts';
import sockets from '../sockets.ts';
import type { Bench, Program } from '../../harness/index.ts';
import type { SocketShell } from '../../harness/vocabulary/socket-shell.ts';
import { beforeStep, failure, sabotaged, withRun } from './sabotaged.fixture.ts';

describe.concurrent(
  'a lab fails when',
  () => {
    test('a client has connected to the server that should be alone', async ({ expect }) => {
      const lab = sabotaged(listen, (bench) =>
        beforeStep(bench, 'no connection yet', async () => {
          await bench.client.run('echo-client');
          await bench.expect(bench.wire).connection();
        }),
      );
      expect(await failure(lab)).toMatchInlineSnapshot();
    });

    test('the client is a server as well', async ({ expect }) => {
      const lab = sabotaged(sockets, async (bench) => {
        await bench.client.run('echo-server', { address: bench.client.address });
        return bench;
      });
      expect(await failure(lab)).toMatchInlineSnapshot();
    });

    test('the second client is gone before its turn', async ({ expect }) => {
      const lab = sabotaged(sockets, (bench) => {
        const clients: PromiseLike<Program>[] = [];
        const client = withRun(bench.client, (run) => (name, options) => {
          const starting = run(name, options);
          clients.push(starting);
          return starting;
        });
        const title = 'first in, first out: the second client, not the third';
        const gone = async (): Promise<void> => {
          await (await clients[1])?.kill();
        };
        return { ...beforeStep(bench, title, gone), client };
      });
      expect(await failure(lab)).toMatchInlineSnapshot();
    });

    test('an end asks whether the other is still there', async ({ expect }) => {
      const lab = sabotaged(established, (bench) => {
        let cli: SocketShell | undefined;
        const connected: Bench['connected'] = async (prepared) => {
          const made = await bench.connected(prepared);
          cli = made.cli;
          return made;
        };
        const asks = async (): Promise<void> => {
          await cli?.does('setsockopt 3 TCP_KEEPIDLE 1 \n setsockopt 3 SO_KEEPALIVE 1');
        };
        return { ...beforeStep(bench, 'nobody says anything', asks), connected };
      });
      expect(await failure(lab)).toMatchInlineSnapshot();
    });

    test('the client has lost its first connection', async ({ expect }) => {
      const lab = sabotaged(connectBind, (bench) => {
        const { server, client, wire, expect: sees } = bench;
        return beforeStep(bench, 'the same four-tuple again, and another', async () => {
          const conn = wire.between(6000, 7000);
          const { names } = await sees(wire).toHaveCarried(conn, 'server > client  S.  seq=y');
          await server.forge(conn, `R seq=${(names['y'] ?? NaN) + 1}`);
          await sees(client.end(conn)).toBeGone();
        });
      });
      expect(await failure(lab)).toMatchInlineSnapshot();
    });

    test("the server's MTU is smaller, too", async ({ expect }) => {
      const lab = sabotaged(mss, (bench) =>
        beforeStep(bench, 'an MTU of 1400 at the client', () => bench.server.setMtu(1300)),
      );
      // The window scale depends on the machine's own rmem_max.
      expect(await failure(lab)).toMatchInlineSnapshot();
    });
  },
  60_000,
);

/** Labs have teeth: in a world that is not as a lab says, the lab fails, and says what is wrong. */
import { describe, expect, test } from 'vitest';
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
    test('a client has connected to the server that should be alone', async () => {
      const lab = sabotaged(listen, (bench) =>
        beforeStep(bench, 'no connection yet', async () => {
          await bench.client.run('echo-client');
          await bench.expect(bench.wire).connection();
        }),
      );
      expect(await failure(lab)).toBe(
        "expected the server's netstat -n | awk to count nothing, saw ESTABLISHED 1",
      );
    });

    test('the client is a server as well', async () => {
      const lab = sabotaged(sockets, async (bench) => {
        await bench.client.run('echo-server', { address: bench.client.address });
        return bench;
      });
      expect(await failure(lab)).toBe(
        "expected the client's sockets to be 1 ESTABLISHED, saw 1 LISTEN, 1 ESTABLISHED",
      );
    });

    test('the second client is gone before its turn', async () => {
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
      expect(await failure(lab)).toBe(
        'expected the client\'s echo-client to print "read:ok", saw it ended by SIGINT',
      );
    });

    test('an end asks whether the other is still there', async () => {
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
      expect(await failure(lab)).toBe(
        "expected on the wire nothing but client > server S seq=x / server > client S. seq=y ack=x+1 / client > server . seq=x+1 ack=y+1 / client > server P. seq=x+1 ack=y+1 len=5 / server > client . seq=y+1 ack=x+6 / server > client P. seq=y+1 ack=x+6 len=2 / client > server . seq=x+6 ack=y+3, saw also client > server . seq=N ack=N, in the HOST's capture",
      );
    });

    test('the client has lost its first connection', async () => {
      const lab = sabotaged(connectBind, (bench) => {
        const { server, client, wire, expect: sees } = bench;
        return beforeStep(bench, 'the same four-tuple again, and another', async () => {
          const conn = wire.between(6000, 7000);
          const { names } = await sees(wire).toHaveCarried(conn, 'server > client  S.  seq=y');
          await server.forge(conn, `R seq=${(names['y'] ?? NaN) + 1}`);
          await sees(client.end(conn)).toBeGone();
        });
      });
      expect(await failure(lab)).toBe(
        "expected 'connect 6 SERVER:6000' at the client to fail with EADDRNOTAVAIL, saw connect(6, SERVER:6000) = 0",
      );
    });

    test("the server's MTU is smaller, too", async () => {
      const lab = sabotaged(mss, (bench) =>
        beforeStep(bench, 'an MTU of 1400 at the client', () => bench.server.setMtu(1300)),
      );
      // The window scale depends on the machine's own rmem_max.
      expect((await failure(lab)).replace(/wscale=\d+/, 'wscale=N')).toBe(
        "expected on the wire nothing but client > server S mss=1360 / server > client S. mss=1460 / client > server . !mss, saw server > client S. seq=N ack=N mss=1260 sackOK wscale=N instead of line 2, server > client S. mss=1460, in the HOST's capture",
      );
    });
  },
  60_000,
);

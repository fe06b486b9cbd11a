/** Labs have teeth: in a world that is not as a lab says, the lab fails, and says what is wrong. */
import { describe, test } from 'vitest';
import type { Testbed } from '../../harness/index.ts';
import clientTimeWait from '../client-time-wait.ts';
import lateSegment from '../late-segment.ts';
import lostLastAck from '../lost-last-ack.ts';
import serverClosesEach from '../server-closes-each.ts';
import timeWaitExpiry from '../time-wait-expiry.ts';
import timeWait from '../time-wait.ts';
import { beforeStep, failure, withFault, withRun, type Run } from './fault.fixture.ts';

/** The wire, on which nothing is lost that should be. */
const losingNothing = (wire: Testbed['wire']): Testbed['wire'] =>
  new Proxy(wire, {
    get: (_wire, key): unknown => {
      if (key === 'drop') return () => Promise.resolve();
      const part: unknown = Reflect.get(wire, key, wire);
      return typeof part === 'function' ? (part.bind(wire) as unknown) : part;
    },
  });

describe.concurrent(
  'a lab fails when',
  () => {
    test('the client closes first', async ({ expect }) => {
      const lab = withFault(timeWait, (testbed) => {
        const { client, expect: sees } = testbed;
        const started: ReturnType<Run>[] = [];
        const closesFirst = async (): Promise<void> => {
          for (const program of started) await (await program).type('end');
          await sees(client.sockets()).toBe({ 'TIME-WAIT': 1 });
        };
        const remembering = withRun(client, (run) => (name, options) => {
          const program = run(name, options);
          started.push(program);
          return program;
        });
        return {
          ...beforeStep(testbed, 'the server closes first', closesFirst),
          client: remembering,
        };
      });
      expect(await failure(lab)).toEqual({
        step: 'the server closes first',
        kind: 'end-in-state',
        asked: { host: 'server', state: 'FIN-WAIT-1' },
        saw: 'no socket',
      });
    });

    test('a state never comes', async ({ expect }) => {
      const lab = withFault(timeWait, (testbed) =>
        // The ACK of its FIN never gets to the server.
        beforeStep(testbed, 'the server closes first', () =>
          testbed.wire.drop({ to: testbed.server, flags: '.' }),
        ),
      );
      expect(await failure(lab)).toEqual({
        step: 'the server closes first',
        kind: 'end-in-state',
        asked: { host: 'server', state: 'FIN-WAIT-2' },
        saw: { orphaned: true, recvQ: 0, sendQ: 1, state: 'FIN-WAIT-1' },
      });
    });

    test('a client is still connected when the server ends', async ({ expect }) => {
      const lab = withFault(clientTimeWait, (testbed) =>
        beforeStep(testbed, 'the server starts again at once, without SO_REUSEADDR', async () => {
          const cli = await testbed.client.run('echo-client');
          await cli.type('hello');
          await testbed.expect(cli).toPrint('read:ok');
        }),
      );
      expect(await failure(lab)).toEqual({
        step: 'the server starts again at once, without SO_REUSEADDR',
        kind: 'program-listens',
        asked: { host: 'server', name: 'echo-server', port: 6000 },
        saw: { call: 'bind EADDRINUSE', printed: undefined, signal: null, status: 1 },
      });
    });

    test('the server does not close after its answer', async ({ expect }) => {
      const lab = withFault(serverClosesEach, (testbed) => ({
        ...testbed,
        server: withRun(testbed.server, (run) => (_name, options) => run('echo-server', options)),
      }));
      expect(await failure(lab)).toEqual({
        step: 'the first visitor',
        kind: 'end-in-state',
        asked: { host: 'server', orphaned: true, state: 'FIN-WAIT-2' },
        saw: { orphaned: false, recvQ: 0, sendQ: 0, state: 'ESTABLISHED' },
      });
    });

    test('a reset ends TIME-WAIT early', async ({ expect }) => {
      const lab = withFault(timeWaitExpiry, (testbed) => {
        const { server, wire, expect: sees } = testbed;
        return beforeStep(testbed, 'more than tcp_fin_timeout later', async () => {
          const conn = wire.between(6000, 7000);
          const { names } = await sees(wire).toHaveCarried(conn, 'server > client F. seq=s');
          await server.inject(conn, `R seq=${(names['s'] ?? NaN) + 1}`);
        });
      });
      expect(await failure(lab)).toEqual({
        step: 'more than tcp_fin_timeout later',
        kind: 'end-stays',
        asked: { host: 'client', ms: 2000, state: 'TIME-WAIT' },
        saw: 'no socket',
      });
    });

    test('the last ACK arrives', async ({ expect }) => {
      const lab = withFault(lostLastAck, (testbed) => ({
        ...testbed,
        wire: losingNothing(testbed.wire),
      }));
      expect(await failure(lab)).toEqual({
        step: 'the FIN comes again, and TIME-WAIT is there',
        kind: 'end-in-state',
        asked: { host: 'server', state: 'LAST-ACK' },
        saw: 'no socket',
      });
    });

    test('the reset that answers the ACK of TIME-WAIT arrives', async ({ expect }) => {
      const lab = withFault(lateSegment, (testbed) => ({
        ...testbed,
        wire: losingNothing(testbed.wire),
      }));
      expect(await failure(lab)).toEqual({
        step: 'the old data reach TIME-WAIT',
        kind: 'end-in-state',
        asked: { host: 'server', state: 'TIME-WAIT' },
        saw: 'no socket',
      });
    });
  },
  60_000,
);

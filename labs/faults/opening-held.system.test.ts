/** Labs have teeth: in a world that is not as a lab says, the lab fails, and says what is wrong. */
import { describe, test } from 'vitest';
import type { SocketShell } from '../../harness/vocabulary/socket-shell.ts';
import type { Side } from '../../harness/vocabulary/sides.ts';
import listenConnect from '../listen-connect.ts';
import oldDuplicateSyn from '../old-duplicate-syn.ts';
import simultaneousOpen from '../simultaneous-open.ts';
import synReceivedClose from '../syn-received-close.ts';
import synTimeout from '../syn-timeout.ts';
import { beforeStep, failure, instead, withFault, withOptions } from './fault.fixture.ts';

describe.concurrent(
  'a lab fails when',
  () => {
    test('one of two SYNs that should cross is lost', async ({ expect }) => {
      const lab = withFault(simultaneousOpen, async (testbed) => {
        await testbed.wire.drop({ to: testbed.server, flags: 'S' });
        return testbed;
      });
      expect(await failure(lab)).toEqual({
        step: "the client's SYN reaches the server",
        kind: 'end-in-state',
        asked: { host: 'server', orphaned: false, state: 'SYN-RECEIVED' },
        saw: { orphaned: false, recvQ: 0, sendQ: 1, state: 'SYN-SENT' },
      });
    });

    test('somebody listens after all', async ({ expect }) => {
      const lab = withFault(simultaneousOpen, async (testbed) => {
        await testbed.server.run('echo-server', { port: 6001 });
        return testbed;
      });
      expect(await failure(lab)).toEqual({
        step: "the client's SYN+ACK reaches the server, and is acknowledged",
        kind: 'sockets',
        asked: { counts: { ESTABLISHED: 1 }, host: 'server' },
        saw: { counts: { ESTABLISHED: 1, LISTEN: 1 } },
      });
    });

    test('a reset answers the SYN', async ({ expect }) => {
      const lab = withFault(synTimeout, (testbed) => {
        const { server, wire, expect: sees } = testbed;
        const client = withOptions(testbed.client, { sourcePort: 7000 });
        const refuses = async (): Promise<void> => {
          const conn = wire.between(6000, 7000);
          const { names } = await sees(wire).toHaveCarried(conn, 'client > server  S  seq=x');
          await server.inject(conn, `R. ack=${(names['x'] ?? NaN) + 1}`);
        };
        return { ...beforeStep(testbed, 'the client gives up', refuses), client };
      });
      expect(await failure(lab)).toEqual({
        step: 'the client gives up',
        kind: 'program-fails',
        asked: {
          after: 7000,
          call: 'connect',
          code: 'ETIMEDOUT',
          host: 'client',
          name: 'echo-client',
        },
        saw: 'connect ECONNREFUSED',
      });
    });

    test('nothing comes back to the old SYN', async ({ expect }) => {
      const lab = withFault(oldDuplicateSyn, async (testbed) => {
        await testbed.wire.drop({ to: testbed.client, flags: 'S.' });
        return testbed;
      });
      expect(await failure(lab)).toEqual({
        step: 'the answer to it is answered by a reset; the new SYN is lost',
        kind: 'end-gone',
        asked: { host: 'server' },
        saw: { orphaned: true, recvQ: 0, sendQ: 0, state: 'SYN-RECEIVED' },
      });
    });

    test('the connection is ESTABLISHED before it is closed', async ({ expect }) => {
      const lab = withFault(synReceivedClose, (testbed) =>
        beforeStep(testbed, 'the server closes', async () => {
          const { wire, expect: sees } = testbed;
          await wire.carry();
          const both = { server: 'ESTABLISHED', client: 'ESTABLISHED' } as const;
          await sees(wire.between(6000, 7000)).toBeIn(both);
          await wire.hold();
        }),
      );
      expect(await failure(lab)).toEqual({
        step: 'the server closes',
        kind: 'end-in-state',
        asked: { host: 'client', state: 'SYN-SENT' },
        saw: { orphaned: false, recvQ: 0, sendQ: 0, state: 'ESTABLISHED' },
      });
    });

    test('the socket that connects does not listen', async ({ expect }) => {
      const lab = withFault(listenConnect, (testbed) => {
        const shells: SocketShell[] = [];
        const title = 'it can neither connect nor send, and listens on';
        const stopsListening = async (): Promise<void> => {
          for (const shell of shells) await shell.does('shutdown 3 RD');
        };
        return {
          ...beforeStep(testbed, title, stopsListening),
          server: withShells(testbed.server, shells),
        };
      });
      expect(await failure(lab)).toEqual({
        step: 'it can neither connect nor send, and listens on',
        kind: 'call-returns',
        asked: {
          call: 'connect 3 CLIENT:7000',
          host: 'server',
          name: 'socket-shell',
          wanted: { code: 'EISCONN' },
        },
        saw: { line: 'connect(3, CLIENT:7000) = 0' },
      });
    });
  },
  60_000,
);

/** The same host, whose shells others can type into as well. */
const withShells = (side: Side, shells: SocketShell[]): Side =>
  instead(side, {
    shell: async (script) => {
      const shell = await side.shell(script);
      shells.push(shell);
      return shell;
    },
  });

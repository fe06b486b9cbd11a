/** Labs have teeth: in a world that is not as a lab says, the lab fails, and says what is wrong. */
import { describe, test } from 'vitest';
import type { Program, Starting } from '../../harness/vocabulary/program.ts';
import type { SocketShell } from '../../harness/vocabulary/socket-shell.ts';
import close from '../close.ts';
import closeWaitLeak from '../close-wait-leak.ts';
import finWait2Timeout from '../fin-wait-2-timeout.ts';
import halfClose from '../half-close.ts';
import simultaneousClose from '../simultaneous-close.ts';
import threeSegmentClose from '../three-segment-close.ts';
import {
  beforeStep,
  failure,
  instead,
  lossless,
  misheard,
  withFault,
  withCopies,
  withRun,
} from './fault.fixture.ts';

/** The program that is starting, at whose end something happens. */
const withType = (starting: Starting, ends: (program: Program) => Promise<void>): Starting =>
  instead(starting, {
    then: (onReady, onError) =>
      starting
        .then((program) =>
          instead(program, {
            type: (line) => (line === 'end' ? ends(program) : program.type(line)),
          }),
        )
        .then(onReady, onError),
  });

describe.concurrent(
  'a lab fails when',
  () => {
    test('a segment too many is carried', async ({ expect }) => {
      const lab = withFault(close, (testbed) => {
        const { client, wire, connected } = testbed;
        const conn = wire.between(6000, 7000);
        // Far outside the window it does nothing.
        const injects = () => client.inject(conn, 'R seq=0');
        return {
          ...beforeStep(testbed, 'its ACK reaches the server', injects),
          connected: () => connected({ client: 'bind 3 client:7000' }),
        };
      });
      expect(await failure(lab)).toEqual({
        step: undefined,
        kind: 'carried',
        asked: { flow: { clientPort: 7000, serverPort: 6000 }, repeats: false, whole: true },
        saw: { expected: { line: 7 }, segment: 'client > server R' },
      });
    });

    test('the program is slower than its kernel', async ({ expect }) => {
      const lab = withFault(threeSegmentClose, (testbed) => {
        const { client, expect: sees } = testbed;
        const servers: Starting[] = [];
        let before = 0;
        /** The server stands still until the ACK has gone out alone. */
        const ends = async (cli: Program): Promise<void> => {
          for (const server of servers) await (await server).signal('SIGSTOP');
          await cli.type('end');
          await sees(client.sockets(7000)).toBe({ 'FIN-WAIT-2': 1, 'TIME-WAIT': before++ });
          for (const server of servers) await (await server).signal('SIGCONT');
        };
        return {
          ...testbed,
          client: withRun(client, (run) => (name, options) => withType(run(name, options), ends)),
          server: withRun(testbed.server, (run) => (name, options) => {
            const server = run(name, options);
            servers.push(server);
            return server;
          }),
        };
      });
      expect(await failure(lab)).toEqual({
        step: undefined,
        kind: 'carried',
        asked: { flow: { serverPort: 7000 }, repeats: false, whole: false },
        saw: { expected: { line: 2 }, segment: 'server > client .' },
      });
    });

    test('the ACK of the FIN is not lost', async ({ expect }) => {
      const lab = withFault(threeSegmentClose, (testbed) => ({
        ...testbed,
        wire: lossless(testbed.wire),
      }));
      expect(await failure(lab)).toEqual({
        step: 'a server that closes later: its ACK goes alone, and is lost',
        kind: 'end-in-state',
        asked: { host: 'client', state: 'FIN-WAIT-1' },
        saw: { orphaned: true, recvQ: 0, sendQ: 0, state: 'FIN-WAIT-2' },
      });
    });

    test('the ACK comes right behind the FIN', async ({ expect }) => {
      const lab = withFault(simultaneousClose, (testbed) => ({
        ...testbed,
        wire: lossless(testbed.wire),
      }));
      expect(await failure(lab)).toEqual({
        step: "the client's FIN reaches the server; the ACK behind it is lost",
        kind: 'end-in-state',
        asked: { host: 'server', state: 'CLOSING' },
        saw: { orphaned: true, recvQ: 0, sendQ: 0, state: 'TIME-WAIT' },
      });
    });

    test('the client closes both directions', async ({ expect }) => {
      const lab = withFault(halfClose, (testbed) => ({
        ...testbed,
        connected: async () => {
          const made = await testbed.connected();
          return { ...made, cli: misheard(made.cli, 'shutdown 3 WR', 'shutdown 3 RDWR') };
        },
      }));
      expect(await failure(lab)).toEqual({
        step: 'the server sends, the client receives',
        kind: 'call-returns',
        asked: {
          call: 'recv 3',
          host: 'client',
          name: 'socket-shell',
          wanted: { result: '5 "hello"' },
        },
        saw: { line: 'recv(3, 127, 0) = -1 ECONNRESET (104)' },
      });
    });

    test('what the client sends comes twice', async ({ expect }) => {
      // The copy of the last ACK meets nobody, and its reset would end TIME-WAIT.
      const client = { ...halfClose.sysctls?.client, 'net.ipv4.tcp_rfc1337': '1' };
      const lab = withFault({ ...halfClose, sysctls: { client } }, withCopies);
      expect(await failure(lab)).toEqual({
        step: undefined,
        kind: 'carried',
        asked: { flow: { serverPort: 6000 }, repeats: false, whole: true },
        saw: { expected: { line: 3 }, segment: 'client > server S' },
      });
    });

    test('the kernel waits less long than the lab says', async ({ expect }) => {
      const sysctls = { server: { 'net.ipv4.tcp_fin_timeout': '1' } };
      expect(await failure({ ...finWait2Timeout, sysctls })).toEqual({
        step: 'the server is stopped, the client does nothing',
        kind: 'end-gone',
        asked: { host: 'server', lasting: { ms: 5000, state: 'FIN-WAIT-2' } },
        saw: 'gone',
      });
    });

    test('the server remembers to close', async ({ expect }) => {
      const shells: SocketShell[] = [];
      const lab = withFault(closeWaitLeak, (testbed) => ({
        ...beforeStep(testbed, 'the clients have given up, the server has not', async () => {
          for (const shell of shells) await shell.does('close 5');
        }),
        server: instead(testbed.server, {
          shell: async (script) => {
            const shell = await testbed.server.shell(script);
            shells.push(shell);
            return shell;
          },
        }),
      }));
      expect(await failure(lab)).toEqual({
        step: 'the clients have given up, the server has not',
        kind: 'end-stays',
        asked: { host: 'server', ms: 4000, orphaned: false, state: 'CLOSE-WAIT' },
        saw: 'no socket',
      });
    });
  },
  60_000,
);

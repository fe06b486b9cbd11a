/** Labs have teeth: in a world that is not as a lab says, the lab fails, and says what is wrong. */
import { describe, expect, test } from 'vitest';
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
  sabotaged,
  withCopies,
  withRun,
} from './sabotaged.fixture.ts';

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
    test('a segment too many is carried', async () => {
      const lab = sabotaged(close, (bench) => {
        const { client, wire, connected } = bench;
        const conn = wire.between(6000, 7000);
        // Far outside the window it does nothing.
        const forges = () => client.forge(conn, 'R seq=0');
        return {
          ...beforeStep(bench, 'the ACK of it reaches the server', forges),
          connected: () => connected({ client: 'bind 3 client:7000' }),
        };
      });
      const reason = await failure(lab);
      expect(reason.replace(/ \(\d+\)/, ' (N)')).toBe(
        "expected on the wire nothing but client > server S / server > client S. / client > server . / client > server F. seq=c / server > client . ack=c+1 / server > client F. seq=s ack=c+1 / client > server . ack=s+1, saw client > server R seq=0 instead of line 7, client > server . ack=s+1 (N), in the HOST's capture",
      );
    });

    test('the program is slower than its kernel', async () => {
      const lab = sabotaged(threeSegmentClose, (bench) => {
        const { client, expect: sees } = bench;
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
          ...bench,
          client: withRun(client, (run) => (name, options) => withType(run(name, options), ends)),
          server: withRun(bench.server, (run) => (name, options) => {
            const server = run(name, options);
            servers.push(server);
            return server;
          }),
        };
      });
      const reason = await failure(lab);
      expect(reason.replace(/ \(\d+\)/, ' (N)')).toBe(
        "expected on the wire client > server F. seq=c / server > client F. seq=s ack=c+1 / client > server . ack=s+1, saw server > client . seq=N ack=N instead of line 2, server > client F. seq=s ack=c+1 (N), in the HOST's capture",
      );
    });

    test('the ACK of the FIN is not lost', async () => {
      const lab = sabotaged(threeSegmentClose, (bench) => ({
        ...bench,
        wire: lossless(bench.wire),
      }));
      expect(await failure(lab)).toBe(
        "expected the client's end (CLIENT) in FIN-WAIT-1, saw FIN-WAIT-2, timer timewait N s",
      );
    });

    test('the ACK comes right behind the FIN', async () => {
      const lab = sabotaged(simultaneousClose, (bench) => ({
        ...bench,
        wire: lossless(bench.wire),
      }));
      expect(await failure(lab)).toBe(
        "expected the server's end (SERVER:6000) in CLOSING, saw TIME-WAIT, timer timewait N s",
      );
    });

    test('the client closes both directions', async () => {
      const lab = sabotaged(halfClose, (bench) => ({
        ...bench,
        connected: async () => {
          const made = await bench.connected();
          return { ...made, cli: misheard(made.cli, 'shutdown 3 WR', 'shutdown 3 RDWR') };
        },
      }));
      expect(await failure(lab)).toBe(
        `expected 'recv 3' at the client to return 5 "hello", saw recv(3, 127, 0) = -1 ECONNRESET (104)`,
      );
    });

    test('what the client sends comes twice', async () => {
      // The copy of the last ACK meets nobody, and its reset would end TIME-WAIT.
      const client = { ...halfClose.sysctls?.client, 'net.ipv4.tcp_rfc1337': '1' };
      const lab = sabotaged({ ...halfClose, sysctls: { client } }, withCopies);
      expect(await failure(lab)).toMatch(
        /^expected on the wire nothing but client > server S \/ .*, saw client > server S seq=N .*, in the HOST's capture$/,
      );
    });

    test('the kernel waits less long than the lab says', async () => {
      const sysctls = { server: { 'net.ipv4.tcp_fin_timeout': '1' } };
      const reason = await failure({ ...finWait2Timeout, sysctls });
      expect(reason.replace(/after [^a-z]* m?s.*/, 'after ...')).toBe(
        "expected the server's end (SERVER:6000) gone about 3 s after it went to FIN-WAIT-2, saw it gone after ...",
      );
    });

    test('the server remembers to close', async () => {
      const shells: SocketShell[] = [];
      const lab = sabotaged(closeWaitLeak, (bench) => ({
        ...beforeStep(bench, 'the clients have given up, the server has not', async () => {
          for (const shell of shells) await shell.does('close 5');
        }),
        server: instead(bench.server, {
          shell: async (script) => {
            const shell = await bench.server.shell(script);
            shells.push(shell);
            return shell;
          },
        }),
      }));
      expect(await failure(lab)).toBe(
        "expected the server's end (SERVER:6000) in CLOSE-WAIT, held by a process for 4 s, saw no such socket (CLOSED)",
      );
    });
  },
  60_000,
);

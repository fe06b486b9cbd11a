/** Labs have teeth: in a world that is not as a lab says, the lab fails, and says what is wrong. */
import { describe, expect, test } from 'vitest';
import { netns } from '../harness/backend/netns.ts';
import type { Bench, Lab } from '../harness/index.ts';
import type { ProgramOptions } from '../harness/lab/program.ts';
import { runLab } from '../harness/lab/run.ts';
import type { Side } from '../harness/lab/sides.ts';
import backlogFull from './backlog-full.ts';
import bindRestart from './bind-restart.ts';
import handshake from './handshake.ts';
import lateAck from './late-ack.ts';
import reuseaddr from './reuseaddr.ts';
import timeWait from './time-wait.ts';
import wrongPort from './wrong-port.ts';

/** The lab, on a bench that has been tampered with. */
const sabotaged = (lab: Lab, tamper: (bench: Bench) => Bench | Promise<Bench>): Lab => ({
  ...lab,
  body: async (bench) => {
    await lab.body(await tamper(bench));
  },
});

type Run = Side['run'];

/** The same host, on which programs are started otherwise. */
function withRun(side: Side, change: (run: Run) => Run): Side {
  const run = change((name, options) => side.run(name, options));
  return new Proxy(side, {
    get: (_side, key): unknown => {
      const part: unknown = key === 'run' ? run : Reflect.get(side, key, side);
      return typeof part === 'function' && key !== 'run' ? (part.bind(side) as unknown) : part;
    },
  });
}

/** Its programs get other options than the lab says. */
const withOptions = (side: Side, options: ProgramOptions): Side =>
  withRun(side, (run) => (name, given) => run(name, { ...given, ...options }));

/** The bench, on which something happens before a step begins. */
const beforeStep = (bench: Bench, title: string, happens: () => Promise<void>): Bench => ({
  ...bench,
  step: async (name, body) => {
    if (name === title) await happens();
    await bench.step(name, body);
  },
});

/** What a lab fails for: the reason, then the evidence. What differs from run to run is made the same. */
async function failures(lab: Lab): Promise<string[]> {
  const { signal } = new AbortController();
  const options = { backend: netns, reason: '', slow: false, harness: '', signal };
  const { status, leftBehind, message = '' } = await runLab(lab, options);
  expect({ status, leftBehind }).toEqual({ status: 'failed', leftBehind: undefined });
  return (
    message
      .replace(/10\.\d+\.\d+\.1\b/g, 'SERVER')
      .replace(/10\.\d+\.\d+\.2:\d+/g, 'CLIENT')
      .replace(/(seq=|ack=|timewait )[1-9]\d*/g, '$1N')
      .replace(/held by \S+ \(pid \d+\)/g, 'held by PROGRAM')
      // Either host's tcpdump may be the first to be heard of.
      .replace(/in the (server|client)'s capture/g, "in the HOST's capture")
      .replace(/timer on .*/g, 'timer on ...')
      .split('\n')
  );
}

async function failure(lab: Lab): Promise<string> {
  const [reason = ''] = await failures(lab);
  return reason;
}

describe.concurrent(
  'a lab fails when',
  () => {
    test('the server sets SO_REUSEADDR where the lab says it does not', async () => {
      const lab = sabotaged(bindRestart, (bench) => ({
        ...bench,
        server: withOptions(bench.server, { reuseAddr: true }),
      }));
      expect(await failure(lab)).toBe(
        "expected the server's echo-server to fail with EADDRINUSE, saw it in LISTEN, Recv-Q 0, Send-Q 5",
      );
    });

    test('the server does not set SO_REUSEADDR where the lab says it does', async () => {
      const lab = sabotaged(reuseaddr, (bench) => ({
        ...bench,
        server: withOptions(bench.server, { reuseAddr: false }),
      }));
      expect(await failure(lab)).toBe(
        "expected the server's echo-server to listen on port 6000, saw bind(3, SERVER:6000) = -1 EADDRINUSE (98), exit status 1",
      );
    });

    test('the kernel resets what overflows', async () => {
      const sysctls = { server: { 'net.ipv4.tcp_abort_on_overflow': '1' } };
      expect(await failure({ ...lateAck, sysctls })).toBe(
        "expected no 'server > client R|R.' on the wire for 1 s, saw server > client R seq=N win=0, in the HOST's capture",
      );
    });

    test('the server accepts', async () => {
      const lab = sabotaged(backlogFull, (bench) => ({
        ...bench,
        server: withRun(bench.server, (run) => (_name, options) => run('echo-server', options)),
      }));
      expect(await failure(lab)).toBe(
        "expected the server's end (SERVER:10000) in ESTABLISHED, held by the kernel alone, saw ESTABLISHED, held by PROGRAM",
      );
    });

    test('the reset is lost', async () => {
      const lab = sabotaged(wrongPort, async (bench) => {
        await bench.wire.drop({ to: bench.client, flags: 'R.' });
        return bench;
      });
      const [reason, ...evidence] = await failures(lab);
      expect(reason).toBe(
        "expected the client's echo-client to fail with ECONNREFUSED, saw it waiting in connect(3, SERVER:6001), its socket in SYN-SENT, Recv-Q 0, Send-Q 1, timer on ...",
      );
      // It came, and yet connect() waits.
      expect(evidence).toContainEqual(
        expect.stringContaining('server > client R. seq=0 ack=N win=0'),
      );
    });

    test('the SYN+ACK is lost', async () => {
      const lab = sabotaged(handshake, async (bench) => {
        await bench.wire.drop({ to: bench.client, flags: 'S.' });
        return bench;
      });
      expect(await failure(lab)).toBe(
        "expected the client's end (CLIENT) in ESTABLISHED, saw SYN-SENT, Recv-Q 0, Send-Q 1, timer on ...",
      );
    });

    test('the client closes first', async () => {
      const lab = sabotaged(timeWait, (bench) => {
        const { client, expect: sees } = bench;
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
          ...beforeStep(bench, 'the server closes first', closesFirst),
          client: remembering,
        };
      });
      expect(await failure(lab)).toBe(
        "expected the client's end (CLIENT) in ESTABLISHED, saw TIME-WAIT, timer timewait N s",
      );
    });

    test('a state never comes', async () => {
      const lab = sabotaged(timeWait, (bench) =>
        // The ACK of its FIN never gets to the server.
        beforeStep(bench, 'the server closes first', () =>
          bench.wire.drop({ to: bench.server, flags: '.' }),
        ),
      );
      expect(await failure(lab)).toBe(
        "expected the server's end (SERVER:6000) in FIN-WAIT-2, saw FIN-WAIT-1, Recv-Q 0, Send-Q 1, timer on ...",
      );
    });
  },
  60_000,
);

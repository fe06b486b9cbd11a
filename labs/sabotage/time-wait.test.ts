/** Labs have teeth: in a world that is not as a lab says, the lab fails, and says what is wrong. */
import { describe, expect, test } from 'vitest';
import timeWait from '../time-wait.ts';
import { beforeStep, failure, sabotaged, withRun, type Run } from './sabotaged.fixture.ts';

describe.concurrent(
  'a lab fails when',
  () => {
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

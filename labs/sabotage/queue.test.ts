/** Labs have teeth: in a world that is not as a lab says, the lab fails, and says what is wrong. */
import { describe, expect, test } from 'vitest';
import lateAck from '../late-ack.ts';
import backlogFull from '../backlog-full.ts';
import { failure, sabotaged, withRun } from './sabotaged.fixture.ts';

describe.concurrent(
  'a lab fails when',
  () => {
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
  },
  60_000,
);

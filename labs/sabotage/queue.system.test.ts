/** Labs have teeth: in a world that is not as a lab says, the lab fails, and says what is wrong. */
import { describe, expect, test } from 'vitest';
import abortOnOverflow from '../abort-on-overflow.ts';
import backlogFull from '../backlog-full.ts';
import backlogOverflow from '../backlog-overflow.ts';
import backlogSizes from '../backlog-sizes.ts';
import lateAck from '../late-ack.ts';
import slowAccept from '../slow-accept.ts';
import synCookies from '../syn-cookies.ts';
import { beforeStep, failure, sabotaged, withRun } from './sabotaged.fixture.ts';

describe.concurrent(
  'a lab fails when',
  () => {
    test('the server accepts', async () => {
      const lab = sabotaged(backlogFull, (bench) => ({
        ...bench,
        server: withRun(bench.server, (run) => (_name, options) => run('echo-server', options)),
      }));
      expect(await failure(lab)).toBe(
        "expected the server's end (SERVER:10000) in ESTABLISHED, held by the kernel alone, saw ESTABLISHED, held by PROGRAM",
      );
    });

    test('the kernel resets what overflows', async () => {
      const sysctls = { server: { 'net.ipv4.tcp_abort_on_overflow': '1' } };
      expect(await failure({ ...backlogOverflow, sysctls })).toBe(
        "expected the client's sockets to be 1 ESTABLISHED, saw none",
      );
    });

    test('the kernel does not reset what overflows', async () => {
      expect(await failure({ ...abortOnOverflow, sysctls: {} })).toBe(
        "expected the client's end (CLIENT) gone, saw ESTABLISHED",
      );
    });

    test('the data that should come with the late ACK is lost', async () => {
      const lab = sabotaged(lateAck, (bench) =>
        beforeStep(bench, 'accept makes room', () =>
          bench.wire.drop({ to: bench.server, flags: 'P.' }),
        ),
      );
      expect(await failure(lab)).toBe(
        "expected the server's end (SERVER:6000) in ESTABLISHED, Recv-Q 5, held by the kernel alone, saw ESTABLISHED, held by the kernel alone",
      );
    });

    test('a dropped SYN does not come again', async () => {
      const lab = sabotaged(slowAccept, (bench) =>
        beforeStep(bench, 'accept makes room again, and the next SYN of the third finds it', () =>
          bench.wire.drop({ to: bench.server, flags: 'S' }),
        ),
      );
      expect(await failure(lab)).toBe(
        "expected the server's end (SERVER:6000) in ESTABLISHED, held by the kernel alone, saw no such socket (CLOSED)",
      );
    });

    test('somaxconn is smaller than what listen asks for', async () => {
      const sysctls = { server: { 'net.core.somaxconn': '4' } };
      expect(await failure({ ...backlogSizes, sysctls })).toBe(
        'expected the server in LISTEN on port 6005, Recv-Q 6 (not accepted), Send-Q 5 (backlog), saw LISTEN, Recv-Q 5, Send-Q 4',
      );
    });

    test('there are no cookies', async () => {
      const sysctls = { both: { 'net.ipv4.tcp_syncookies': '0' } };
      expect(await failure({ ...synCookies, sysctls })).toBe(
        "expected on the wire client > server S / server > client S. ack=N / client > server R seq=N, saw nothing for line 2, server > client S. ack=N, in the HOST's capture",
      );
    });
  },
  60_000,
);

/** Labs have teeth: in a world that is not as a lab says, the lab fails, and says what is wrong. */
import { describe, test } from 'vitest';
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
    test('the server accepts', async ({ expect }) => {
      const lab = sabotaged(backlogFull, (bench) => ({
        ...bench,
        server: withRun(bench.server, (run) => (_name, options) => run('echo-server', options)),
      }));
      expect(await failure(lab)).toMatchInlineSnapshot();
    });

    test('the kernel resets what overflows', async ({ expect }) => {
      const sysctls = { server: { 'net.ipv4.tcp_abort_on_overflow': '1' } };
      expect(await failure({ ...backlogOverflow, sysctls })).toMatchInlineSnapshot();
    });

    test('the kernel does not reset what overflows', async ({ expect }) => {
      expect(await failure({ ...abortOnOverflow, sysctls: {} })).toMatchInlineSnapshot();
    });

    test('the data that should come with the late ACK is lost', async ({ expect }) => {
      const lab = sabotaged(lateAck, (bench) =>
        beforeStep(bench, 'accept makes room', () =>
          bench.wire.drop({ to: bench.server, flags: 'P.' }),
        ),
      );
      expect(await failure(lab)).toMatchInlineSnapshot();
    });

    test('a dropped SYN does not come again', async ({ expect }) => {
      const lab = sabotaged(slowAccept, (bench) =>
        beforeStep(bench, 'accept makes room again, and the next SYN of the third finds it', () =>
          bench.wire.drop({ to: bench.server, flags: 'S' }),
        ),
      );
      expect(await failure(lab)).toMatchInlineSnapshot();
    });

    test('somaxconn is smaller than what listen asks for', async ({ expect }) => {
      const sysctls = { server: { 'net.core.somaxconn': '4' } };
      expect(await failure({ ...backlogSizes, sysctls })).toMatchInlineSnapshot();
    });

    test('there are no cookies', async ({ expect }) => {
      const sysctls = { both: { 'net.ipv4.tcp_syncookies': '0' } };
      expect(await failure({ ...synCookies, sysctls })).toMatchInlineSnapshot();
    });
  },
  60_000,
);

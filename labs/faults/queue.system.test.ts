/** Labs have teeth: in a world that is not as a lab says, the lab fails, and says what is wrong. */
import { describe, test } from 'vitest';
import abortOnOverflow from '../abort-on-overflow.ts';
import backlogFull from '../backlog-full.ts';
import backlogOverflow from '../backlog-overflow.ts';
import backlogSizes from '../backlog-sizes.ts';
import lateAck from '../late-ack.ts';
import slowAccept from '../slow-accept.ts';
import synCookies from '../syn-cookies.ts';
import { beforeStep, failure, withFault, withRun } from './fault.fixture.ts';

describe.concurrent(
  'a lab fails when',
  () => {
    test('the server accepts', async ({ expect }) => {
      const lab = withFault(backlogFull, (testbed) => ({
        ...testbed,
        server: withRun(testbed.server, (run) => (_name, options) => run('echo-server', options)),
      }));
      expect(await failure(lab)).toEqual({
        step: 'two clients get in: one more than listen(1) says',
        kind: 'end-in-state',
        asked: { host: 'server', orphaned: true, state: 'ESTABLISHED' },
        saw: { orphaned: false, recvQ: 0, sendQ: 0, state: 'ESTABLISHED' },
      });
    });

    test('the kernel resets what overflows', async ({ expect }) => {
      const sysctls = { server: { 'net.ipv4.tcp_abort_on_overflow': '1' } };
      expect(await failure({ ...backlogOverflow, sysctls })).toEqual({
        step: 'the server gives up, and says so only when it is asked',
        kind: 'end-in-state',
        asked: { host: 'server', orphaned: true, state: 'SYN-RECEIVED' },
        saw: 'no socket',
      });
    });

    test('the kernel does not reset what overflows', async ({ expect }) => {
      expect(await failure({ ...abortOnOverflow, sysctls: {} })).toEqual({
        step: 'the ACK is answered by a reset',
        kind: 'end-gone',
        asked: { host: 'client' },
        saw: { orphaned: false, recvQ: 0, sendQ: 0, state: 'ESTABLISHED' },
      });
    });

    test('the data that should come with the late ACK is lost', async ({ expect }) => {
      const lab = withFault(lateAck, (testbed) =>
        beforeStep(testbed, 'accept makes room', () =>
          testbed.wire.drop({ to: testbed.server, flags: 'P.' }),
        ),
      );
      expect(await failure(lab)).toEqual({
        step: 'accept makes room',
        kind: 'end-in-state',
        asked: { host: 'server', orphaned: true, recvQ: 5, state: 'ESTABLISHED' },
        saw: { orphaned: true, recvQ: 0, sendQ: 0, state: 'ESTABLISHED' },
      });
    });

    test('a dropped SYN does not come again', async ({ expect }) => {
      const lab = withFault(slowAccept, (testbed) =>
        beforeStep(testbed, 'accept makes room again, and the next SYN of the third finds it', () =>
          testbed.wire.drop({ to: testbed.server, flags: 'S' }),
        ),
      );
      expect(await failure(lab)).toEqual({
        step: 'accept makes room again, and the next SYN of the third finds it',
        kind: 'end-in-state',
        asked: { host: 'server', orphaned: true, state: 'ESTABLISHED' },
        saw: 'no socket',
      });
    });

    test('somaxconn is smaller than what listen asks for', async ({ expect }) => {
      const sysctls = { server: { 'net.core.somaxconn': '4' } };
      expect(await failure({ ...backlogSizes, sysctls })).toEqual({
        step: 'listen(5): 6 get in',
        kind: 'listening',
        asked: { backlog: 5, host: 'server', port: 6005, queued: 6 },
        saw: { orphaned: false, recvQ: 5, sendQ: 4, state: 'LISTEN' },
      });
    });

    test('there are no cookies', async ({ expect }) => {
      const sysctls = { both: { 'net.ipv4.tcp_syncookies': '0' } };
      expect(await failure({ ...synCookies, sysctls })).toEqual({
        step: 'with cookies all are answered',
        kind: 'carried',
        asked: { flow: { clientPort: 7020, serverPort: 6000 }, repeats: false, whole: false },
        saw: { expected: { line: 2 }, segment: 'nothing' },
      });
    });
  },
  60_000,
);

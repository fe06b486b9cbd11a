/** Labs have teeth: in a world that is not as a lab says, the lab fails, and says what is wrong. */
import { describe, test } from 'vitest';
import wrongPort from '../wrong-port.ts';
import handshake from '../handshake.ts';
import { beforeStep, failure, withFault, withCopies } from './fault.fixture.ts';

describe.concurrent(
  'a lab fails when',
  () => {
    test('the reset is lost', async ({ expect }) => {
      const lab = withFault(wrongPort, async (testbed) => {
        await testbed.wire.drop({ to: testbed.client, flags: 'R.' });
        return testbed;
      });
      // It came, and yet connect() waits.
      expect(await failure(lab)).toEqual({
        step: 'the client connects to a port where nobody listens',
        kind: 'program-fails',
        asked: { call: 'connect', code: 'ECONNREFUSED', host: 'client', name: 'echo-client' },
        saw: { last: 'connect enter', sockets: ['SYN-SENT'] },
      });
    });

    test('the SYN comes twice', async ({ expect }) => {
      expect(await failure(withFault(wrongPort, withCopies))).toEqual({
        step: undefined,
        kind: 'carried',
        asked: { flow: { serverPort: 6001 }, repeats: false, whole: true },
        saw: { expected: { line: 2 }, segment: 'client > server S' },
      });
    });

    test('what the client sends comes twice', async ({ expect }) => {
      const lab = withFault(handshake, (testbed) => {
        const twice = (): Promise<void> => testbed.wire.duplicate({ from: testbed.client });
        const syn = beforeStep(testbed, 'the SYN reaches the server', twice);
        return beforeStep(syn, 'the ACK reaches the server', twice);
      });
      expect(await failure(lab)).toEqual({
        step: undefined,
        kind: 'carried',
        asked: { flow: { serverPort: 6000 }, repeats: false, whole: true },
        saw: { expected: { line: 2 }, segment: 'client > server S' },
      });
    });

    test('the SYN+ACK is lost', async ({ expect }) => {
      const lab = withFault(handshake, async (testbed) => {
        await testbed.wire.drop({ to: testbed.client, flags: 'S.' });
        return testbed;
      });
      expect(await failure(lab)).toEqual({
        step: 'the SYN+ACK reaches the client',
        kind: 'end-in-state',
        asked: { host: 'client', state: 'ESTABLISHED' },
        saw: { orphaned: false, recvQ: 0, sendQ: 1, state: 'SYN-SENT' },
      });
    });
  },
  60_000,
);

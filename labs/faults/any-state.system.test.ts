/** Labs have teeth: in a world that is not as a lab says, the lab fails, and says what is wrong. */
import { describe, test } from 'vitest';
import type { Testbed } from '../../harness/index.ts';
import resetReceived from '../reset-received.ts';
import resetSent from '../reset-sent.ts';
import selfConnect from '../self-connect.ts';
import timeWaitSyn from '../time-wait-syn.ts';
import { beforeStep, failure, withFault } from './fault.fixture.ts';

describe.concurrent(
  'a lab fails when',
  () => {
    test('what a socket sends to itself is lost', async ({ expect }) => {
      const lab = withFault(selfConnect, (testbed) =>
        beforeStep(testbed, 'it hears itself', () =>
          testbed.wire.drop({ to: testbed.server, flags: 'P.' }),
        ),
      );
      expect(await failure(lab)).toEqual({
        step: 'it hears itself',
        kind: 'call-returns',
        asked: {
          call: 'recv 3',
          host: 'server',
          name: 'socket-shell',
          wanted: { result: '5 "hello"' },
        },
        saw: { last: 'recv enter', sockets: ['ESTABLISHED'] },
      });
    });

    test('a new SYN is lost', async ({ expect }) => {
      const lab = withFault(timeWaitSyn, (testbed) =>
        beforeStep(testbed, 'a higher number is new', () =>
          testbed.wire.drop({ to: testbed.server, flags: 'S' }),
        ),
      );
      expect(await failure(lab)).toEqual({
        step: 'a higher number is new',
        kind: 'end-in-state',
        asked: { host: 'server', state: 'SYN-RECEIVED' },
        saw: { orphaned: true, recvQ: 0, sendQ: 0, state: 'TIME-WAIT' },
      });
    });

    test('a SYN is answered by a reset', async ({ expect }) => {
      const title = 'a higher number is new';
      const lab = withFault(timeWaitSyn, (testbed) =>
        beforeStep(testbed, title, () =>
          testbed.server.inject(testbed.wire.between(6000, 7000), 'R seq=1'),
        ),
      );
      expect(await failure(lab)).toEqual({
        step: undefined,
        kind: 'not-carried',
        asked: { flow: { serverPort: 6000 }, line: 'server > client  R|R.' },
        saw: { segment: 'server > client R' },
      });
    });

    test('the reset is lost', async ({ expect }) => {
      const lab = withFault(resetReceived, (testbed) =>
        beforeStep(testbed, 'in ESTABLISHED a reset comes', () =>
          testbed.wire.drop({ to: testbed.client, flags: 'R' }),
        ),
      );
      expect(await failure(lab)).toEqual({
        step: 'in ESTABLISHED a reset comes',
        kind: 'end-gone',
        asked: { host: 'client' },
        saw: { orphaned: false, recvQ: 0, sendQ: 0, state: 'ESTABLISHED' },
      });
    });

    test('the client closes and does not abort', async ({ expect }) => {
      const lab = withFault(resetSent, (testbed) => {
        const reach: Testbed['reach'] = async (state) => {
          const reached = await testbed.reach(state);
          const { cli } = reached;
          const polite = { does: (calls: string) => cli.does(calls.replace(/setsockopt .*/, '')) };
          return { ...reached, cli: Object.assign(Object.create(cli) as typeof cli, polite) };
        };
        return { ...testbed, reach };
      });
      expect(await failure(lab)).toEqual({
        step: 'in SYN-RECEIVED the client aborts',
        kind: 'end-gone',
        asked: { host: 'client' },
        saw: { orphaned: true, recvQ: 0, sendQ: 2, state: 'FIN-WAIT-1' },
      });
    });
  },
  60_000,
);

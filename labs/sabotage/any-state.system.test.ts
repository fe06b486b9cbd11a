/** Labs have teeth: in a world that is not as a lab says, the lab fails, and says what is wrong. */
import { describe, test } from 'vitest';
import type { Bench } from '../../harness/index.ts';
import resetReceived from '../reset-received.ts';
import resetSent from '../reset-sent.ts';
import selfConnect from '../self-connect.ts';
import timeWaitSyn from '../time-wait-syn.ts';
import { beforeStep, failure, sabotaged } from './sabotaged.fixture.ts';

describe.concurrent(
  'a lab fails when',
  () => {
    test('what a socket sends to itself is lost', async ({ expect }) => {
      const lab = sabotaged(selfConnect, (bench) =>
        beforeStep(bench, 'it hears itself', () =>
          bench.wire.drop({ to: bench.server, flags: 'P.' }),
        ),
      );
      expect(await failure(lab)).toMatchInlineSnapshot();
    });

    test('a new SYN is lost', async ({ expect }) => {
      const lab = sabotaged(timeWaitSyn, (bench) =>
        beforeStep(bench, 'a higher number is new, and so is a later timestamp', () =>
          bench.wire.drop({ to: bench.server, flags: 'S' }),
        ),
      );
      expect(await failure(lab)).toMatchInlineSnapshot();
    });

    test('a SYN is answered by a reset', async ({ expect }) => {
      const title = 'a higher number is new, and so is a later timestamp';
      const lab = sabotaged(timeWaitSyn, (bench) =>
        beforeStep(bench, title, () =>
          bench.server.forge(bench.wire.between(6000, 7000), 'R seq=1'),
        ),
      );
      expect(await failure(lab)).toMatchInlineSnapshot();
    });

    test('the reset is lost', async ({ expect }) => {
      const lab = sabotaged(resetReceived, (bench) =>
        beforeStep(bench, 'in ESTABLISHED a reset comes', () =>
          bench.wire.drop({ to: bench.client, flags: 'R' }),
        ),
      );
      expect(await failure(lab)).toMatchInlineSnapshot();
    });

    test('the client closes and does not abort', async ({ expect }) => {
      const lab = sabotaged(resetSent, (bench) => {
        const reach: Bench['reach'] = async (state) => {
          const reached = await bench.reach(state);
          const { cli } = reached;
          const polite = { does: (calls: string) => cli.does(calls.replace(/setsockopt .*/, '')) };
          return { ...reached, cli: Object.assign(Object.create(cli) as typeof cli, polite) };
        };
        return { ...bench, reach };
      });
      expect(await failure(lab)).toMatchInlineSnapshot();
    });
  },
  60_000,
);

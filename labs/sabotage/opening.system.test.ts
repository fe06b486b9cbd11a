/** Labs have teeth: in a world that is not as a lab says, the lab fails, and says what is wrong. */
import { describe, test } from 'vitest';
import wrongPort from '../wrong-port.ts';
import handshake from '../handshake.ts';
import { beforeStep, failure, sabotaged, withCopies } from './sabotaged.fixture.ts';

describe.concurrent(
  'a lab fails when',
  () => {
    test('the reset is lost', async ({ expect }) => {
      const lab = sabotaged(wrongPort, async (bench) => {
        await bench.wire.drop({ to: bench.client, flags: 'R.' });
        return bench;
      });
      // It came, and yet connect() waits.
      expect(await failure(lab)).toMatchInlineSnapshot();
    });

    test('the SYN comes twice', async ({ expect }) => {
      expect(await failure(sabotaged(wrongPort, withCopies))).toMatchInlineSnapshot();
    });

    test('what the client sends comes twice', async ({ expect }) => {
      const lab = sabotaged(handshake, (bench) => {
        const twice = (): Promise<void> => bench.wire.duplicate({ from: bench.client });
        const syn = beforeStep(bench, 'the SYN reaches the server', twice);
        return beforeStep(syn, 'the ACK reaches the server', twice);
      });
      expect(await failure(lab)).toMatchInlineSnapshot();
    });

    test('the SYN+ACK is lost', async ({ expect }) => {
      const lab = sabotaged(handshake, async (bench) => {
        await bench.wire.drop({ to: bench.client, flags: 'S.' });
        return bench;
      });
      expect(await failure(lab)).toMatchInlineSnapshot();
    });
  },
  60_000,
);

/** Labs have teeth: in a world that is not as a lab says, the lab fails, and says what is wrong. */
import { describe, expect, test } from 'vitest';
import wrongPort from '../wrong-port.ts';
import handshake from '../handshake.ts';
import { beforeStep, failure, failures, sabotaged, withCopies } from './sabotaged.fixture.ts';

describe.concurrent(
  'a lab fails when',
  () => {
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

    test('the SYN comes twice', async () => {
      expect(await failure(sabotaged(wrongPort, withCopies))).toMatch(
        /^expected on the wire nothing but client > server S .*, saw (also )?client > server S seq=N .*, in the HOST's capture$/,
      );
    });

    test('what the client sends comes twice', async () => {
      const lab = sabotaged(handshake, (bench) => {
        const twice = (): Promise<void> => bench.wire.duplicate({ from: bench.client });
        const syn = beforeStep(bench, 'the SYN reaches the server', twice);
        return beforeStep(syn, 'the ACK reaches the server', twice);
      });
      expect(await failure(lab)).toMatch(
        /^expected on the wire nothing but client > server S .*, saw client > server S seq=N .* instead of line 2, server > client S\. seq=y /,
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
  },
  60_000,
);

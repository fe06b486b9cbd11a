/** Labs have teeth: in a world that is not as a lab says, the lab fails, and says what is wrong. */
import { describe, expect, test } from 'vitest';
import bindRestart from '../bind-restart.ts';
import reuseaddr from '../reuseaddr.ts';
import { failure, sabotaged, withOptions } from './sabotaged.fixture.ts';

describe.concurrent(
  'a lab fails when',
  () => {
    test('the server sets SO_REUSEADDR where the lab says it does not', async () => {
      const lab = sabotaged(bindRestart, (bench) => ({
        ...bench,
        server: withOptions(bench.server, { reuseAddr: true }),
      }));
      expect(await failure(lab)).toBe(
        "expected the server's echo-server to fail with EADDRINUSE, saw it in LISTEN, Recv-Q 0, Send-Q 5",
      );
    });

    test('the server does not set SO_REUSEADDR where the lab says it does', async () => {
      const lab = sabotaged(reuseaddr, (bench) => ({
        ...bench,
        server: withOptions(bench.server, { reuseAddr: false }),
      }));
      expect(await failure(lab)).toBe(
        "expected the server's echo-server to listen on port 6000, saw bind(3, SERVER:6000) = -1 EADDRINUSE (98), exit status 1",
      );
    });
  },
  60_000,
);

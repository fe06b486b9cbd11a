/** A witness that is lost is not passed over: without all of the evidence there is no verdict. */
import { expect, it } from 'vitest';
import wrongPort from '../../labs/wrong-port.ts';
import { netns } from '../backend/netns.ts';
import type { Lab } from '../vocabulary/define.ts';
import { runLab } from '../run/run.ts';
import { TOKEN } from '../testing/left-behind.ts';
import { HELPERS, processesOf } from '../testing/processes.ts';
import { inEnglish, verbatim } from '../told.ts';

const ours = { token: `cut-short-${process.pid}` };
process.env[TOKEN] = ours.token;

const run = (lab: Lab): ReturnType<typeof runLab> => {
  const { signal } = new AbortController();
  return runLab(lab, { backend: netns, reason: verbatim(''), slow: false, harness: '', signal });
};

it.each(['SIGTERM', 'SIGKILL'])('a capture cut short by %s breaks the run off', async (signal) => {
  const cut: Lab = {
    ...wrongPort,
    body: async (testbed) => {
      const pids = processesOf(ours, HELPERS.tcpdump);
      expect(pids).toHaveLength(2);
      process.kill(pids[0] ?? 0, signal);
      await wrongPort.body(testbed);
    },
  };
  const { status, message, leftBehind } = await run(cut);
  expect({ status, leftBehind }).toEqual({ status: 'broken', leftBehind: undefined });
  expect(message && inEnglish(message)).toMatch(
    /^(server|client): tcpdump ended before the run did/,
  );
});

it('a host that dies breaks the run off', async () => {
  const dies: Lab = {
    ...wrongPort,
    body: async ({ client, expect: sees }) => {
      // Nothing in a host outlives its agent; that its link is gone may be seen first at the other.
      await client.run('echo-client', { port: 6001 });
      const agents = processesOf(ours, HELPERS.agent);
      expect(agents).toHaveLength(2);
      process.kill(agents[0] ?? 0, 'SIGKILL');
      await sees(client.sockets()).toBe({ ESTABLISHED: 1 });
    },
  };
  const { status, message, leftBehind } = await run(dies);
  expect({ status, leftBehind }).toEqual({ status: 'broken', leftBehind: undefined });
  expect(message && inEnglish(message)).toMatch(
    /^the (server|client) died|has ended|tcpdump ended before the run did|No such device/,
  );
});

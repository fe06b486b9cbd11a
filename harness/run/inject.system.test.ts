/** Segments that no kernel here would send: both captures have them, kernels answer them, runs replay. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Backend } from '../backend/backend.ts';
import { netns } from '../backend/netns.ts';
import { writeBundle } from '../evidence/bundle.ts';
import type { LabEvent } from '../evidence/events.ts';
import { Evidence } from '../invariants/evidence.ts';
import { checkInvariants, contradictions, toldOf } from '../invariants/invariants.ts';
import { lab, type Connection, type Lab } from '../index.ts';
import { backendsUnderTest } from '../testing/backends.ts';
import { runLab, type Outcome } from './run.ts';
import { verify } from './verify.ts';
import { inEnglish, verbatim } from '../told.ts';

let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'socket-lab-test-'));
});
afterAll(() => rm(dir, { recursive: true }));

async function run(of: Lab, backend: Backend): Promise<Outcome> {
  const { signal } = new AbortController();
  return runLab(of, { backend, reason: verbatim('a test'), slow: false, harness: 'test', signal });
}

/** Runs it, writes its bundle and judges that again. */
async function record(of: Lab, backend: Backend) {
  const outcome = await run(of, backend);
  const { stream, pcaps, message } = outcome;
  expect(message).toBeUndefined();
  const bundle = join(dir, `${backend.name}-${of.name}`);
  await writeBundle(bundle, { events: stream.events, pcaps });
  return { events: stream.events, pcaps, verified: await verify(bundle, [of]) };
}

const about = { title: 'a test', explanation: 'a test', sources: ['a test'] };

const strayings = lab(
  { ...about, name: 'injected-syn' },
  async ({ server, client, wire, expect }) => {
    await server.run('never-accept-server');
    const stray: Connection = {
      server: { address: server.address, port: 6000 },
      client: { address: client.address, port: 7000 },
    };
    // Also with the wire held: only what the kernels themselves send waits.
    await wire.hold(client);
    await client.inject(stray, 'S seq=-1 win=1000 mss=500 tsval=7 sackOK');
    const { names } = await expect(wire).toHaveCarried(
      stray,
      `client > server  S   seq=4294967295  win=1000  mss=500  tsval=7  tsecr=0  sackOK  !wscale
       server > client  S.  seq=y  ack=0  tsecr=7`,
    );
    await client.inject(stray, `P. seq=0 ack=${(names['y'] ?? 0) + 1} tsval=8 "hello"`);
    await expect(wire).toHaveCarried(
      stray,
      `client > server  P.  seq=0  len=5
       server > client  .   ack=5`,
    );
    await expect(server.end(stray)).toBeIn('ESTABLISHED', { recvQ: 5 });
    await wire.carry(client);
    // The client's kernel knows of no such connection, and says so to each of the two answers.
    await expect(wire).toHaveCarried(
      stray,
      `client > server  R  seq=0
       client > server  R  seq=5`,
    );
    await expect(server.end(stray)).toBeGone();
  },
);

/** The server's FIN is held; the client acknowledges what it has not seen. */
const foreseen = lab(
  { ...about, name: 'injected-ack', rtoMin: '10s' },
  async ({ server, client, wire, expect }) => {
    const echo = await server.run('echo-server');
    await client.run('echo-client');
    const conn = await expect(wire).connection();
    const { names } = await expect(wire).toHaveCarried(
      conn,
      `client > server  S   seq=x
       server > client  S.  seq=y`,
    );
    await wire.hold(server);
    await echo.kill();
    await expect(server.end(conn)).toBeIn('FIN-WAIT-1');
    await client.inject(conn, `. seq=${(names['x'] ?? 0) + 1} ack=${(names['y'] ?? 0) + 2}`);
    await expect(server.end(conn)).toBeIn('FIN-WAIT-2');
  },
);

describe.each(await backendsUnderTest())('on $name', (backend) => {
  it('kernels answer an injected segment, and the run replays', async () => {
    const { events, verified } = await record(strayings, backend);
    expect(verified.summary.status).toBe('passed');
    const actions = events.filter((event) => event.type === 'action' && event.op === 'inject');
    expect(actions).toMatchObject([
      {
        phase: 'begin',
        host: 'client',
        args: {
          from: { port: 7000 },
          to: { port: 6000 },
          segment: 'S seq=-1 win=1000 mss=500 tsval=7 sackOK',
        },
      },
      { phase: 'end', value: null },
      { phase: 'begin', host: 'client' },
      { phase: 'end', value: null },
    ]);
  });
});

it('an injected acknowledgement of a held FIN excuses FIN-WAIT-2, and nothing else does', async () => {
  const { events, pcaps } = await record(foreseen, netns);
  const honest = events.filter((event) => event.type !== 'action' || event.op !== 'inject');
  const found = [...contradictions(new Evidence(honest, pcaps))];
  const state = found.find(({ invariant }) => invariant.name === 'states-and-segments');
  expect(state && inEnglish(toldOf(state))).toMatch(/FIN-WAIT-2, server.pcap: no FIN sent/);
});

it('a state that stands 1 ms before the segment which led there contradicts the capture', async () => {
  const { events, pcaps } = await record(foreseen, netns);
  const isReached = (event: LabEvent): boolean =>
    (event.type === 'transition' && event.host === 'server' && event.to === 'ESTABLISHED') ||
    (event.type === 'sample' &&
      event.host === 'server' &&
      event.rows.some(({ state }) => state === 'ESTABLISHED' || state === 'SYN-RECEIVED'));
  const reached = events
    .filter(isReached)
    .map((event) => (event.type === 'sample' ? event.ended : event.t));
  const late = Math.min(...reached) + 1e6;
  const moved = events.map((event) =>
    event.type === 'packet' && event.host === 'server' && event.segment?.flags === 'S'
      ? { ...event, t: late }
      : event,
  );
  expect(() => {
    checkInvariants(moved, pcaps);
  }).toThrow(/SYN-RECEIVED, server.pcap: no SYN received; states-and-segments/);
});

it('what is no segment, or none of this host, is refused before anything is sent', async () => {
  const refused = async (address: string, text: string): Promise<Outcome> => {
    const bad = lab({ ...about, name: 'refused' }, async ({ server, client }) => {
      const ends = {
        server: { address: server.address, port: 6000 },
        client: { address, port: 7 },
      };
      await client.inject(ends, text);
    });
    return run(bad, netns);
  };
  const sent = ({ stream }: Outcome) => stream.events.filter(({ type }) => type === 'packet');
  const garbled = await refused('10.0.0.9', 'S sqe=1');
  expect(garbled).toMatchObject({ status: 'broken' });
  expect(garbled.message && inEnglish(garbled.message)).toContain(
    `injected segment 'S sqe=1': there is no field "sqe=1"`,
  );
  const stranger = await refused('192.0.2.9', 'S seq=1');
  expect(stranger).toMatchObject({ status: 'broken' });
  expect(stranger.message && inEnglish(stranger.message)).toMatch(
    /^inject: from 192.0.2.9 to 10\S+: this host injects from/,
  );
  expect([...sent(garbled), ...sent(stranger)]).toEqual([]);
});

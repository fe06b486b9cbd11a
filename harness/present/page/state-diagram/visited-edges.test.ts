import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import type { HostName, LabEvent } from '../../../evidence/events.ts';
import { historyOf } from '../../../history/history.ts';
import { parseEvents } from '../../../evidence/schema.ts';
import { EDGES, LINUX_EDGES } from '../../../tcp/states/edges.ts';
import { ladderOf } from '../../ladder/ladder.ts';
import { visitedEdges, type Visited } from './visited-edges.ts';

/** What runs left behind, as far as it tells of states: segments, samples, transitions, calls. */
const RUNS = ['time-wait', 'simultaneous-close', 'self-connect', 'reset', 'time-wait-syn'] as const;

async function run(name: (typeof RUNS)[number]): Promise<LabEvent[]> {
  const file = new URL(`visited/${name}.ndjson`, import.meta.url);
  return parseEvents(await readFile(fileURLToPath(file), 'utf8'));
}

const mainOf = (events: readonly LabEvent[]): Record<HostName, Visited> =>
  visitedEdges(historyOf(events), ladderOf(events).main ?? -1);

/** `ESTABLISHED -> FIN-WAIT-1: CLOSE / snd FIN, by ss`, an edge a line. */
const told = ({ edges }: Visited): string[] =>
  edges.map(({ from, to, when = '?', witness }) => `${from} -> ${to}: ${when}, by ${witness}`);

describe('the way through the diagram', () => {
  test('of a server that closes first, and of its client', async () => {
    const { server, client } = mainOf(await run('time-wait'));
    expect(told(server)).toMatchInlineSnapshot(`
      [
        "CLOSED -> LISTEN: passive OPEN / create TCB, by ss",
        "LISTEN -> SYN-RECEIVED: rcv SYN / snd SYN,ACK, by inferred",
        "SYN-RECEIVED -> ESTABLISHED: rcv ACK of SYN, by tracepoint",
        "ESTABLISHED -> FIN-WAIT-1: CLOSE / snd FIN, by ss",
        "FIN-WAIT-1 -> FIN-WAIT-2: rcv ACK of FIN, by ss",
        "FIN-WAIT-2 -> TIME-WAIT: rcv FIN / snd ACK, by ss",
      ]
    `);
    expect(told(client)).toMatchInlineSnapshot(`
      [
        "CLOSED -> SYN-SENT: active OPEN / create TCB, snd SYN, by tracepoint",
        "SYN-SENT -> ESTABLISHED: rcv SYN,ACK / snd ACK, by tracepoint",
        "ESTABLISHED -> CLOSE-WAIT: rcv FIN / snd ACK, by ss",
        "CLOSE-WAIT -> LAST-ACK: CLOSE / snd FIN, by ss",
        "LAST-ACK -> CLOSED: rcv ACK of FIN, by ss",
      ]
    `);
  });

  test('of both ends that close at once', async () => {
    const { server, client } = mainOf(await run('simultaneous-close'));
    expect(told(server).slice(-3)).toEqual(told(client).slice(-3));
    expect(told(client)).toMatchInlineSnapshot(`
      [
        "CLOSED -> SYN-SENT: active OPEN / create TCB, snd SYN, by tracepoint",
        "SYN-SENT -> ESTABLISHED: rcv SYN,ACK / snd ACK, by tracepoint",
        "ESTABLISHED -> FIN-WAIT-1: CLOSE / snd FIN, by ss",
        "FIN-WAIT-1 -> CLOSING: rcv FIN / snd ACK, by ss",
        "CLOSING -> TIME-WAIT: rcv ACK of FIN, by ss",
      ]
    `);
  });

  test('of a socket that is both ends, on the host that has it', async () => {
    const { server, client } = mainOf(await run('self-connect'));
    expect(told(server)).toMatchInlineSnapshot(`
      [
        "CLOSED -> SYN-SENT: active OPEN / create TCB, snd SYN, by tracepoint",
        "SYN-SENT -> SYN-RECEIVED: rcv SYN / snd SYN,ACK, by tracepoint",
        "SYN-RECEIVED -> ESTABLISHED: rcv ACK of SYN, by tracepoint",
        "ESTABLISHED -> FIN-WAIT-1: CLOSE / snd FIN, by tracepoint",
        "FIN-WAIT-1 -> CLOSING: rcv FIN / snd ACK, by tracepoint",
        "CLOSING -> TIME-WAIT: rcv ACK of FIN, by inferred",
      ]
    `);
    expect(client).toEqual({ states: [], edges: [] });
  });

  test('of ends that a reset takes out of it: which edge it was, the segment tells', async () => {
    const { server, client } = mainOf(await run('reset'));
    expect([server, client].map((end) => told(end).at(-1))).toMatchInlineSnapshot(`
      [
        "CLOSE-WAIT -> CLOSED: rcv RST, by ss",
        "FIN-WAIT-2 -> CLOSED: snd RST, by ss",
      ]
    `);
  });

  test('that no sample fell into is the tracepoint’s', async () => {
    const { server, client } = mainOf(await run('time-wait-syn'));
    expect(told(server)).toMatchInlineSnapshot(`
      [
        "CLOSED -> LISTEN: passive OPEN / create TCB, by ss",
        "LISTEN -> SYN-RECEIVED: rcv SYN / snd SYN,ACK, by inferred",
        "SYN-RECEIVED -> ESTABLISHED: rcv ACK of SYN, by tracepoint",
        "ESTABLISHED -> FIN-WAIT-1: CLOSE / snd FIN, by tracepoint",
        "FIN-WAIT-1 -> FIN-WAIT-2: rcv ACK of FIN, by tracepoint",
        "FIN-WAIT-2 -> TIME-WAIT: rcv FIN / snd ACK, by inferred",
      ]
    `);
    expect(client.states.map(({ state, witness }) => `${state} by ${witness}`))
      .toMatchInlineSnapshot(`
      [
        "CLOSED by ss",
        "SYN-SENT by tracepoint",
        "ESTABLISHED by tracepoint",
        "CLOSE-WAIT by tracepoint",
        "LAST-ACK by tracepoint",
        "CLOSED by tracepoint",
      ]
    `);
  });

  test('where the tracepoint is not read: what `ss` did not show is inferred', async () => {
    const all = await run('time-wait');
    const events = all.filter(({ type }) => type !== 'transition');
    const { client } = mainOf(events.map((event, seq) => ({ ...event, seq })));
    expect(told(client)).toMatchInlineSnapshot(`
      [
        "CLOSED -> SYN-SENT: active OPEN / create TCB, snd SYN, by inferred",
        "SYN-SENT -> ESTABLISHED: rcv SYN,ACK / snd ACK, by inferred",
        "ESTABLISHED -> CLOSE-WAIT: rcv FIN / snd ACK, by ss",
        "CLOSE-WAIT -> LAST-ACK: CLOSE / snd FIN, by ss",
        "LAST-ACK -> CLOSED: rcv ACK of FIN, by ss",
      ]
    `);
  });

  test.each(RUNS)('in %s is one: each edge begins where the last one ended', async (name) => {
    const known = [...EDGES, ...LINUX_EDGES];
    for (const { states, edges } of Object.values(mainOf(await run(name)))) {
      edges.forEach(({ from, to, t }, i) => {
        expect(from).toBe(edges[i - 1]?.to ?? 'CLOSED');
        expect(t).toBeGreaterThanOrEqual(edges[i - 1]?.t ?? 0);
        expect(known.some((edge) => edge.from === from && edge.to === to)).toBe(true);
      });
      expect(states.map(({ state }) => state).slice(1)).toEqual(edges.map(({ to }) => to));
    }
  });
});

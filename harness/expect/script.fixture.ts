import type { Body, EventOf, HostName, LabEvent, VerdictEvent } from '../evidence/events.ts';
import type { Segment } from '../tcp/segment.ts';
import { parseSs } from '../tcp/tables/ss.ts';
import type { Connection } from '../history/connection.ts';
import type { Kind } from '../evidence/expectations.ts';
import { historyOf } from '../history/history.ts';
import { english } from '../texts/say.ts';
import { failureInWords, seenInWords } from '../words/verdicts.ts';
import type { Evaluate, Evaluation, Expectation } from './expectation.ts';
import type { ProgramRef } from './programs/programs.ts';

/** A stream written by hand: what happened, and at how many milliseconds. */
export interface Entry {
  ms: number;
  body: Body;
}

const NS = 1e6;

export const stream = (...entries: Entry[]): LabEvent[] =>
  entries.map(({ ms, body }, seq) => ({ seq, t: ms * NS, ...body }));

/** The same of hosts whose addresses are known: who sent a segment is told by the server's. */
export const wire = (...entries: Entry[]): LabEvent[] => stream(SERVER_SET_UP, ...entries);

export const LINK = { server: { address: '10.0.0.1' }, client: { address: '10.0.0.2' } };

export const CONNECTION: Connection = {
  server: { address: '10.0.0.1', port: 6000 },
  client: { address: '10.0.0.2', port: 40000 },
};

const SERVER_SET_UP: Entry = {
  ms: 0,
  body: {
    type: 'host',
    host: 'server',
    address: '10.0.0.1',
    mac: '02:00:00:00:00:01',
    interface: 'eth0',
    mtu: 1500,
    kernel: '6.1.0',
    tools: {},
    sysctls: {},
    offloads: {},
    route: '10.0.0.0/24 dev eth0',
  },
};

export const CLIENT: ProgramRef = { host: 'client', program: 2, name: 'echo-client' };

/** The client's end, and the server's, as `ss` prints them; what follows the addresses is free. */
export const clientRow = (start: string, rest = ''): string =>
  `${start} 10.0.0.2:40000 10.0.0.1:6000 ${rest}`;
export const serverRow = (start: string, rest = ''): string =>
  `${start} 10.0.0.1:6000 10.0.0.2:40000 ${rest}`;

/** A sample of 10 ms; its rows as `ss -tanpoei` prints them. */
export const sample = (ms: number, host: HostName, ...rows: string[]): Entry => ({
  ms: ms + 10,
  body: {
    type: 'sample',
    host,
    began: ms * NS,
    ended: (ms + 10) * NS,
    command: 'ss -tanpoei',
    rows: parseSs(rows.join('\n')),
  },
});

interface Fields {
  ack?: number;
  win?: number;
  len?: number;
  /** The client's port. */
  port?: number;
}

/** A segment in one host's capture. */
export function packet(
  ms: number,
  host: HostName,
  from: HostName,
  flags: string,
  seq: number,
  { ack, win = 502, len = 0, port = 40000 }: Fields = {},
): Entry {
  const ends = { server: CONNECTION.server, client: { ...CONNECTION.client, port } };
  const segment: Segment = {
    src: ends[from],
    dst: ends[from === 'server' ? 'client' : 'server'],
    flags,
    seq,
    ...(ack === undefined ? {} : { ack }),
    window: win,
    length: len,
    options: {},
    // No identification: whether a segment was sent again or copied on its way cannot be told.
    ip: { id: 0, ttl: 64, length: 40 + len },
  };
  const direction = from === host ? 'out' : 'in';
  return { ms, body: { type: 'packet', host, frame: 1, direction, segment } };
}

/** The same segment in both captures, 1 ms apart. */
export const carriedAt = (
  ms: number,
  from: HostName,
  ...rest: [flags: string, seq: number, fields?: Fields]
): Entry[] => [
  packet(ms, from, from, ...rest),
  packet(ms + 1, from === 'server' ? 'client' : 'server', from, ...rest),
];

export const started = (ms: number, pid: number, { host, program, name } = CLIENT): Entry => ({
  ms,
  body: { type: 'program', host, program, name, pid, argv: [name] },
});

export const call = (
  ms: number,
  fields: Pick<EventOf<'call'>, 'phase' | 'call' | 'args'> & Partial<EventOf<'call'>>,
  { host, program } = CLIENT,
): Entry => ({ ms, body: { ...fields, type: 'call', host, program } });

export const prints = (ms: number, line: string, { host, program } = CLIENT): Entry => ({
  ms,
  body: { type: 'output', host, program, stream: 'stdout', line },
});

export const exits = (
  ms: number,
  status: number | null,
  signal: string | null = null,
  { host, program } = CLIENT,
): Entry => ({ ms, body: { type: 'exit', host, program, status, signal } });

export const counters = (ms: number, host: HostName, value: Record<string, number>): Entry => ({
  ms,
  body: { type: 'action', phase: 'end', id: 1, op: 'counters', host, value },
});

/** Where a test asks: from which event on, since when (ns), and whether the time is over. */
export interface Asking {
  from?: number;
  since?: number;
  over?: boolean;
}

/** An expectation, stated at the stream's beginning unless it says otherwise. */
export const state = <T, K extends Kind>(
  { stated }: Expectation<T, K>,
  events: LabEvent[],
  { from = 0, since = 0 }: Asking = {},
): Evaluate<T, K> => {
  const ask = stated({ history: historyOf(events), from, since });
  return (over) => {
    historyOf(events);
    return ask(over);
  };
};

export const evaluate = <T, K extends Kind>(
  expectation: Expectation<T, K>,
  events: LabEvent[],
  asking: Asking = {},
): Evaluation<T, K> => state(expectation, events, asking)(asking.over ?? false);

/** What came of an expectation, as a lab's reader is told. */
export function told<T, K extends Kind>(
  expectation: Expectation<T, K>,
  events: LabEvent[],
  asking: Asking = {},
): string {
  const evaluation = evaluate(expectation, events, asking);
  if (evaluation.verdict === 'pending') return 'pending';
  return verdictTold(expectation, events, evaluation);
}

/** A verdict over these events in words: `met, seen ...`, or the failure with what is listed below it. */
export function verdictTold<T, K extends Kind>(
  { kind, params, within }: Pick<Expectation<T, K>, 'kind' | 'params' | 'within'>,
  events: readonly LabEvent[],
  evaluation: Evaluation | Omit<VerdictEvent, 'type'>,
): string {
  const id = 99;
  const verdict: Record<string, unknown> = { ...evaluation };
  delete verdict.value;
  const [seq, t] = [events.length, events.at(-1)?.t ?? 0];
  const all = [
    ...events,
    { seq, t, type: 'expect', id, kind, params, within },
    { seq: seq + 1, t, type: 'verdict', ...verdict, id },
  ] as unknown as LabEvent[];
  const history = historyOf(all);
  const stated = history.lab.expectation(id);
  const seen = stated && seenInWords(stated, history, english);
  if (stated === undefined || seen === undefined) throw new Error('it has a verdict');
  if (evaluation.verdict === 'met') return `met, seen ${seen.text}`;
  const details = seen.details.map((line) => `\n  ${line}`);
  return failureInWords(stated, history, english) + details.join('');
}

import type { Body, EventOf, HostName, Json, LabEvent } from '../evidence/events.ts';
import type { Segment } from '../tcp/segment.ts';
import { parseSs } from '../tcp/tables/ss.ts';
import type { Connection } from '../history/connection.ts';
import { failureMessage, type Evaluation, type Expectation, type View } from './expectation.ts';
import type { ProgramRef } from './program.ts';

/** A stream written by hand: what happened, and at how many milliseconds. */
export interface Entry {
  ms: number;
  body: Body;
}

const NS = 1e6;

export const stream = (...entries: Entry[]): LabEvent[] =>
  entries.map(({ ms, body }, seq) => ({ seq, t: ms * NS, ...body }));

export const LINK = { server: { address: '10.0.0.1' }, client: { address: '10.0.0.2' } };

export const CONNECTION: Connection = {
  server: { address: '10.0.0.1', port: 6000 },
  client: { address: '10.0.0.2', port: 40000 },
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
    ip: { id: 1, ttl: 64, length: 40 + len },
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

export const counters = (ms: number, host: HostName, value: Json): Entry => ({
  ms,
  body: { type: 'action', phase: 'end', id: 1, op: 'counters', host, value },
});

/** What came of an expectation stated at the stream's beginning, as a lab's reader is told. */
export function told<T>(
  expectation: Expectation<T>,
  events: LabEvent[],
  view: Partial<View> = {},
): string {
  const evaluation = evaluate(expectation, events, view);
  if (evaluation.kind === 'pending') return 'pending';
  if (evaluation.kind === 'met') return `met, seen ${evaluation.seen}`;
  return failureMessage(expectation.text, evaluation.seen, evaluation.details);
}

export const evaluate = <T>(
  expectation: Expectation<T>,
  events: LabEvent[],
  view: Partial<View> = {},
): Evaluation<T> => expectation.evaluate({ events, from: 0, since: 0, over: false, ...view });

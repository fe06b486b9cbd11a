import type { EventOf, HostName, LabEvent } from '../evidence/events.ts';
import type { SocketRow } from '../tcp/ss.ts';
import { other } from '../history/connection.ts';
import type { Evaluation, View } from './expectation.ts';
import { of, sameEndpoint, seconds, socketInWords } from './format.ts';
import { describeSegment } from './pattern.ts';
import { rowsOf } from './sighting.ts';

/** A program under test, by the number it has in this run. */
export interface ProgramRef {
  host: HostName;
  program: number;
  name: string;
}

export type OfProgram = EventOf<'output'> | EventOf<'call'> | EventOf<'exit'>;

export const title = ({ host, name }: ProgramRef): string => `${of(host)} ${name}`;

/** What a program did, in order. */
export function about(events: readonly LabEvent[], { program }: ProgramRef): readonly OfProgram[] {
  const read = known.get(events) ?? { upTo: 0, byProgram: new Map<number, OfProgram[]>() };
  known.set(events, read);
  for (; read.upTo < events.length; read.upTo++) {
    const event = events[read.upTo];
    if (event?.type !== 'output' && event?.type !== 'call' && event?.type !== 'exit') continue;
    const own = read.byProgram.get(event.program);
    if (own === undefined) read.byProgram.set(event.program, [event]);
    else own.push(event);
  }
  return read.byProgram.get(program) ?? [];
}

/** What was read of a stream, which only grows: a program may do ten thousand things. */
const known = new WeakMap<
  readonly LabEvent[],
  { upTo: number; byProgram: Map<number, OfProgram[]> }
>();

export const exitOf = (events: readonly LabEvent[], ref: ProgramRef): EventOf<'exit'> | undefined =>
  about(events, ref).find((event) => event.type === 'exit');

export const lastFailure = (
  events: readonly LabEvent[],
  ref: ProgramRef,
): EventOf<'call'> | undefined =>
  about(events, ref).findLast(
    (event): event is EventOf<'call'> => event.type === 'call' && event.code !== undefined,
  );

/** Milliseconds that a call waited in the kernel; 0 for one that never does. */
export function durationOf(
  events: readonly LabEvent[],
  ref: ProgramRef,
  { seq, t, call }: EventOf<'call'>,
): number {
  const entered = about(events, ref).findLast(
    (event) =>
      event.type === 'call' && event.phase === 'enter' && event.call === call && event.seq < seq,
  );
  return entered === undefined ? 0 : (t - entered.t) / 1e6;
}

export const exitInWords = ({ status, signal }: EventOf<'exit'>): string =>
  signal === null ? `exit status ${status ?? '?'}` : `ended by ${signal}`;

/** As strace writes it. */
export function callInWords({ phase, call, args, result, code, errno }: EventOf<'call'>): string {
  const called = `${call}(${args.join(', ')})`;
  if (phase === 'enter') return `${called} ...`;
  return `${called} = ${code === undefined ? (result ?? '?') : `-1 ${code} (${errno ?? '?'})`}`;
}

function inWords(event: OfProgram): string {
  if (event.type === 'call') return callInWords(event);
  if (event.type === 'exit') return exitInWords(event);
  return `prints ${JSON.stringify(event.line)}`;
}

/**
 * A failed evaluation: the last thing that a program was seen to do; below, all that it did, with
 * the segments of the connection that it waits for.
 */
export function lastWords(
  view: View,
  ref: ProgramRef,
): Extract<Evaluation<never>, { kind: 'failed' }> {
  const all = about(view.events, ref);
  const last = all.at(-1);
  const waits = last?.type === 'call' && last.phase === 'enter';
  const sockets = waits ? socketsOf(view, ref) : [];
  const told = [
    ...all.map((event) => ({ event, words: inWords(event) })),
    ...sockets.flatMap((row) => segmentsOf(view, ref.host, row)),
  ].sort((a, b) => a.event.t - b.event.t);
  return {
    kind: 'failed',
    seen: [seenLast(view, ref, last), ...sockets.map(socketInWords)].join(', its socket in '),
    details: told.map(({ event, words }) => `#${event.seq} at ${seconds(event.t)}: ${words}`),
    by: last === undefined ? [] : [last.seq],
  };
}

function seenLast(view: View, ref: ProgramRef, last: OfProgram | undefined): string {
  if (last === undefined) return 'nothing of it';
  if (last.type === 'output') return `it print ${JSON.stringify(last.line)}`;
  if (last.type === 'exit') {
    const failure = last.status === 0 ? undefined : lastFailure(view.events, ref);
    if (failure !== undefined) return `${callInWords(failure)}, ${exitInWords(last)}`;
    return last.signal === null ? exitInWords(last) : `it ${exitInWords(last)}`;
  }
  if (last.phase === 'return') return callInWords(last);
  return `it waiting in ${last.call}(${last.args.join(', ')})`;
}

/** The connections that the program has, at the host's last sample. */
function socketsOf({ events }: View, { host, program }: ProgramRef): SocketRow[] {
  const started = events.find((event) => event.type === 'program' && event.program === program);
  const sample = events.findLast((event) => event.type === 'sample' && event.host === host);
  if (started?.type !== 'program' || sample?.type !== 'sample') return [];
  return rowsOf(sample).filter(
    (row) => row.state !== 'LISTEN' && row.processes.some(({ pid }) => pid === started.pid),
  );
}

/** Of a long connection, its last segments. */
const SEGMENTS = 12;

function segmentsOf(
  { events }: View,
  host: HostName,
  row: SocketRow,
): { event: LabEvent; words: string }[] {
  return events
    .flatMap((event) => {
      if (event.type !== 'packet' || event.host !== host || event.segment === undefined) return [];
      const { segment } = event;
      const [local, peer] =
        event.direction === 'out' ? [segment.src, segment.dst] : [segment.dst, segment.src];
      if (!sameEndpoint(local, row.local) || !sameEndpoint(peer, row.peer)) return [];
      const from = event.direction === 'out' ? host : other(host);
      const carried = { event: event.seq, t: event.t, from, segment };
      return [{ event, words: describeSegment(carried).replace(/\s+/g, ' ') }];
    })
    .slice(-SEGMENTS);
}

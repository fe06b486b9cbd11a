import type { EventOf, HostName, LabEvent } from '../evidence/events.ts';
import type { SocketRow } from '../tcp/ss.ts';
import { other } from '../history/connection.ts';
import { historyOf } from '../history/history.ts';
import type { Doing, Doings } from '../history/programs.ts';
import type { Evaluation, View } from './expectation.ts';
import { of, sameEndpoint, seconds, socketInWords } from './format.ts';
import { describeSegment } from './pattern.ts';

/** A program under test, by the number it has in this run. */
export interface ProgramRef {
  host: HostName;
  program: number;
  name: string;
}

export const title = ({ host, name }: Pick<ProgramRef, 'host' | 'name'>): string =>
  `${of(host)} ${name}`;

/** What a program did so far; undefined before it was heard of. */
export const doingsOf = (
  events: readonly LabEvent[],
  { program }: ProgramRef,
): Doings | undefined => historyOf(events).programs.of(program);

export const exitInWords = ({ status, signal }: EventOf<'exit'>): string =>
  signal === null ? `exit status ${status ?? '?'}` : `ended by ${signal}`;

/** As strace writes it. */
export function callInWords({ phase, call, args, result, code, errno }: EventOf<'call'>): string {
  const called = `${call}(${args.join(', ')})`;
  if (phase === 'enter') return `${called} ...`;
  return `${called} = ${code === undefined ? (result ?? '?') : `-1 ${code} (${errno ?? '?'})`}`;
}

/** What a program did too much of, as the end of "saw the server's echo-server ...". */
export function limitInWords({ limit, most }: EventOf<'limit'>): string {
  switch (limit) {
    case 'outputLines':
      return `print more than ${most} lines`;
    case 'outputLinesPerSecond':
      return `print more than ${most} lines within a second`;
    case 'outputOctets':
      return `print more than ${most} octets`;
    case 'outputLineOctets':
      return `print a line of more than ${most} octets`;
    case 'callReports':
      return `report more than ${most} calls`;
    case 'callReportsPerSecond':
      return `report more than ${most} calls within a second`;
    case 'callOctets':
      return `report its calls in more than ${most} octets`;
    case 'callReportOctets':
      return `report a call in more than ${most} octets`;
  }
}

function inWords(event: Doing): string {
  if (event.type === 'call') return callInWords(event);
  if (event.type === 'exit') return exitInWords(event);
  return `prints ${JSON.stringify(event.line)}`;
}

/** Of a program that did much, its last doings. */
const MOST = 40;

/**
 * A failed evaluation: the last thing that a program was seen to do; below, what it did until then,
 * with the segments of the connection that it waits for.
 */
export function lastWords(
  view: View,
  ref: ProgramRef,
): Extract<Evaluation<never>, { kind: 'failed' }> {
  const doings = doingsOf(view.events, ref);
  const last = doings?.all.at(-1);
  const waits = last?.type === 'call' && last.phase === 'enter';
  const sockets = waits ? socketsOf(view, ref) : [];
  const { all = [] } = doings ?? {};
  const left = Math.max(0, all.length - MOST);
  const told = [
    ...all.slice(left).map((event) => ({ event, words: inWords(event) })),
    ...sockets.flatMap((row) => segmentsOf(view, ref.host, row)),
  ].sort((a, b) => a.event.t - b.event.t);
  return {
    kind: 'failed',
    seen: [seenLast(doings), ...sockets.map(socketInWords)].join(', its socket in '),
    details: [
      ...(left > 0 ? [`(left out: the first ${left} that it did)`] : []),
      ...told.map(({ event, words }) => `#${event.seq} at ${seconds(event.t)}: ${words}`),
    ],
    by: last === undefined ? [] : [last.seq],
  };
}

function seenLast(doings: Doings | undefined): string {
  const last = doings?.all.at(-1);
  if (last === undefined) return 'nothing of it';
  if (last.type === 'output') return `it print ${JSON.stringify(last.line)}`;
  if (last.type === 'exit') {
    const failure = last.status === 0 ? undefined : doings?.lastFailure;
    if (failure !== undefined) return `${callInWords(failure)}, ${exitInWords(last)}`;
    return last.signal === null ? exitInWords(last) : `it ${exitInWords(last)}`;
  }
  if (last.phase === 'return') return callInWords(last);
  return `it waiting in ${last.call}(${last.args.join(', ')})`;
}

/** The connections that the program has, at the host's last sample. */
function socketsOf({ events }: View, ref: ProgramRef): readonly SocketRow[] {
  const pid = doingsOf(events, ref)?.started.pid;
  const { rows = [] } = historyOf(events).sockets[ref.host].now ?? {};
  return rows.filter(
    (row) => row.state !== 'LISTEN' && row.processes.some((process) => process.pid === pid),
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

import type { EventOf, HostName } from '../evidence/events.ts';
import type {
  CallResult,
  CallSeen,
  ProgramParams,
  ProgramSeen,
  ReturnedSeen,
  SeenSocket,
} from '../evidence/expectations.ts';
import { segmentInWords } from './segments.ts';
import type { History } from '../history/history.ts';
import type { Doings } from '../history/programs.ts';
import type { Say } from '../texts/say.ts';
import { socketInWords } from './sockets.ts';
import { listed, seconds, span } from './units.ts';

export const exitInWords = (
  { status, signal }: Pick<EventOf<'exit'>, 'status' | 'signal'>,
  t: Say,
): string =>
  signal === null ? t('exit status {n}', { n: status ?? '?' }) : t('ended by {signal}', { signal });

/** As strace writes it. */
export function callInWords({ phase, call, args, result, code, errno }: EventOf<'call'>): string {
  const called = `${call}(${args.join(', ')})`;
  if (phase === 'enter') return `${called} ...`;
  return `${called} = ${code === undefined ? (result ?? '?') : `-1 ${code} (${errno ?? '?'})`}`;
}

/**
 * A program: its name, its host where that is not said by it, and of one that was started before, which
 * start it is and whether it asks for SO_REUSEADDR, which a restart turns on.
 */
export function programName(
  { host, program, name }: ProgramParams,
  t: Say,
  history?: History,
): string {
  const at = name.endsWith(`-${host}`) ? name : t('{name} at the {host}', { name, host: t(host) });
  const same = (history?.programs.all ?? []).filter(
    (one) => one.host === host && one.name === name && one.program <= program,
  );
  const remarks = [
    ...(same.length > 1 ? [t('start {n}', { n: same.length })] : []),
    ...(same.at(-1)?.started?.argv.includes('--reuse-addr') === true
      ? [t('with SO_REUSEADDR')]
      : []),
  ];
  return remarks.length === 0 ? at : `${at} (${listed(remarks, t)})`;
}

interface TypedCall {
  host: HostName;
  call: string;
  wanted: CallResult;
  /** Milliseconds. */
  after?: number;
}

/** What a typed call gives: `'connect 3 server:6000' at the client fails with ECONNREFUSED`. */
export function typedCallInWords({ host, call, wanted, after }: TypedCall, t: Say): string {
  const params = { host: t(host), call };
  const told =
    'code' in wanted
      ? t("'{call}' at the {host} fails with {code}", { ...params, code: wanted.code })
      : wanted.result === undefined
        ? t("'{call}' at the {host} succeeds", params)
        : t("'{call}' at the {host} returns {result}", { ...params, result: wanted.result });
  return after === undefined
    ? told
    : t('{what} after about {time}', { what: told, time: span(after) });
}

/** The same as the end of "expected ...". */
export function typedCallToInWords({ host, call, wanted, after }: TypedCall, t: Say): string {
  const params = { host: t(host), call };
  const told =
    'code' in wanted
      ? t("'{call}' at the {host} to fail with {code}", { ...params, code: wanted.code })
      : wanted.result === undefined
        ? t("'{call}' at the {host} to succeed", params)
        : t("'{call}' at the {host} to return {result}", { ...params, result: wanted.result });
  return after === undefined
    ? told
    : t('{what} after about {time}', { what: told, time: span(after) });
}

export const returnedInWords = ({ line, took }: ReturnedSeen, t: Say): string =>
  took === undefined ? line : listed([line, t('after {time}', { time: span(took) })], t);

/** A call of a program by the number of its event: `connect(3, ...) = -1 ETIMEDOUT (110), after 7 s`. */
export function calledInWords({ call, took }: CallSeen, history: History, t: Say): string {
  const event = history.events[call];
  const words = event?.type === 'call' ? callInWords(event) : '?';
  return took === undefined ? words : listed([words, t('after {time}', { time: span(took) })], t);
}

/** What a program did that was to print something: what it printed before a call of its failed, too. */
export function notPrintedInWords(seen: ProgramSeen, history: History, t: Say): string {
  const words = lastDoneInWords(seen, history, t);
  const event = seen.last === null ? undefined : history.events[seen.last];
  if (event?.type !== 'exit' || event.signal !== null || event.status === 0) return words;
  const outputs = history.programs.of(event.program)?.outputs ?? [];
  const printed = outputs.findLast(({ stream }) => stream === 'stdout');
  if (printed === undefined) return words;
  return listed([t('it print {line}', { line: JSON.stringify(printed.line) }), words], t);
}

/** The last thing that a program was seen to do and, where it waits in a call, its sockets. */
export function lastDoneInWords(
  { last, sockets = [] }: ProgramSeen,
  history: History,
  t: Say,
): string {
  const event = last === null ? undefined : history.events[last];
  const states = sockets.map((socket) => socketInWords(socket, t));
  if (event?.type === 'call' && event.phase === 'enter') {
    const call = `${event.call}(${event.args.join(', ')})`;
    return states.length === 0
      ? t('it waiting in {call}', { call })
      : t('it waiting in {call}, its socket in {what}', { call, what: states.join(', ') });
  }
  if (event?.type === 'call') return callInWords(event);
  if (event?.type === 'output') return t('it print {line}', { line: JSON.stringify(event.line) });
  if (event?.type === 'exit') return endedInWords(event, history, t);
  return t('nothing of it');
}

function endedInWords(exit: EventOf<'exit'>, history: History, t: Say): string {
  const failure = exit.status === 0 ? undefined : history.programs.of(exit.program)?.lastFailure;
  if (failure !== undefined) return listed([callInWords(failure), exitInWords(exit, t)], t);
  return exit.signal === null
    ? exitInWords(exit, t)
    : t('it ended by {signal}', { signal: exit.signal });
}

/** As many things that a program did as a reader looks at: the first, and the last of them. */
const FIRST = 20;
const LAST = 40;
/** Of a long connection, its last segments. */
const SEGMENTS = 12;

/** All that a program did, with the segments of the connections that it waits for. */
export function doingsInWords(
  { program }: ProgramParams,
  sockets: readonly SeenSocket[],
  history: History,
  t: Say,
): string[] {
  const doings = history.programs.of(program);
  if (doings === undefined) return [];
  const told = [
    ...doings.all.map(({ seq, t: at, ...event }) => ({ seq, at, words: doneInWords(event, t) })),
    ...sockets.flatMap((socket) => segmentsOf(doings, socket, history, t)),
  ].sort((a, b) => a.at - b.at);
  const lines = told.map(({ seq, at, words }) =>
    t('#{n} at {time}: {seen}', { n: seq, time: seconds(at), seen: words }),
  );
  const left = lines.length - FIRST - LAST;
  if (left <= 1) return lines;
  return [...lines.slice(0, FIRST), t('... {n} more', { n: left }), ...lines.slice(-LAST)];
}

function doneInWords(event: Omit<Doings['all'][number], 'seq' | 't'>, t: Say): string {
  if (event.type === 'call') return callInWords(event as EventOf<'call'>);
  if (event.type === 'exit') return exitInWords(event as EventOf<'exit'>, t);
  return t('prints {line}', { line: JSON.stringify((event as EventOf<'output'>).line) });
}

function segmentsOf(
  { host }: Doings,
  { local, peer }: SeenSocket,
  history: History,
  t: Say,
): { seq: number; at: number; words: string }[] {
  return history.captures[host]
    .ofEnd(local, peer)
    .slice(-SEGMENTS)
    .map((packet) => ({
      seq: packet.event,
      at: packet.t,
      words: segmentInWords(packet, t),
    }));
}

/** What a program did too much of, and was ended for. */
export function limitInWords(event: number, history: History, t: Say): string {
  const limit = history.events[event];
  if (limit?.type !== 'limit') return t('nothing of it');
  const { host, program, most } = limit;
  const name = history.programs.of(program)?.name ?? t('program');
  return t('{program} {what}: it was ended', {
    program: programName({ host, program, name }, t, history),
    what: tooMuchInWords(limit.limit, most, t),
  });
}

function tooMuchInWords(limit: EventOf<'limit'>['limit'], n: number, t: Say): string {
  switch (limit) {
    case 'outputLines':
      return t('print more than {n} lines', { n });
    case 'outputLinesPerSecond':
      return t('print more than {n} lines within a second', { n });
    case 'outputOctets':
      return t('print more than {n} octets', { n });
    case 'outputLineOctets':
      return t('print a line of more than {n} octets', { n });
    case 'callReports':
      return t('report more than {n} calls', { n });
    case 'callReportsPerSecond':
      return t('report more than {n} calls within a second', { n });
    case 'callOctets':
      return t('report its calls in more than {n} octets', { n });
    case 'callReportOctets':
      return t('report a call in more than {n} octets', { n });
  }
}

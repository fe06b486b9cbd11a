/**
 * Sentences made from verdicts: what is so (`server is in FIN-WAIT-2`), what was expected (`expected
 * server in FIN-WAIT-2`) and what was seen. English is as it stands here.
 */
import type { EventOf, VerdictEvent } from '../evidence/events.ts';
import type {
  Asked,
  AskedOf,
  FailedOf,
  Kind,
  MetOf,
  Miss,
  ParamsOf,
  ProgramSeen,
  SocketSeen,
} from '../evidence/expectations.ts';
import type { History } from '../history/history.ts';
import type { Stated } from '../history/lab.ts';
import { endpointText } from '../tcp/endpoint.ts';
import { netstatCountLines } from '../tcp/tables/census.ts';
import type { Say } from '../texts/say.ts';
import {
  missingFailedInWords,
  missingMetInWords,
  shownInWords,
  changesInWords,
  unshownInWords,
} from './edges.ts';
import {
  evidenceInWords,
  leftOutInWords,
  missedInWords,
  packetAt,
  patternInShort,
  patternLines,
  type Failed,
} from './pattern.ts';
import {
  calledInWords,
  doingsInWords,
  exitInWords,
  lastDoneInWords,
  limitInWords,
  notPrintedInWords,
  programName,
  returnedInWords,
  typedCallInWords,
  typedCallToInWords,
} from './programs.ts';
import {
  countsInWords,
  differenceInWords,
  endName,
  lastLooks,
  sightInWords,
  sightsInWords,
  socketInWords,
  stateInWords,
  tableInWords,
} from './sockets.ts';
import { flagsInWords, segmentInWords } from './segments.ts';
import { listed, span, spans } from './units.ts';
import { beside } from '../told.ts';

/** What a verdict says: one line, and below it the evidence, a line each. */
export interface Seen {
  text: string;
  details: string[];
}

/**
 * A plain statement of what was asked: `echo-server listens on port 6000`. `history`, where there is one,
 * tells which of several connections is meant, and which start of a program.
 */
export function statementInWords(asked: Asked, t: Say, history?: History): string {
  const of = TOLD[asked.kind] as Words<Kind>;
  return (of.statement ?? of.asked)(asked.params, t, history);
}

/** In few words, where the ladder stands beside it: of a packet pattern which segments, no numbers. */
export function brieflyInWords(asked: Asked, t: Say, history?: History): string {
  if (asked.kind !== 'carried') return statementInWords(asked, t, history);
  const { whole, pattern } = asked.params;
  return t('{intro}: {what}', { intro: introOf(whole, t), what: patternInShort(pattern, t) });
}

/** What is expected, as the end of the sentence "expected ...": `echo-server to listen on port 6000`. */
export function askedInWords(asked: Asked, t: Say, history?: History): string {
  const of = TOLD[asked.kind] as Words<Kind>;
  return of.asked(asked.params, t, history);
}

/** A packet pattern's lines, with what stands before them; undefined for every other kind. */
export function patternInWords(
  asked: Asked,
  t: Say,
): { intro: string; lines: string[] } | undefined {
  if (asked.kind !== 'carried') return undefined;
  const { whole, pattern } = asked.params;
  return { intro: introOf(whole, t), lines: patternLines(pattern, t) };
}

/** What was seen of an expectation; undefined for one that was not tried to the end. */
export function seenInWords(
  { expect, verdict }: Stated,
  history: History,
  t: Say,
): Seen | undefined {
  if (verdict === undefined) return undefined;
  const of = TOLD[expect.kind] as Words<Kind>;
  const context: Context<Kind> = { params: expect.params, verdict, history, t };
  if (verdict.verdict === 'met')
    return {
      text: of.met(verdict.seen, context),
      details: of.metDetails?.(verdict.seen, context) ?? [],
    };
  if ('limit' in verdict.seen)
    return { text: limitInWords(verdict.seen.limit, history, t), details: [] };
  return {
    text: of.failed(verdict.seen, context),
    details: of.failedDetails?.(verdict.seen, context) ?? [],
  };
}

/** `expected ..., saw ...`, of an expectation that failed. */
export function failureInWords(stated: Stated, history: History, t: Say): string {
  const seen = seenInWords(stated, history, t)?.text ?? '';
  return t('expected {what}, saw {seen}', { what: askedInWords(stated.expect, t, history), seen });
}

/** Why a run is not `passed`: the expectation that it failed by, or what broke it off. */
export function reasonInWords(history: History, t: Say): string | undefined {
  const { end } = history;
  const stated =
    end?.expectation === undefined ? undefined : history.lab.expectation(end.expectation);
  if (stated !== undefined) return failureInWords(stated, history, t);
  if (end?.message === undefined) return undefined;
  return t(end.hint === undefined ? end.message : beside([end.message, end.hint]));
}

interface Context<K extends Kind> {
  params: ParamsOf<K>;
  verdict: EventOf<'verdict'>;
  history: History;
  t: Say;
}

/** How one kind of expectation is told. */
interface Words<K extends Kind> {
  /** Absent where it reads as what is asked does. */
  statement?: (params: ParamsOf<K>, t: Say, history?: History) => string;
  asked: (params: ParamsOf<K>, t: Say, history?: History) => string;
  met: (seen: MetOf<K>, context: Context<K>) => string;
  failed: (seen: FailedOf<K>, context: Context<K>) => string;
  metDetails?: (seen: MetOf<K>, context: Context<K>) => string[];
  failedDetails?: (seen: FailedOf<K>, context: Context<K>) => string[];
}

const missesOf = (verdict: VerdictEvent): readonly Miss[] =>
  verdict.verdict === 'failed' ? (verdict.misses ?? []) : [];

const closed = (t: Say): string => t('no such socket (CLOSED)');

const introOf = (whole: boolean, t: Say): string =>
  whole ? t('on the wire nothing but') : t('on the wire');

const asAsked = ({ params }: Context<'end-in-state'>): { withHolder: boolean } => ({
  withHolder: params.orphaned !== undefined,
});

const socketDetails =
  (nobody: (t: Say) => string) =>
  (_: unknown, { verdict, history, t }: Context<Kind>): string[] =>
    sightsInWords(missesOf(verdict), nobody(t), history, t);

const doings = (seen: object, { params, history, t }: Context<Kind>): string[] => {
  const { sockets = [] } = seen as ProgramSeen;
  return doingsInWords(params as AskedOf<'program-ends'>['params'], sockets, history, t);
};

const TOLD: { [K in Kind]: Words<K> } = {
  'end-in-state': {
    statement: (params, t, history) =>
      t('{end} is in {what}', { end: endName(params, t, history), what: stateInWords(params, t) }),
    asked: (params, t, history) =>
      t('{end} in {what}', { end: endName(params, t, history), what: stateInWords(params, t) }),
    met: (seen, context) => sightInWords(seen, closed(context.t), context.t, asAsked(context)),
    failed: (seen, context) => sightInWords(seen, closed(context.t), context.t, asAsked(context)),
    failedDetails: (_, context) => {
      const { verdict, history, t } = context;
      return sightsInWords(missesOf(verdict), closed(t), history, t, asAsked(context));
    },
  },
  'end-stays': {
    statement: (params, t, history) =>
      t('{end} stays in {what} for {time}', staying(params, t, history)),
    asked: (params, t, history) =>
      t('{end} to stay in {what} for {time}', staying(params, t, history)),
    met: ({ samples }, { t }) => t('in each of {n} samples', { n: samples }),
    failed: (seen, { t }) => sightInWords(seen, closed(t), t),
    failedDetails: socketDetails(closed),
  },
  'end-gone': {
    statement: ({ lasting, ...of }, t, history) => {
      const end = endName(of, t, history);
      if (lasting === undefined) return t('{end} is CLOSED', { end });
      const { state, ms } = lasting;
      return t('{end} is CLOSED about {time} after it came into {state}', {
        end,
        ...{ state, time: span(ms) },
      });
    },
    asked: ({ lasting, ...of }, t, history) => {
      const end = endName(of, t, history);
      if (lasting === undefined) return t('{end} to be CLOSED', { end });
      const { state, ms } = lasting;
      return t('{end} to be CLOSED about {time} after it came into {state}', {
        end,
        ...{ state, time: span(ms) },
      });
    },
    met: ({ lasted }, { t }) =>
      lasted === undefined ? closed(t) : t('gone after {time}', { time: lastedFor(lasted) }),
    failed: ({ lasted, ...seen }, { t }) =>
      lasted === undefined
        ? sightInWords(seen, closed(t), t)
        : t('it gone after {time}', { time: lastedFor(lasted) }),
    failedDetails: socketDetails(closed),
  },
  listening: {
    statement: ({ host, port, ...queue }, t) =>
      listed(
        [t('{host} listens on port {port}', { host: t(host), port }), ...queueOf(queue, t)],
        t,
      ),
    asked: ({ host, port, ...queue }, t) =>
      listed(
        [t('{host} to listen on port {port}', { host: t(host), port }), ...queueOf(queue, t)],
        t,
      ),
    met: (seen, { t }) => sightInWords(seen, t('no listener'), t),
    failed: (seen, { t }) => sightInWords(seen, t('no listener'), t),
    failedDetails: socketDetails((t) => t('no listener')),
  },
  sockets: {
    asked: ({ host, port, counts }, t) => {
      const params = { host: t(host), what: countsInWords(counts, t) };
      return port === undefined
        ? t('sockets of the {host}: {what}', params)
        : t('sockets of the {host} on port {port}: {what}', { ...params, port });
    },
    met: ({ counts }, { t }) => countsInWords(counts, t),
    failed: ({ counts }, { t }) =>
      counts === undefined ? t('no sample of them') : countsInWords(counts, t),
    failedDetails: (_, { params, verdict, history, t }) =>
      tableInWords(verdict.by[0], history, t, params.port),
  },
  'new-socket': {
    statement: ({ host, state }, t) =>
      t('a new connection of the {host} is in {state}', { host: t(host), state }),
    asked: ({ host, state }, t) =>
      t('a new connection of the {host} in {state}', { host: t(host), state }),
    met: ({ connection }, { t }) => connectionInWords(connection, t),
    failed: (seen, { t }) => sightInWords(seen, t('no new connection'), t),
    failedDetails: socketDetails((t) => t('no new connection')),
  },
  'new-connection': {
    statement: (_, t) => t('a new connection is ESTABLISHED at both ends'),
    asked: (_, t) => t('a new connection ESTABLISHED at both ends'),
    met: ({ connection }, { t }) => connectionInWords(connection, t),
    failed: (_, { t }) => t('none'),
    failedDetails: (_, { verdict, history, t }) => lastLooks(verdict.by, history, t),
  },
  counter: {
    statement: ({ host, name, value }, t) =>
      t('{name} of the {host} is {n}', { host: t(host), name, n: value }),
    asked: ({ host, name, value }, t) =>
      t('{name} of the {host} to be {n}', { host: t(host), name, n: value }),
    met: ({ value }) => String(value),
    failed: ({ value }, { t }) => {
      if (value === undefined) return t('no reading of the counters');
      return value === null ? t('no such counter') : String(value);
    },
  },
  'netstat-lines': {
    statement: ({ host, port, lines }, t) => {
      const params = { host: t(host), command: '-natp', line: lines.join(' / ') };
      return port === undefined
        ? t('netstat {command} of the {host} shows {line}', params)
        : t('netstat {command} of the {host} shows for port {port}: {line}', { ...params, port });
    },
    asked: ({ host, port, lines }, t) => {
      const params = { host: t(host), command: '-natp', line: lines.join(' / ') };
      return port === undefined
        ? t('netstat {command} of the {host} to show {line}', params)
        : t('netstat {command} of the {host} to show for port {port}: {line}', { ...params, port });
    },
    met: ({ lines }) => lines.join(' / '),
    failed: ({ missing }, { params: { lines }, t }) => {
      if (missing === undefined) return t('no reading of it');
      if (lines.length === 1) return t('no such line');
      return t('no line for {line}', { line: lines[missing] ?? '' });
    },
    failedDetails: (_, { verdict, t }) =>
      missesOf(verdict).map(({ line = '', differs }) => {
        const why = differs.map((one) => differenceInWords(one, t)).join(t('; '));
        return t('{seen}  ({why})', { seen: line, why: why || t('another line has it') });
      }),
  },
  'netstat-counts': {
    statement: ({ host, port, counts }, t) => {
      const params = { host: t(host), command: '-n | awk', what: linesOf(counts, t) };
      return port === undefined
        ? t('netstat {command} of the {host} counts {what}', params)
        : t('netstat {command} of the {host} counts for port {port}: {what}', { ...params, port });
    },
    asked: ({ host, port, counts }, t) => {
      const params = { host: t(host), command: '-n | awk', what: linesOf(counts, t) };
      return port === undefined
        ? t('netstat {command} of the {host} to count {what}', params)
        : t('netstat {command} of the {host} to count for port {port}: {what}', {
            ...params,
            port,
          });
    },
    met: ({ counts }, { t }) => linesOf(counts, t),
    failed: ({ counts }, { t }) =>
      counts === undefined ? t('no reading of it') : linesOf(counts, t),
  },
  'program-listens': {
    statement: ({ port, ...program }, t, history) =>
      t('{program} listens on port {port}', { program: programName(program, t, history), port }),
    asked: ({ port, ...program }, t, history) =>
      t('{program} to listen on port {port}', { program: programName(program, t, history), port }),
    met: (seen, { t }) => sightInWords(seen, t('no listener'), t),
    failed: (seen, { history, t }) => lastDoneInWords(seen, history, t),
    failedDetails: doings,
  },
  'program-fails': {
    statement: ({ code, call, after, ...of }, t, history) => {
      const params = { program: failingInWords(call, programName(of, t, history), t), code };
      return after === undefined
        ? t('{program} fails with {code}', params)
        : t('{program} fails with {code} after about {time}', { ...params, time: span(after) });
    },
    asked: ({ code, call, after, ...of }, t, history) => {
      const params = { program: failingInWords(call, programName(of, t, history), t), code };
      return after === undefined
        ? t('{program} to fail with {code}', params)
        : t('{program} to fail with {code} after about {time}', { ...params, time: span(after) });
    },
    met: (seen, { history, t }) => calledInWords(seen, history, t),
    failed: (seen, { history, t }) => {
      if ('socket' in seen) return upInWords(seen, t);
      if ('call' in seen) return calledInWords(seen, history, t);
      if ('last' in seen) return lastDoneInWords(seen, history, t);
      const exit = 'exit' in seen ? history.events[seen.exit] : undefined;
      return exit?.type === 'exit' ? exitInWords(exit, t) : t('nothing of it');
    },
    failedDetails: doings,
  },
  'program-prints': {
    statement: ({ line, ...of }, t, history) =>
      t('{program} prints {line}', { program: programName(of, t, history), line: quoted(line) }),
    asked: ({ line, ...of }, t, history) =>
      t('{program} to print {line}', { program: programName(of, t, history), line: quoted(line) }),
    met: ({ line }) => quoted(line),
    failed: (seen, { history, t }) => notPrintedInWords(seen, history, t),
    failedDetails: doings,
  },
  'program-ends': {
    statement: ({ status, signal, ...of }, t, history) => {
      const program = programName(of, t, history);
      if (status !== undefined) return t('{program} ends with status {n}', { program, n: status });
      return signal === undefined
        ? t('{program} ends', { program })
        : t('{program} is ended by {signal}', { program, signal });
    },
    asked: ({ status, signal, ...of }, t, history) => {
      const program = programName(of, t, history);
      if (status !== undefined)
        return t('{program} to end with status {n}', { program, n: status });
      return signal === undefined
        ? t('{program} to end', { program })
        : t('{program} to be ended by {signal}', { program, signal });
    },
    met: (seen, { t }) => exitInWords(seen, t),
    failed: (seen, { history, t }) => lastDoneInWords(seen, history, t),
    failedDetails: doings,
  },
  'call-returns': {
    statement: typedCallInWords,
    asked: typedCallToInWords,
    met: (seen, { t }) => returnedInWords(seen, t),
    failed: (seen, { history, t }) =>
      'line' in seen ? returnedInWords(seen, t) : lastDoneInWords(seen, history, t),
    failedDetails: (seen, context) => ('line' in seen ? [] : doings(seen, context)),
  },
  carried: {
    asked: ({ whole, pattern }, t) => {
      const line = patternLines(pattern, t).join(' / ');
      return whole
        ? t('on the wire nothing but {line}', { line })
        : t('on the wire {line}', { line });
    },
    met: ({ names, captures }, { t }) => {
      const found = captures.length > 1 ? t('found in both captures') : t('found');
      const bound = Object.entries(names).map(([name, value]) => `${name}=${value}`);
      return listed([found, ...bound], t);
    },
    metDetails: ({ leftOut }, { t }) => {
      const most = Math.max(0, ...leftOut);
      return most === 0 ? [] : [leftOutInWords(most, t)];
    },
    failed: (_, context) => missedInWords(failedPattern(context), context.history, context.t),
    failedDetails: (_, context) => {
      const { verdict, history, t } = context;
      return evidenceInWords(failedPattern(context), verdict.seq, history, t);
    },
  },
  'not-carried': {
    asked: ({ flow: { serverPort: port }, line, ms }, t) => {
      if (line === undefined) {
        return ms === undefined
          ? t('no segment to or from port {port} so far', { port })
          : t('no segment to or from port {port} for {time}', { port, time: span(ms) });
      }
      const told = patternLines(line, t).join(' / ');
      return ms === undefined
        ? t("no '{line}' on the wire so far", { line: told })
        : t("no '{line}' on the wire for {time}", { line: told, time: span(ms) });
    },
    met: (_, { t }) => t('none'),
    failed: ({ capture }, { verdict, history, t }) => {
      const packet = packetAt(verdict.by[0] ?? -1, history);
      const seen = packet === undefined ? '' : segmentInWords(packet, t);
      return t("{seen}, in the {host}'s capture", { seen, host: t(capture) });
    },
  },
  waits: {
    statement: ({ host, flags }, t) =>
      flags === undefined
        ? t('a segment of the {host} waits on the held wire', { host: t(host) })
        : t('{flags} of the {host} waits on the held wire', {
            ...{ host: t(host), flags: flagsInWords(flags, t) },
          }),
    asked: ({ host, flags }, t) =>
      flags === undefined
        ? t('a segment of the {host} to wait on the held wire', { host: t(host) })
        : t('{flags} of the {host} to wait on the held wire', {
            ...{ host: t(host), flags: flagsInWords(flags, t) },
          }),
    met: (_, { verdict, history, t }) => waitingAt(verdict.by[0] ?? -1, history, t),
    failed: (_, { t }) => t('none'),
    failedDetails: (_, { verdict, history, t }) =>
      missesOf(verdict).map(({ event }) => waitingAt(event, history, t)),
  },
  'edge-shown': {
    statement: ({ edge }, t) => t('ss shows {edge}', { edge }),
    asked: ({ edge }, t) => t('ss to show {edge}', { edge }),
    met: ({ change }, { history, t }) => shownInWords(change, history, t),
    failed: (seen, { params, t }) => unshownInWords(seen, params.edge, t),
    failedDetails: (_, { verdict, history, t }) => changesInWords(missesOf(verdict), history, t),
  },
  'edge-missing': {
    statement: ({ edge }, t) => t('no witness shows {edge}', { edge }),
    asked: ({ edge }, t) => t('no witness to show {edge}', { edge }),
    met: (seen, { history, t }) => missingMetInWords(seen, history, t),
    failed: (seen, { params, history, t }) => missingFailedInWords(seen, params.edge, history, t),
    failedDetails: (_, { verdict, history, t }) => changesInWords(missesOf(verdict), history, t),
  },
};

const quoted = (line: string): string => JSON.stringify(line);

const staying = (params: ParamsOf<'end-stays'>, t: Say, history?: History) => ({
  end: endName(params, t, history),
  what: stateInWords(params, t),
  time: span(params.ms),
});

/** What is asked of a listener beside that it listens. */
const queueOf = (
  { queued, backlog }: Pick<ParamsOf<'listening'>, 'queued' | 'backlog'>,
  t: Say,
): string[] => [
  ...(queued === undefined ? [] : [t('{n} in its accept queue (Recv-Q)', { n: queued })]),
  ...(backlog === undefined ? [] : [t('backlog {n} (Send-Q)', { n: backlog })]),
];

/** A segment that waits, by the number of the event that says so. */
function waitingAt(seq: number, { events }: History, t: Say): string {
  const event = events[seq];
  return event?.type === 'wire' && event.segment !== undefined
    ? segmentInWords({ from: event.host, segment: event.segment }, t)
    : '';
}

const lastedFor = ({ least, most }: { least: number; most: number }): string => spans(least, most);

const connectionInWords = (
  { client, server }: MetOf<'new-connection'>['connection'],
  t: Say,
): string => t('{end} to {peer}', { end: endpointText(client), peer: endpointText(server) });

const linesOf = (counts: Parameters<typeof netstatCountLines>[0], t: Say): string =>
  netstatCountLines(counts).join(', ') || t('nothing');

/** A server that listens where it should have failed. */
const failingInWords = (call: string | undefined, program: string, t: Say): string =>
  call === undefined ? program : t('{call}() of {program}', { call, program });

function upInWords({ socket }: SocketSeen, t: Say): string {
  if (socket === undefined || socket === null) return t('nothing of it');
  return t('it in {what}', { what: socketInWords(socket, t) });
}

function failedPattern({ params, verdict }: Context<'carried'>): Failed {
  const seen = verdict.seen as FailedOf<'carried'>;
  const failed = verdict.verdict === 'failed' ? verdict : undefined;
  const { misses = [], nearest } = failed ?? {};
  return { params, seen, by: verdict.by, misses, ...(nearest === undefined ? {} : { nearest }) };
}

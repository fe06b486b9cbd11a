import type { EventOf, HostName } from '../../evidence/events.ts';
import type {
  CallResult,
  Kind,
  ProgramParams,
  ProgramSeen,
  ReturnedSeen,
} from '../../evidence/expectations.ts';
import type { History } from '../../history/history.ts';
import { NO_CALL, tookOf, type Doings } from '../../history/programs.ts';
import {
  failed,
  met,
  pending,
  PATIENCE,
  type Evaluate,
  type Evaluation,
  type Expectation,
} from '../expectation.ts';
import { listening } from '../sockets/listening.ts';
import { seenSocket } from '../sockets/sighting.ts';
import { isAbout } from '../tolerance.ts';

/** A program under test, by the number it has in this run. */
export interface ProgramRef {
  host: HostName;
  program: number;
  name: string;
}

const refOf = ({ host, program, name }: ProgramRef): ProgramParams => ({ host, program, name });

const HEEDED = ['program', 'output', 'call', 'exit', 'sample'] as const;

/** Milliseconds for Node to be up in, on a busy machine: it takes seconds of a slow one's processor. */
export const STARTING = 30_000;

/** A server program is listening: `ss` shows its process on the port. Its end comes first: failed. */
export function ready(
  ref: ProgramRef,
  port: number,
  pid: number,
): Expectation<undefined, 'program-listens'> {
  return {
    kind: 'program-listens',
    params: { ...refOf(ref), port },
    within: STARTING,
    watches: [ref.host],
    heeds: HEEDED,
    stated: (statement) => {
      const listens = listening(ref.host, port, { pid }).stated(statement);
      const { history } = statement;
      return (over) => {
        const up = listens(over);
        if (up.verdict === 'met') return met(undefined, up.seen, up.by);
        const ended = history.programs.of(ref.program)?.exit !== undefined;
        return ended || over ? instead(history, ref) : pending;
      };
    },
  };
}

export interface Failing {
  within?: number;
  /** The call that fails: `bind`. */
  call?: string;
  /** Milliseconds that it takes, about. */
  after?: number;
  /** Of a server: once it listens on `port` it has not failed. */
  server?: { port: number; pid: number };
}

/** A program ends because a call of its failed with this errno (`EADDRINUSE`). The value: that call's event. */
export function failsWith(
  ref: ProgramRef,
  code: string,
  { within = PATIENCE, call, after, server }: Failing = {},
): Expectation<number, 'program-fails'> {
  const wanted = {
    code,
    ...(call === undefined ? {} : { call }),
    ...(after === undefined ? {} : { after }),
    ...(server && { port: server.port }),
  };
  return {
    kind: 'program-fails',
    params: { ...refOf(ref), ...wanted },
    within,
    watches: server === undefined ? [] : [ref.host],
    heeds: HEEDED,
    stated: (statement) => {
      const { history } = statement;
      const listens: Evaluate<unknown, 'listening'> | undefined =
        server && listening(ref.host, server.port, { pid: server.pid }).stated(statement);
      return (over) => {
        const doings = history.programs.of(ref.program);
        const exit = doings?.exit;
        if (exit === undefined) {
          const up = listens?.(over);
          if (up?.verdict === 'met') return failed<'program-fails'>(up.seen, up.by);
          return over ? instead(history, ref) : pending;
        }
        const failure = doings?.lastFailure;
        if (failure === undefined || exit.status === 0)
          return failed<'program-fails'>({ exit: exit.seq }, [exit.seq]);
        const by = [failure.seq, exit.seq];
        const took = tookBy(doings, failure);
        const seen = { call: failure.seq, ...(after === undefined ? {} : { took }) };
        const fits =
          failure.code === code &&
          (call === undefined || failure.call === call) &&
          (after === undefined || isAbout(after, took));
        return fits ? met(failure.seq, seen, by) : failed<'program-fails'>(seen, by);
      };
    },
  };
}

function tookBy(doings: Doings | undefined, failure: EventOf<'call'>): number {
  const call = doings?.returned.findLast((one) => one.return === failure);
  return call === undefined ? 0 : tookOf(call);
}

/** A program prints this line, or has. The value: when. */
export function prints(
  ref: ProgramRef,
  line: string,
  within = PATIENCE,
): Expectation<number, 'program-prints'> {
  return {
    kind: 'program-prints',
    params: { ...refOf(ref), line },
    within,
    watches: [],
    heeds: HEEDED,
    stated: ({ history }) => {
      let next = 0;
      return (over) => {
        const doings = history.programs.of(ref.program);
        const outputs = doings?.outputs ?? [];
        for (; next < outputs.length;) {
          const output = outputs[next++];
          if (output?.line === line) return met(output.t, { line }, [output.seq]);
        }
        return over || doings?.exit !== undefined ? instead(history, ref) : pending;
      };
    },
  };
}

/** A program ends, with a status or by a signal when that is asked for. The value: when. */
export function ends(
  ref: ProgramRef,
  wanted: { status?: number; signal?: string } = {},
  within = PATIENCE,
): Expectation<number, 'program-ends'> {
  return {
    kind: 'program-ends',
    params: { ...refOf(ref), ...wanted },
    within,
    watches: [],
    heeds: HEEDED,
    stated:
      ({ history }) =>
      (over) => {
        const exit = history.programs.of(ref.program)?.exit;
        if (exit === undefined) return over ? instead(history, ref) : pending;
        const { status, signal, t, seq } = exit;
        const fits =
          (wanted.status === undefined || wanted.status === status) &&
          (wanted.signal === undefined || wanted.signal === signal);
        return fits ? met(t, { status, signal }, [seq]) : instead(history, ref);
      },
  };
}

export interface CallDetails {
  within?: number;
  /** Milliseconds that the call takes, about. */
  after?: number;
}

/** The `index`-th line that a socket shell printed: the result of the call typed to it. */
export function shellResult(
  ref: ProgramRef,
  index: number,
  call: string,
  wanted: CallResult,
  { within = PATIENCE, after }: CallDetails = {},
): Expectation<string, 'call-returns'> {
  const asked = { index, call, wanted, ...(after === undefined ? {} : { after }) };
  return {
    kind: 'call-returns',
    params: { ...refOf(ref), ...asked },
    within,
    watches: [],
    heeds: HEEDED,
    stated:
      ({ history }) =>
      (over) => {
        const doings = history.programs.of(ref.program);
        const output = doings?.outputs[index];
        const ended = doings?.exit !== undefined;
        if (doings === undefined || output === undefined)
          return over || ended ? instead(history, ref) : pending;
        const { seq, line } = output;
        const result = line.slice(line.indexOf(' = ') + 3);
        // What was no call has no result: there is none that it might be.
        const fits = !line.startsWith(NO_CALL) && resultFits(result, wanted);
        const judged = (isIt: boolean, seen: ReturnedSeen): Evaluation<string, 'call-returns'> =>
          isIt ? met(result, seen, [seq]) : failed<'call-returns'>(seen, [seq]);
        if (after === undefined) return judged(fits, { line });
        // The report of the call comes another way than the line that the shell prints.
        const took = tookAt(doings, index);
        if (took === undefined) return over ? instead(history, ref) : pending;
        return judged(fits && isAbout(after, took), { line, took });
      },
  };
}

function resultFits(result: string, wanted: CallResult): boolean {
  if ('code' in wanted) return result.startsWith(`-1 ${wanted.code} `);
  if (wanted.result === undefined) return !result.startsWith('-1 ');
  // What stands in quotes is meant as it stands; elsewhere N is any number but 0.
  const parts = wanted.result.split(/("(?:[^"\\]|\\.)*")/).map((part, i) => {
    const literal = part.replace(/[^\w ]/g, '\\$&');
    return i % 2 === 1 ? literal : literal.replace(/\bN\b/g, '[1-9]\\d*');
  });
  return new RegExp(`^${parts.join('')}($| )`).test(result);
}

/** Milliseconds that the call took whose result is the `index`-th line: a line that is no call has none. */
function tookAt(doings: Doings, index: number): number | undefined {
  const call = doings.typed(index);
  return call && tookOf(call);
}

/**
 * A failed evaluation: the last thing that a program was seen to do and, where it waits in a call,
 * the connections that it has.
 */
function instead<K extends Kind>(
  history: History,
  { host, program }: ProgramRef,
): Evaluation<never, K> {
  const doings = history.programs.of(program);
  const last = doings?.all.at(-1);
  const waits = last?.type === 'call' && last.phase === 'enter';
  const rows = (waits && history.sockets[host].now?.rows) || [];
  const sockets = rows.filter(
    ({ state, processes }) =>
      state !== 'LISTEN' && processes.some(({ pid }) => pid === doings?.started?.pid),
  );
  const seen: ProgramSeen = {
    last: last?.seq ?? null,
    ...(sockets.length > 0 && { sockets: sockets.map((row) => seenSocket(row)) }),
  };
  return failed<K>(seen, last === undefined ? [] : [last.seq]);
}

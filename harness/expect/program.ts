import type { HostName, LabEvent } from '../evidence/events.ts';
import { historyOf } from '../history/history.ts';
import { tookOf } from '../history/programs.ts';
import {
  failed,
  met,
  pending,
  PATIENCE,
  type Evaluation,
  type Expectation,
  type View,
} from './expectation.ts';
import { span } from './format.ts';
import {
  callInWords,
  doingsOf,
  exitInWords,
  lastWords,
  title,
  type ProgramRef,
} from './program-words.ts';
import { listening } from './sockets.ts';
import { isAbout } from './tolerance.ts';

export type { ProgramRef } from './program-words.ts';

/** A server program is listening: `ss` shows its process on the port. Its end comes first: failed. */
export function ready(ref: ProgramRef, port: number, pid: number): Expectation<undefined> {
  const listens = atSamples(ref.host, listening(ref.host, port, { pid }));
  return {
    text: `${title(ref)} to listen on port ${port}`,
    within: PATIENCE,
    watches: [ref.host],
    heeds: ['output', 'call', 'exit', 'sample'],
    evaluate: (view) => {
      const evaluation = listens(view);
      if (evaluation.kind === 'met') return met(undefined, evaluation.seen, evaluation.by);
      const exit = doingsOf(view.events, ref)?.exit;
      return exit !== undefined || view.over ? lastWords(view, ref) : pending;
    },
  };
}

export interface Failing {
  within?: number;
  /** Milliseconds that the failing call takes, about. */
  after?: number;
  /** Of a server: once it listens on `port` it has not failed. */
  server?: { port: number; pid: number };
}

/** A program ends because a call of its failed with this errno (`EADDRINUSE`). */
export function failsWith(
  ref: ProgramRef,
  code: string,
  { within = PATIENCE, after, server }: Failing = {},
): Expectation<string> {
  const listens =
    server && atSamples(ref.host, listening(ref.host, server.port, { pid: server.pid }));
  return {
    text: `${title(ref)} to fail with ${code}${after === undefined ? '' : ` after about ${span(after)}`}`,
    within,
    watches: listens === undefined ? [] : [ref.host],
    heeds: ['output', 'call', 'exit', 'sample'],
    evaluate: (view) => {
      const { exit, lastFailure: failure, returned } = doingsOf(view.events, ref) ?? {};
      if (exit === undefined) {
        const up = listens?.(view);
        if (up?.kind === 'met')
          return failed(`it in ${up.seen}`, up.by, lastWords(view, ref).details);
        return view.over ? lastWords(view, ref) : pending;
      }
      const { details } = lastWords(view, ref);
      if (failure === undefined || exit.status === 0) {
        return failed(exitInWords(exit), [exit.seq], details);
      }
      const by = [failure.seq, exit.seq];
      const call = returned?.findLast((one) => one.return === failure);
      const took = call === undefined ? 0 : tookOf(call);
      const timed = after === undefined ? '' : `, after ${span(took)}`;
      const seen = `${callInWords(failure)}${timed}`;
      const fits = failure.code === code && (after === undefined || isAbout(after, took));
      return fits ? met(seen, seen, by) : failed(seen, by, details);
    },
  };
}

/** A program prints this line, or has. The value: when. */
export function prints(ref: ProgramRef, line: string, within = PATIENCE): Expectation<number> {
  return {
    text: `${title(ref)} to print ${JSON.stringify(line)}`,
    within,
    watches: [],
    heeds: ['output', 'call', 'exit', 'sample'],
    evaluate: (view) => {
      const doings = doingsOf(view.events, ref);
      const output = doings?.printed(line);
      if (output !== undefined) return met(output.t, JSON.stringify(line), [output.seq]);
      return view.over || doings?.exit !== undefined ? lastWords(view, ref) : pending;
    },
  };
}

/** A program ends, with a status or by a signal when that is asked for. The value: when. */
export function ends(
  ref: ProgramRef,
  { status, signal }: { status?: number; signal?: string } = {},
  within = PATIENCE,
): Expectation<number> {
  const how = [
    ...(status === undefined ? [] : [` with status ${status}`]),
    ...(signal === undefined ? [] : [` by ${signal}`]),
  ].join('');
  return {
    text: `${title(ref)} to end${how}`,
    within,
    watches: [],
    heeds: ['output', 'call', 'exit', 'sample'],
    evaluate: (view) => {
      const exit = doingsOf(view.events, ref)?.exit;
      if (exit === undefined) return view.over ? lastWords(view, ref) : pending;
      const fits =
        (status === undefined || status === exit.status) &&
        (signal === undefined || signal === exit.signal);
      return fits ? met(exit.t, exitInWords(exit), [exit.seq]) : lastWords(view, ref);
    },
  };
}

/**
 * What a typed call should give: an errno's name; or a result as printed, `*` for any number but 0
 * (what the kernel filled in may be left out); or, with neither, any success.
 */
export type CallResult = { code: string } | { result?: string };

export interface CallDetails {
  within?: number;
  /** Milliseconds that the call takes, about. */
  after?: number;
}

/** How a socket shell answers a line that is no call. */
const NO_CALL = 'error: ';

/** The `index`-th line that a socket shell printed: the result of the call typed to it. */
export function shellResult(
  ref: ProgramRef,
  index: number,
  call: string,
  wanted: CallResult,
  { within = PATIENCE, after }: CallDetails = {},
): Expectation<string> {
  const about = after === undefined ? '' : ` after about ${span(after)}`;
  return {
    text: `'${call}' at the ${ref.host} to ${resultInWords(wanted)}${about}`,
    within,
    watches: [],
    heeds: ['output', 'call', 'exit', 'sample'],
    evaluate: (view) => {
      const doings = doingsOf(view.events, ref);
      const output = doings?.outputs[index];
      if (output === undefined)
        return view.over || doings?.exit !== undefined ? lastWords(view, ref) : pending;
      const { seq, line } = output;
      const result = line.slice(line.indexOf(' = ') + 3);
      // What was no call has no result: there is none that it might be.
      const fits = !line.startsWith(NO_CALL) && resultFits(result, wanted);
      if (after === undefined) return fits ? met(result, line, [seq]) : failed(line, [seq]);
      // The report of the call comes another way than the line that the shell prints.
      const took = callTook(view, ref, index);
      if (took === undefined) return view.over ? lastWords(view, ref) : pending;
      const seen = `${line}, after ${span(took)}`;
      return fits && isAbout(after, took) ? met(result, seen, [seq]) : failed(seen, [seq]);
    },
  };
}

function resultInWords(wanted: CallResult): string {
  if ('code' in wanted) return `fail with ${wanted.code}`;
  return wanted.result === undefined ? 'succeed' : `return ${wanted.result}`;
}

function resultFits(result: string, wanted: CallResult): boolean {
  if ('code' in wanted) return result.startsWith(`-1 ${wanted.code} `);
  if (wanted.result === undefined) return !result.startsWith('-1 ');
  const literal = wanted.result.split('*').map((text) => text.replace(/[^\w ]/g, '\\$&'));
  return new RegExp(`^${literal.join('[1-9]\\d*')}($| )`).test(result);
}

/** Milliseconds that the call took whose result is the `index`-th line: a line that is no call has none. */
function callTook(view: View, ref: ProgramRef, index: number): number | undefined {
  const { outputs = [], returned = [] } = doingsOf(view.events, ref) ?? {};
  const calls = outputs.slice(0, index).filter(({ line }) => !line.startsWith(NO_CALL)).length;
  const call = returned[calls];
  return call && tookOf(call);
}

/** An expectation about a host's sockets, evaluated again only when there is a new sample of them. */
function atSamples<T>(host: HostName, { evaluate }: Expectation<T>): (view: View) => Evaluation<T> {
  let last:
    | { events: readonly LabEvent[]; from: number; samples: number; evaluation: Evaluation<T> }
    | undefined;
  return (view) => {
    const { events, from } = view;
    const samples = historyOf(events).sockets[host].samples.length;
    const isKnown = last?.events === events && last.from === from && last.samples === samples;
    if (last !== undefined && isKnown && !view.over) return last.evaluation;
    last = { events, from, samples, evaluation: evaluate(view) };
    return last.evaluation;
  };
}

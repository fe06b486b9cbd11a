import type { EventOf, HostName, LabEvent } from '../evidence/events.ts';
import { failed, met, pending, PATIENCE, type Expectation, type View } from './expectation.ts';
import { seconds } from './format.ts';
import { listening } from './state.ts';

/** A program under test, by the number it has in this run. */
export interface ProgramRef {
  host: HostName;
  program: number;
  name: string;
}

const title = ({ host, name }: ProgramRef): string => `${name} (${host})`;

type OfProgram = EventOf<'output'> | EventOf<'call'> | EventOf<'exit'>;

const about = (events: readonly LabEvent[], { program }: ProgramRef): OfProgram[] =>
  events.filter(
    (event): event is OfProgram =>
      (event.type === 'output' || event.type === 'call' || event.type === 'exit') &&
      event.program === program,
  );

const exitOf = (events: readonly LabEvent[], ref: ProgramRef): EventOf<'exit'> | undefined =>
  about(events, ref).find((event) => event.type === 'exit');

const exitInWords = ({ status, signal }: EventOf<'exit'>): string =>
  signal === null ? `exit status ${status ?? '?'}` : `ended by ${signal}`;

export const callInWords = ({ call, args, result, code, errno }: EventOf<'call'>): string =>
  `${call}(${args.join(', ')})${code === undefined ? ` = ${result ?? '?'}` : ` = -1 ${code} (${errno ?? '?'})`}`;

/** The last thing that a program was seen to do, and all it did. */
function lastWords(view: View, ref: ProgramRef): { seen: string; details: string[]; by: number[] } {
  const all = about(view.events, ref);
  const words = (event: OfProgram): string => {
    if (event.type === 'output') return `prints ${JSON.stringify(event.line)}`;
    if (event.type === 'exit') return exitInWords(event);
    return event.phase === 'enter'
      ? `in ${event.call}(${event.args.join(', ')})`
      : callInWords(event);
  };
  const last = all.at(-1);
  return {
    seen:
      last === undefined ? 'nothing of it' : `it ${words(last)}`.replace('it in', 'it waiting in'),
    details: all.map((event) => `#${event.seq} at ${seconds(event.t)}: ${words(event)}`),
    by: last === undefined ? [] : [last.seq],
  };
}

/** A server program is listening: `ss` shows its process on the port. Its end comes first: failed. */
export function ready(ref: ProgramRef, port: number, pid: number): Expectation<undefined> {
  const listens = listening(ref.host, port, { pid });
  return {
    text: `${title(ref)} to listen on port ${port}`,
    within: PATIENCE,
    watches: [ref.host],
    evaluate: (view) => {
      const evaluation = listens.evaluate(view);
      if (evaluation.kind === 'met') return met(undefined, evaluation.seen, evaluation.by);
      if (exitOf(view.events, ref) !== undefined || view.over) {
        const { seen, details, by } = lastWords(view, ref);
        return failed(seen, by, details);
      }
      return pending;
    },
  };
}

/** A program ends because a call of its failed with this errno (`EADDRINUSE`). */
export function failsWith(
  ref: ProgramRef,
  code: string,
  { within = PATIENCE, port, pid }: { within?: number; port?: number; pid?: number } = {},
): Expectation<string> {
  const listens =
    port === undefined
      ? undefined
      : listening(ref.host, port, { ...(pid === undefined ? {} : { pid }) });
  return {
    text: `${title(ref)} to fail with ${code}`,
    within,
    watches: listens === undefined ? [] : [ref.host],
    evaluate: (view) => {
      const exit = exitOf(view.events, ref);
      const failure = about(view.events, ref).findLast(
        (event): event is EventOf<'call'> => event.type === 'call' && event.code !== undefined,
      );
      if (exit !== undefined && exit.status !== 0 && failure?.code === code) {
        return met(callInWords(failure), callInWords(failure), [failure.seq, exit.seq]);
      }
      const { seen, details, by } = lastWords(view, ref);
      if (exit !== undefined) {
        return failed(
          failure === undefined ? exitInWords(exit) : callInWords(failure),
          by,
          details,
        );
      }
      // A server that got as far as this did not fail, and will not.
      const up = listens?.evaluate(view);
      if (up?.kind === 'met') return failed(`it in ${up.seen}`, up.by, details);
      return view.over ? failed(seen, by, details) : pending;
    },
  };
}

/** A program prints this line (from the statement of the expectation on, or `ever`). */
export function prints(ref: ProgramRef, line: string, within = PATIENCE): Expectation<number> {
  return {
    text: `${title(ref)} to print ${JSON.stringify(line)}`,
    within,
    watches: [],
    evaluate: (view) => {
      const output = about(view.events, ref).find(
        (event) => event.type === 'output' && event.line === line,
      );
      if (output !== undefined) return met(output.t, JSON.stringify(line), [output.seq]);
      if (!view.over && exitOf(view.events, ref) === undefined) return pending;
      const { seen, details, by } = lastWords(view, ref);
      return failed(seen, by, details);
    },
  };
}

/** A program ends, with a status or by a signal when that is asked for. */
export function ends(
  ref: ProgramRef,
  wanted: { status?: number; signal?: string } = {},
  within = PATIENCE,
): Expectation<number> {
  const words = [
    wanted.status === undefined ? '' : ` with status ${wanted.status}`,
    wanted.signal === undefined ? '' : ` by ${wanted.signal}`,
  ].join('');
  return {
    text: `${title(ref)} to end${words}`,
    within,
    watches: [],
    evaluate: (view) => {
      const exit = exitOf(view.events, ref);
      const { seen, details, by } = lastWords(view, ref);
      if (exit === undefined) return view.over ? failed(seen, by, details) : pending;
      const fits =
        (wanted.status === undefined || wanted.status === exit.status) &&
        (wanted.signal === undefined || wanted.signal === exit.signal);
      return fits
        ? met(exit.t, exitInWords(exit), [exit.seq])
        : failed(exitInWords(exit), by, details);
    },
  };
}

/** The `index`-th line that a socket shell printed: the result of the call typed to it. */
export function shellResult(
  ref: ProgramRef,
  index: number,
  call: string,
  wanted: { code?: string; result?: string | RegExp },
  within = PATIENCE,
): Expectation<string> {
  const fits = (result: string): boolean => {
    if (wanted.code !== undefined) return result.startsWith(`-1 ${wanted.code} `);
    if (wanted.result instanceof RegExp) return wanted.result.test(result);
    return wanted.result === undefined || wanted.result === result;
  };
  const words = wanted.code ?? (wanted.result === undefined ? 'its result' : String(wanted.result));
  return {
    text: `${call} to give ${words} (${ref.host})`,
    within,
    watches: [],
    evaluate: (view) => {
      const lines = about(view.events, ref).filter((event) => event.type === 'output');
      const line = lines[index];
      if (line === undefined) {
        const { seen, details, by } = lastWords(view, ref);
        return view.over || exitOf(view.events, ref) !== undefined
          ? failed(seen, by, details)
          : pending;
      }
      const result = line.line.slice(line.line.indexOf(' = ') + 3);
      return fits(result) ? met(result, line.line, [line.seq]) : failed(line.line, [line.seq]);
    },
  };
}

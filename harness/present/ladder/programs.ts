import type { EventOf, Stamp } from '../../evidence/events.ts';
import type { Incarnation } from '../../history/connections.ts';
import { connectionsOfCalls, endpointOf } from '../../history/descriptors.ts';
import type { History } from '../../history/history.ts';
import { hasWaited, type Doings } from '../../history/programs.ts';
import type { CallRow, ExitRow, OutputRow, ProgramRow } from './types.ts';

type ProgramRows = CallRow | OutputRow | ProgramRow | ExitRow;

/** What the programs did: started, called, printed (unless a call says the same), ended. */
export function programRows(
  history: History,
  places: ReadonlyMap<Incarnation, number>,
): ProgramRows[] {
  const connections = connectionsOfCalls(history, [...places.keys()]);
  const aboutOf = ({ seq }: Stamp): Pick<CallRow, 'about'> => {
    const one = connections.get(seq);
    const about = one && places.get(one);
    return about === undefined ? {} : { about };
  };
  return history.programs.all.flatMap((program) => rowsOf(program, aboutOf));
}

function rowsOf(doings: Doings, aboutOf: (event: Stamp) => Pick<CallRow, 'about'>): ProgramRows[] {
  const { host, program, name, started, calls, returned, outputs, exit } = doings;
  const at = ({ t, seq }: Stamp): Base => ({ t, seq, host, program, name });
  const row = (event: EventOf<'call'>): CallRow => ({
    kind: 'call',
    ...at(event),
    call: event.call,
    text: callText(event),
    blocks: event.phase === 'enter',
    ...aboutOf(event),
    ...asksOf(event),
    ...outcomeOf(event),
  });
  // What a socket shell prints is the call that it made.
  const told = new Set(returned.map((call) => call.return && callText(call.return)));
  return [
    ...(started ? [{ kind: 'program' as const, ...at(started), pid: started.pid }] : []),
    ...calls.flatMap((call) => (call.enter && hasWaited(call) ? [row(call.enter)] : [])),
    ...returned.flatMap((call) => (call.return ? [row(call.return)] : [])),
    ...outputs
      .filter(({ line }) => !told.has(line))
      .map(({ stream, line, ...event }) => ({
        kind: 'output' as const,
        ...at(event),
        stream,
        line,
      })),
    ...(exit
      ? [{ kind: 'exit' as const, ...at(exit), status: exit.status, signal: exit.signal }]
      : []),
  ];
}

/** A connect() that does not wait, or is asked for again meanwhile, has not failed (connect(2)). */
const outcomeOf = ({ call, code }: EventOf<'call'>): Pick<CallRow, 'error' | 'underWay'> => {
  if (code === undefined) return {};
  const isUnderWay = call === 'connect' && (code === 'EINPROGRESS' || code === 'EALREADY');
  return isUnderWay ? { underWay: true } : { error: code };
};

const asksOf = ({ call, args }: EventOf<'call'>): Pick<CallRow, 'asksFor'> => {
  const port = call === 'bind' ? endpointOf(args[1])?.port : undefined;
  return port === undefined ? {} : { asksFor: port };
};

type Base = Pick<CallRow, 't' | 'seq' | 'host' | 'program' | 'name'>;

/** As strace prints it, with what the kernel filled in; one that waits has no result yet. */
function callText({ phase, call, args, result, code, errno, out }: EventOf<'call'>): string {
  const called = `${call}(${args.join(', ')})`;
  if (phase === 'enter') return called;
  if (code !== undefined) return `${called} = -1 ${code} (${errno ?? '?'})`;
  return [`${called} = ${result ?? '?'}`, ...filledIn(out)].join(' ');
}

const filledIn = (out: string | number | undefined): string[] => {
  if (out === undefined) return [];
  return [typeof out === 'number' ? `[${out}]` : out];
};

import type { EventOf, LabEvent } from '../../evidence/events.ts';
import type { CallRow, ExitRow, OutputRow, ProgramRow } from './types.ts';

/** A call that has not returned after so long is one that waits, ns. */
const AT_ONCE = 20e6;

type ProgramRows = CallRow | OutputRow | ProgramRow | ExitRow;

/** What the programs did: started, called, printed (unless a call says the same), ended. */
export function programRows(events: readonly LabEvent[]): ProgramRows[] {
  const names = programNames(events);
  const returns = returnTimes(events);
  const told = toldByCalls(events);
  return events.flatMap((event): ProgramRows[] => {
    if (!isOfProgram(event)) return [];
    const { t, seq, host, program } = event;
    const base = { t, seq, host, program, name: names.get(program) ?? '' };
    if (event.type === 'output') {
      if (told.has(`${program} ${event.line}`)) return [];
      return [{ kind: 'output', ...base, stream: event.stream, line: event.line }];
    }
    if (event.type === 'program') return [{ kind: 'program', ...base, pid: event.pid }];
    if (event.type === 'exit') {
      return [{ kind: 'exit', ...base, status: event.status, signal: event.signal }];
    }
    const waits = event.phase === 'enter';
    if (waits && (returns.get(event.seq) ?? Infinity) - t < AT_ONCE) return [];
    return [
      {
        kind: 'call',
        ...base,
        call: event.call,
        text: callText(event),
        blocks: waits,
        ...(event.code === undefined ? {} : { error: event.code }),
      },
    ];
  });
}

type OfProgram = EventOf<'program'> | EventOf<'output'> | EventOf<'call'> | EventOf<'exit'>;

const isOfProgram = (event: LabEvent): event is OfProgram =>
  ['program', 'output', 'call', 'exit'].includes(event.type);

/** The programs' names by their numbers. */
export const programNames = (events: readonly LabEvent[]): ReadonlyMap<number, string> =>
  new Map(
    events.flatMap((event) => (event.type === 'program' ? [[event.program, event.name]] : [])),
  );

/** When each call that was entered returned, by the number of its event. */
function returnTimes(events: readonly LabEvent[]): ReadonlyMap<number, number> {
  const entered = new Map<string, number>();
  const times = new Map<number, number>();
  for (const event of events) {
    if (event.type !== 'call') continue;
    const key = `${event.program} ${event.call} ${event.args[0] ?? ''}`;
    const enter = entered.get(key);
    if (event.phase === 'enter') entered.set(key, event.seq);
    else if (enter !== undefined) {
      times.set(enter, event.t);
      entered.delete(key);
    }
  }
  return times;
}

/** As strace prints it, with what the kernel filled in; one that waits has no result yet. */
function callText({ phase, call, args, result, code, errno, out }: EventOf<'call'>): string {
  const called = `${call}(${args.join(', ')})`;
  if (phase === 'enter') return called;
  if (code !== undefined) return `${called} = -1 ${code} (${errno ?? '?'})`;
  return `${called} = ${result ?? '?'}${out === undefined ? '' : ` ${out}`}`;
}

/** What a socket shell prints is the call that it made. */
function toldByCalls(events: readonly LabEvent[]): ReadonlySet<string> {
  return new Set(
    events.flatMap((event) =>
      event.type === 'call' && event.phase === 'return'
        ? [`${event.program} ${callText(event)}`]
        : [],
    ),
  );
}

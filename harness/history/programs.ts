import type { EventOf, HostName } from '../evidence/events.ts';

export type OfProgram = EventOf<'program'> | EventOf<'output'> | EventOf<'call'> | EventOf<'exit'>;

/** A system call: when it was entered, if it is one that may wait, and when it returned. */
export interface Call {
  enter?: EventOf<'call'>;
  return?: EventOf<'call'>;
}

/** What a program under test did, in order. */
export class Doings {
  readonly started: EventOf<'program'>;
  /** Everything: its output, its calls, its end. */
  readonly all: Exclude<OfProgram, EventOf<'program'>>[] = [];
  readonly outputs: EventOf<'output'>[] = [];
  /** In the order in which they were entered. */
  readonly calls: Call[] = [];
  /** The calls that have returned, in that order. */
  readonly returned: Call[] = [];
  exit?: EventOf<'exit'>;
  /** The last call that failed. */
  lastFailure?: EventOf<'call'>;
  readonly #open = new Map<string, Call>();

  constructor(started: EventOf<'program'>) {
    this.started = started;
  }

  get host(): HostName {
    return this.started.host;
  }

  get name(): string {
    return this.started.name;
  }

  append(event: (typeof this.all)[number]): void {
    this.all.push(event);
    if (event.type === 'output') this.outputs.push(event);
    else if (event.type === 'exit') this.exit ??= event;
    else this.#call(event);
  }

  #call(event: EventOf<'call'>): void {
    if (event.code !== undefined) this.lastFailure = event;
    // Two threads may wait in the same call, for different descriptors.
    const key = `${event.call} ${event.args[0] ?? ''}`;
    const open = this.#open.get(key);
    if (event.phase === 'enter') {
      const call = { enter: event };
      this.#open.set(key, call);
      this.calls.push(call);
      return;
    }
    this.#open.delete(key);
    const call: Call = open ?? {};
    if (open === undefined) this.calls.push(call);
    call.return = event;
    this.returned.push(call);
  }
}

/** Milliseconds that a call waited in the kernel; 0 for one that never does. */
export const tookOf = ({ enter, return: returned }: Call): number =>
  enter === undefined || returned === undefined ? 0 : (returned.t - enter.t) / 1e6;

/** The programs under test, by the numbers they have in this run. */
export class Programs {
  readonly all: Doings[] = [];
  readonly #byNumber = new Map<number, Doings>();
  /** What came before the event that says that its program was started. */
  readonly #early = new Map<number, Exclude<OfProgram, EventOf<'program'>>[]>();

  append(event: OfProgram): void {
    if (event.type === 'program') this.#start(event);
    else {
      const doings = this.#byNumber.get(event.program);
      if (doings !== undefined) doings.append(event);
      else this.#early.set(event.program, [...(this.#early.get(event.program) ?? []), event]);
    }
  }

  /** Undefined for one that was not started, or not yet. */
  of(program: number): Doings | undefined {
    return this.#byNumber.get(program);
  }

  /** The program of a host that has this process id. */
  ofProcess(host: HostName, pid: number): Doings | undefined {
    return this.all.find(({ started }) => started.host === host && started.pid === pid);
  }

  #start(event: EventOf<'program'>): void {
    const doings = new Doings(event);
    this.all.push(doings);
    this.#byNumber.set(event.program, doings);
    for (const early of this.#early.get(event.program) ?? []) doings.append(early);
    this.#early.delete(event.program);
  }
}

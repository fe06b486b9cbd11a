import type { EventOf, HostName } from '../evidence/events.ts';

export type OfProgram =
  EventOf<'program'> | EventOf<'output'> | EventOf<'call'> | EventOf<'limit'> | EventOf<'exit'>;

/** What a program did by itself. */
export type Doing = Exclude<OfProgram, EventOf<'program'> | EventOf<'limit'>>;

/** A system call: when it was entered, if it is one that may wait, and when it returned. */
export interface Call {
  enter?: EventOf<'call'>;
  return?: EventOf<'call'>;
}

/** How a socket shell answers a line that is no call. */
export const NO_CALL = 'error: ';

/** What a program under test did, in order. */
export class Doings {
  readonly host: HostName;
  /** Its number in this run. */
  readonly program: number;
  /** Absent until the event that says so has come. */
  started?: EventOf<'program'>;
  /** Everything: its output, its calls, its end. */
  readonly all: Doing[] = [];
  readonly outputs: EventOf<'output'>[] = [];
  /** Every call's begin and end, as they were reported. */
  readonly callEvents: EventOf<'call'>[] = [];
  /** In the order in which they were entered. */
  readonly calls: Call[] = [];
  /** The calls that have returned, in that order. */
  readonly returned: Call[] = [];
  /** It did too much of something, and was ended for it. */
  limit?: EventOf<'limit'>;
  exit?: EventOf<'exit'>;
  /** The last call that failed. */
  lastFailure?: EventOf<'call'>;
  readonly #open = new Map<string, Call>();

  constructor(host: HostName, program: number) {
    this.host = host;
    this.program = program;
  }

  /** Empty before it is known to have been started. */
  get name(): string {
    return this.started?.name ?? '';
  }

  /**
   * The call whose result is the `index`-th line that a socket shell printed. A line that was no call
   * has none.
   */
  typed(index: number): Call | undefined {
    if (this.outputs[index]?.line.startsWith(NO_CALL) === true) return undefined;
    const before = this.outputs.slice(0, index).filter(({ line }) => !line.startsWith(NO_CALL));
    return this.returned[before.length];
  }

  append(event: Doing | EventOf<'limit'>): void {
    if (event.type === 'limit') {
      this.limit ??= event;
      return;
    }
    this.all.push(event);
    if (event.type === 'output') this.outputs.push(event);
    else if (event.type === 'exit') this.exit ??= event;
    else this.#call(event);
  }

  #call(event: EventOf<'call'>): void {
    this.callEvents.push(event);
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

/** A call that has not returned after so long is one that waits, ns. */
export const AT_ONCE = 20e6;

/** Did it not return at once, or not at all? A call that never waits is told when it has returned. */
export const hasWaited = ({ enter, return: returned }: Call): boolean =>
  enter !== undefined && (returned?.t ?? Infinity) - enter.t >= AT_ONCE;

/** Milliseconds that a call waited in the kernel; 0 for one that never does. */
export const tookOf = ({ enter, return: returned }: Call): number =>
  enter === undefined || returned === undefined ? 0 : (returned.t - enter.t) / 1e6;

/** The programs under test, in the order in which they were first heard of. */
export class Programs {
  readonly all: Doings[] = [];
  /** The calls by which sockets came into LISTEN. */
  readonly listens: Record<HostName, EventOf<'call'>[]> = { server: [], client: [] };
  readonly #byNumber = new Map<number, Doings>();

  append(event: OfProgram): void {
    const doings = this.#doingsOf(event);
    if (event.type === 'program') doings.started = event;
    else doings.append(event);
    if (event.type === 'call' && event.call === 'listen' && event.result === 0)
      this.listens[event.host].push(event);
  }

  /** Undefined for one that was not started, or not yet. */
  of(program: number): Doings | undefined {
    const doings = this.#byNumber.get(program);
    return doings?.started === undefined ? undefined : doings;
  }

  /** The program of a host that has this process id. */
  ofProcess(host: HostName, pid: number): Doings | undefined {
    return this.all.find(({ started }) => started?.host === host && started.pid === pid);
  }

  /** What a program does may come before the event that it was started. */
  #doingsOf({ host, program }: OfProgram): Doings {
    const known = this.#byNumber.get(program);
    if (known !== undefined) return known;
    const doings = new Doings(host, program);
    this.all.push(doings);
    this.#byNumber.set(program, doings);
    return doings;
  }
}

import type { EventOf, HostName, LabEvent } from '../evidence/events.ts';
import { Capture } from './capture.ts';
import type { Link } from './connection.ts';
import { LabLog } from './lab.ts';
import { Programs } from './programs.ts';
import { Sockets, type Sample, type Step } from './sockets.ts';
import { Transitions } from './transitions.ts';

/**
 * The one reading of a run's stream: whatever the rest of the harness wants to know of it, it asks
 * here. It is read event by event and grows with the stream; each event is read once, so that a run
 * costs time in proportion to its events. Pure: two streams of equal events have equal histories.
 */
export class History {
  readonly events: readonly LabEvent[];
  readonly hosts: Partial<Record<HostName, EventOf<'host'>>> = {};
  readonly lab = new LabLog();
  readonly programs = new Programs();
  readonly transitions = new Transitions();
  readonly captures: Readonly<Record<HostName, Capture>>;
  readonly sockets: Readonly<Record<HostName, Sockets>> = {
    server: new Sockets(),
    client: new Sockets(),
  };
  /** The samples of both hosts, in order. */
  readonly samples: Sample[] = [];
  run?: EventOf<'run'>;
  end?: EventOf<'end'>;
  readonly notes: EventOf<'note'>[] = [];
  #upTo = 0;
  readonly #derived = new Map<(history: History) => unknown, { upTo: number; value: unknown }>();

  /** @param events a stream's, which may grow */
  constructor(events: readonly LabEvent[]) {
    this.events = events;
    const server = (): string | undefined => this.hosts.server?.address;
    this.captures = {
      server: new Capture('server', server),
      client: new Capture('client', server),
    };
  }

  /** What `ss` showed to change at either host, in the order of the samples that show it. */
  get steps(): readonly Step[] {
    return this.derive(stepsOf);
  }

  /** Reads what has come since it was last read. */
  catchUp(): this {
    for (; this.#upTo < this.events.length; this.#upTo++) {
      const event = this.events[this.#upTo];
      if (event !== undefined) this.#read(event);
    }
    return this;
  }

  /** The hosts' addresses. @throws Error where nothing is said about a host */
  get link(): Link {
    const { server, client } = this.hosts;
    if (server === undefined || client === undefined)
      throw new Error(`nothing is said about the ${server === undefined ? 'server' : 'client'}`);
    return { server, client };
  }

  /** The socket table of a host, or a row of it, by the number of its sample's event. */
  sample(event: number): EventOf<'sample'> | undefined {
    const sample = this.events[event];
    return sample?.type === 'sample' ? sample : undefined;
  }

  /**
   * What `read` makes of the whole history, made anew only when something has come since: for what
   * cannot be told event by event.
   */
  derive<T>(read: (history: History) => T): T {
    const known = this.#derived.get(read);
    if (known?.upTo === this.events.length) return known.value as T;
    const value = read(this);
    this.#derived.set(read, { upTo: this.events.length, value });
    return value;
  }

  #read(event: LabEvent): void {
    switch (event.type) {
      case 'run':
        this.run ??= event;
        return;
      case 'host':
        this.hosts[event.host] ??= event;
        return;
      case 'step':
        this.lab.appendStep(event);
        return;
      case 'action':
        this.lab.appendAction(event);
        return;
      case 'expect':
        this.lab.appendExpectation(event);
        return;
      case 'verdict':
      case 'deadline':
        this.lab.appendOutcome(event);
        return;
      case 'program':
      case 'output':
      case 'call':
      case 'exit':
        this.programs.append(event);
        return;
      case 'packet':
        this.captures[event.host].append(event);
        return;
      case 'sample':
        this.samples.push(this.sockets[event.host].append(event));
        return;
      case 'transition':
        this.transitions.append(event);
        return;
      case 'note':
        this.notes.push(event);
        return;
      case 'end':
        this.end = event;
        return;
      case 'walk':
      case 'fence':
        return;
    }
  }
}

const stepsOf = ({ sockets: { server, client } }: History): Step[] =>
  [...server.steps, ...client.steps].sort((a, b) => a.after.event - b.after.event);

/** The history of a stream's events so far; the same one however often it is asked for. */
export function historyOf(events: readonly LabEvent[]): History {
  const known = histories.get(events) ?? new History(events);
  histories.set(events, known);
  return known.catchUp();
}

const histories = new WeakMap<readonly LabEvent[], History>();

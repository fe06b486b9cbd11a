import type { EventOf, HostName, LabEvent } from '../evidence/events.ts';
import { Capture, type Packet } from './capture.ts';
import type { Link } from './connection.ts';
import { LabLog } from './lab.ts';
import { Pairs } from './pairs.ts';
import { Programs } from './programs.ts';
import { Sockets, type Sample, type SocketChange } from './sockets.ts';
import { Transitions } from './transitions.ts';
import { Waiting } from './waiting.ts';
import { told, ToldError } from '../told.ts';

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
  /** The segments of both captures, put together. */
  readonly pairs = new Pairs();
  readonly waiting = new Waiting();
  run?: EventOf<'run'>;
  end?: EventOf<'end'>;
  readonly notes: EventOf<'note'>[] = [];
  readonly answers: EventOf<'answer'>[] = [];
  #upTo = 0;
  /** How many events of witnesses there are, and of what the lab did to its world. */
  #evidence = 0;
  readonly #derived = new Map<(history: History) => unknown, { of: number; value: unknown }>();

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
  get socketChanges(): readonly SocketChange[] {
    return this.derive(socketChangesOf);
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
      throw new ToldError(
        told('nothing is said about the {host}', {
          host: told(server === undefined ? 'server' : 'client'),
        }),
      );
    return { server, client };
  }

  /** The socket table of a host, or a row of it, by the number of its sample's event. */
  sample(event: number): EventOf<'sample'> | undefined {
    const sample = this.events[event];
    return sample?.type === 'sample' ? sample : undefined;
  }

  /**
   * What `read` makes of the evidence as a whole, made anew only when more has come since: for what
   * cannot be told event by event. What a lab expects, and what came of it, is no evidence.
   */
  derive<T>(read: (history: History) => T): T {
    const known = this.#derived.get(read);
    if (known?.of === this.#evidence) return known.value as T;
    const value = read(this);
    this.#derived.set(read, { of: this.#evidence, value });
    return value;
  }

  #read(event: LabEvent): void {
    if (!NO_EVIDENCE.has(event.type)) this.#evidence++;
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
      case 'limit':
      case 'exit':
        this.programs.append(event);
        return;
      case 'packet':
        this.#carried(this.captures[event.host].append(event));
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
      case 'answer':
        this.answers.push(event);
        return;
      case 'end':
        this.end = event;
        return;
      case 'wire':
        this.waiting.append(event, this.lab.losesSince[event.host]);
        return;
      case 'marker':
        return;
    }
  }

  #carried(packet: Packet | undefined): void {
    if (packet !== undefined) this.pairs.append(packet);
  }
}

const NO_EVIDENCE: ReadonlySet<LabEvent['type']> = new Set([
  'step',
  'expect',
  'verdict',
  'deadline',
  'marker',
  'note',
  'answer',
  'end',
]);

const socketChangesOf = ({ sockets: { server, client } }: History): SocketChange[] =>
  [...server.changes, ...client.changes].sort((a, b) => a.after.event - b.after.event);

/** The history of a stream's events so far; the same one however often it is asked for. */
export function historyOf(events: readonly LabEvent[]): History {
  const known = histories.get(events) ?? new History(events);
  histories.set(events, known);
  return known.catchUp();
}

const histories = new WeakMap<readonly LabEvent[], History>();

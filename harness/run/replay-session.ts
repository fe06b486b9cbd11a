import { isDeepStrictEqual } from 'node:util';
import type { EventOf, HostName, Json, LabEvent } from '../evidence/events.ts';
import type { Kind } from '../evidence/expectations.ts';
import { Stream } from '../evidence/stream.ts';
import type { Expectation } from '../expect/expectation.ts';
import { Judge, type Settled } from './judge.ts';
import { ActionError, type HostFacts, type Session } from '../vocabulary/session.ts';

/** The bundle and the lab's code, or two parts of the bundle, do not agree; `event` says where. */
export class ContradictionError extends Error {
  override readonly name = 'ContradictionError';
  readonly event: number;
  constructor(event: number, reason: string) {
    super(`event ${event}: ${reason}`);
    this.event = event;
  }
}

/** Something that the lab's code has asked for and that the recording has not answered yet. */
interface Issued {
  /** What its recorded event must look like. */
  matches: Record<string, unknown>;
  words: string;
  taken: (event: LabEvent) => void;
}

/** A lab's session over recorded events. */
export class ReplaySession implements Session {
  readonly stream = new Stream();
  readonly facts: Record<HostName, HostFacts>;
  readonly slow: boolean;
  readonly #events: readonly LabEvent[];
  readonly #judge: Judge;
  readonly #issued: Issued[] = [];
  readonly #actions = new Map<
    number,
    { resolve: (value: Json) => void; reject: (e: Error) => void }
  >();
  readonly #deadlines = new Map<number, number>();
  readonly #settled: Settled[] = [];

  constructor(events: readonly LabEvent[]) {
    this.#events = events;
    this.facts = factsOf(events);
    this.slow = events.some((event) => event.type === 'run' && event.slow);
    this.#judge = new Judge(this.stream, (settled) => this.#settled.push(settled));
  }

  async perform(op: string, host: HostName, args: Json): Promise<Json> {
    const { id } = await this.#issue(
      { type: 'action', phase: 'begin', op, host, args },
      `${op} at the ${host}`,
    );
    return new Promise((resolve, reject) => this.#actions.set(id, { resolve, reject }));
  }

  judge<T, K extends Kind>(expectation: Expectation<T, K>): Promise<T> {
    const { kind, params } = expectation;
    return new Promise((resolve, reject) => {
      this.#issued.push({
        matches: { type: 'expect', kind, params: plain(params) },
        words: `expects ${kind}`,
        // At once, as when it was recorded: the very next event may settle it.
        taken: (event) => {
          const { id, t, within } = event as EventOf<'expect'>;
          this.#deadlines.set(id, t + within * 1e6);
          this.#judge.open(id, expectation, t).then(resolve, reject);
        },
      });
    });
  }

  async step(title: string, body: () => Promise<void>): Promise<void> {
    // By its place in the lab: a step may be given another title.
    const { id } = await this.#issue({ type: 'step', phase: 'begin' }, `step '${title}'`);
    await body();
    await this.#issue({ type: 'step', phase: 'end', id }, `end of step '${title}'`);
  }

  /** Feeds all events; returns how many verdicts were reached again. */
  async feed(labEnded: () => boolean): Promise<number> {
    let verdicts = 0;
    for (const event of this.#events) {
      const settled = this.#settled[0];
      const isCut = event.type === 'end' && event.cut === true;
      if (settled !== undefined && event.type !== 'verdict' && !isCut) {
        throw new ContradictionError(
          event.seq,
          `expectation ${settled.id} is ${settled.verdict} here, which the bundle does not say`,
        );
      }
      switch (event.type) {
        case 'step':
          await this.#take(event, labEnded);
          break;
        case 'expect':
          await this.#take(event, labEnded);
          break;
        case 'action':
          if (event.phase === 'begin') await this.#take(event, labEnded);
          else this.#finish(event);
          break;
        case 'verdict':
          this.#compare(event);
          verdicts++;
          break;
        case 'deadline':
          if (event.t < (this.#deadlines.get(event.id) ?? 0)) {
            throw new ContradictionError(
              event.seq,
              `the time of expectation ${event.id} was not over yet`,
            );
          }
          this.stream.push(event);
          break;
        default:
          this.stream.push(event);
      }
    }
    return verdicts;
  }

  #issue(matches: Record<string, unknown>, words: string): Promise<{ id: number }> {
    return new Promise((resolve) => {
      this.#issued.push({
        matches,
        words,
        taken: (event) => {
          resolve(event as unknown as { id: number });
        },
      });
    });
  }

  /** Waits until the lab's code does what was recorded; it has nothing else to wait for. */
  async #take(event: LabEvent, labEnded: () => boolean): Promise<void> {
    let index = this.#find(event);
    if (index === -1) {
      await quiet();
      index = this.#find(event);
    }
    const [issued] = index === -1 ? [] : this.#issued.splice(index, 1);
    if (issued === undefined) {
      const does = this.#issued.map(({ words }) => words).join(', ');
      const instead = does === '' ? (labEnded() ? 'has ended' : 'waits') : does;
      throw new ContradictionError(
        event.seq,
        `recorded is ${words(event)}, but the lab ${instead}`,
      );
    }
    this.stream.push(event);
    issued.taken(event);
    // An action's begin must have its promise before its end comes.
    await quiet();
  }

  #find(event: LabEvent): number {
    return this.#issued.findIndex(({ matches }) =>
      Object.entries(matches).every(([key, value]) =>
        isDeepStrictEqual((event as unknown as Record<string, unknown>)[key], value),
      ),
    );
  }

  #finish(event: EventOf<'action'>): void {
    const action = this.#actions.get(event.id);
    if (action === undefined)
      throw new ContradictionError(event.seq, `action ${event.id} ends that was not begun`);
    this.#actions.delete(event.id);
    this.stream.push(event);
    if (event.error === undefined) action.resolve(event.value ?? null);
    else action.reject(new ActionError(event.op, event.error));
  }

  #compare(event: EventOf<'verdict'>): void {
    const settled = this.#settled.shift();
    const { id, verdict, seen, by, ...more } = event;
    const { misses, nearest } = { misses: undefined, nearest: undefined, ...more };
    const said = plain({ id, verdict, seen, by, misses, nearest });
    if (settled === undefined) {
      throw new ContradictionError(
        event.seq,
        `the bundle says ${event.verdict}, but the evidence until here does not`,
      );
    }
    if (!isDeepStrictEqual(plain(settled), said)) {
      const [bundle, replayed] = [said, settled].map((one) => JSON.stringify(one));
      throw new ContradictionError(
        event.seq,
        `the bundle says ${event.verdict}, the replay ${settled.verdict}: ${bundle} is not ${replayed}`,
      );
    }
    this.stream.push(event);
  }
}

/** As it is read back from a file. */
const plain = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

const words = (event: LabEvent): string => {
  if (event.type === 'action') return `${event.op} at the ${event.host ?? 'wire'}`;
  if (event.type === 'expect') return `'expect ${event.kind}'`;
  return event.type === 'step' ? `step '${event.title}' (${event.phase})` : event.type;
};

function factsOf(events: readonly LabEvent[]): Record<HostName, HostFacts> {
  const of = (name: HostName): HostFacts => {
    const host = events.find((event) => event.type === 'host' && event.host === name);
    if (host?.type !== 'host') throw new ContradictionError(0, `nothing is said about the ${name}`);
    const { address, mac, sysctls } = host;
    return { address, mac, sysctls };
  };
  return { server: of('server'), client: of('client') };
}

/** Resolves when the lab's code has run as far as it can: it only ever awaits promises of ours. */
export async function quiet(): Promise<void> {
  for (let turn = 0; turn < 3; turn++) await new Promise((resolve) => setImmediate(resolve));
}

import { isDeepStrictEqual } from 'node:util';
import type { ActionName, ArgsOf, Done, ValueOf } from '../evidence/actions.ts';
import type { EventOf, HostName, LabEvent, Place } from '../evidence/events.ts';
import type { Kind } from '../evidence/expectations.ts';
import { Stream } from '../evidence/stream.ts';
import type { Expectation } from '../expect/expectation.ts';
import { Judge, type Settled } from './judge.ts';
import type { Lab } from '../vocabulary/define.ts';
import { ActionError, type HostFacts, type Session } from '../vocabulary/session.ts';
import { listed, told, ToldError, verbatim, type Told } from '../told.ts';
import { asIn, differing } from './differing.ts';
import { placeIn } from './place.ts';

/** The bundle and the lab's code, or two parts of the bundle, do not agree; `event` says where. */
export class ContradictionError extends ToldError {
  override readonly name = 'ContradictionError';
  readonly event: number;
  constructor(event: number, why: Told) {
    super(told('event {n}: {why}', { n: event, why }));
    this.event = event;
  }
}

/** Something that the lab's code has asked for and that the recording has not answered yet. */
interface Issued {
  /** What its recorded event must look like. */
  matches: Record<string, unknown>;
  /** As the end of "the lab ...". */
  words: Told;
  /** The line of the lab that asks for it. */
  at?: Place | undefined;
  taken: (event: LabEvent) => void;
}

/** A lab's session over recorded events. */
export class ReplaySession implements Session {
  readonly stream = new Stream();
  readonly facts: Record<HostName, HostFacts>;
  readonly slow: boolean;
  readonly #events: readonly LabEvent[];
  readonly #lab: Pick<Lab, 'source'>;
  readonly #judge: Judge;
  readonly #issued: Issued[] = [];
  /** What is to be done with the ends of those that have begun. */
  readonly #actions = new Map<number, (end: EventOf<'action'>) => void>();
  readonly #deadlines = new Map<number, number>();
  readonly #settled: Settled[] = [];

  constructor(events: readonly LabEvent[], lab: Pick<Lab, 'source'>) {
    this.#events = events;
    this.#lab = lab;
    this.facts = factsOf(events);
    this.slow = events.some((event) => event.type === 'run' && event.slow);
    this.#judge = new Judge(this.stream, (settled) => this.#settled.push(settled));
  }

  async perform<O extends ActionName>(op: O, host: HostName, args: ArgsOf<O>): Promise<ValueOf<O>> {
    const { id } = await this.#issue(
      { type: 'action', phase: 'begin', op, host, args },
      told('does {name} at the {host}', { name: op, host: told(host) }),
    );
    return new Promise((resolve, reject) =>
      this.#actions.set(id, (end) => {
        if (isDone(end, op)) resolve(end.value);
        else if (end.phase === 'end' && end.error !== undefined)
          reject(new ActionError(op, end.error));
        else
          throw new ContradictionError(
            end.seq,
            told('action {n} ends that was not begun', { n: id }),
          );
      }),
    );
  }

  judge<T, K extends Kind>(expectation: Expectation<T, K>): Promise<T> {
    const { kind, params } = expectation;
    return new Promise((resolve, reject) => {
      this.#issued.push({
        matches: { type: 'expect', kind, params: plain(params) },
        words: told('expects {what}', { what: kind }),
        at: placeIn(this.#lab),
        // At once, as when it was recorded: the very next event may settle it.
        taken: (event) => {
          const { id, t, within } = event as EventOf<'expect'>;
          this.#deadlines.set(id, t + within * 1e6);
          this.#judge.open(id, expectation, t).then(resolve, reject);
        },
      });
    });
  }

  async step(title: Told, body: () => Promise<void>): Promise<void> {
    const what = title;
    // By its place in the lab: a step may be given another title.
    const begin = { type: 'step', phase: 'begin' };
    const { id } = await this.#issue(begin, told("begins step '{what}'", { what }));
    await body();
    await this.#issue({ type: 'step', phase: 'end', id }, told("ends step '{what}'", { what }));
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
          told('expectation {n} is {what} here, which the bundle does not say', {
            ...{ n: settled.id, what: told(settled.verdict) },
          }),
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
              told('the time of expectation {n} was not over yet', { n: event.id }),
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

  #issue(matches: Record<string, unknown>, words: Told): Promise<{ id: number }> {
    return new Promise((resolve) => {
      this.#issued.push({
        matches,
        words,
        at: placeIn(this.#lab),
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
      throw new ContradictionError(
        event.seq,
        this.#nearlyDone(event) ??
          told('the bundle records {what}, but the lab {how}', {
            what: recorded(event),
            how:
              this.#issued.length > 0
                ? listed(this.#issued.map(placed))
                : labEnded()
                  ? told('has ended')
                  : told('waits'),
          }),
      );
    }
    this.stream.push(event);
    issued.taken(event);
    // An action's begin must have its promise before its end comes.
    await quiet();
  }

  /** What the lab does that is the same thing, with other arguments: of both, what differs. */
  #nearlyDone(event: LabEvent): Told | undefined {
    const said = event as unknown as Record<string, unknown>;
    const alike = this.#issued.filter(({ matches }) =>
      ['type', 'phase', 'op', 'kind'].every((key) => matches[key] === said[key]),
    );
    const [nearest] = alike
      .map((one) => {
        const keys = Object.keys(one.matches);
        const asked = Object.fromEntries(keys.map((key) => [key, said[key]]));
        return { one, fields: differing(asked, one.matches) };
      })
      .sort((a, b) => a.fields.length - b.fields.length);
    if (nearest === undefined) return undefined;
    const { one, fields } = nearest;
    return told('the bundle records {what} ({fields}), but the lab {how} ({others})', {
      ...{ what: recorded(event), fields: asIn(0, fields) },
      ...{ how: placed(one), others: asIn(1, fields) },
    });
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
      throw new ContradictionError(
        event.seq,
        told('action {n} ends that was not begun', { n: event.id }),
      );
    this.#actions.delete(event.id);
    this.stream.push(event);
    action(event);
  }

  #compare(event: EventOf<'verdict'>): void {
    const settled = this.#settled.shift();
    const { id, verdict, seen, by, ...more } = event;
    const { misses, nearest } = { misses: undefined, nearest: undefined, ...more };
    const said = plain({ id, verdict, seen, by, misses, nearest });
    if (settled === undefined) {
      throw new ContradictionError(
        event.seq,
        told('the bundle says {what}, but the evidence until here does not', {
          what: told(event.verdict),
        }),
      );
    }
    if (!isDeepStrictEqual(plain(settled), said)) {
      throw new ContradictionError(
        event.seq,
        told('the bundle says {what}, the replay {how}: {seen} is not {why}', {
          ...{ what: told(event.verdict), how: told(settled.verdict) },
          ...{ seen: JSON.stringify(said), why: JSON.stringify(settled) },
        }),
      );
    }
    this.stream.push(event);
  }
}

const isDone = <O extends ActionName>(
  end: { phase: 'begin' | 'end'; op: ActionName; error?: unknown },
  op: O,
): end is Done<O> => end.phase === 'end' && end.op === op && end.error === undefined;

/** As it is read back from a file. */
const plain = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

function recorded(event: LabEvent): Told {
  switch (event.type) {
    case 'action':
      return told('{name} at the {host}', { name: event.op, host: told(event.host) });
    case 'expect':
      return at(told("'expect {what}'", { what: event.kind }), event.at);
    case 'step':
      return told("step '{what}' ({phase})", { what: event.title, phase: told(event.phase) });
    default:
      return verbatim(event.type);
  }
}

const placed = (issued: Issued): Told => at(issued.words, issued.at);

const at = (what: Told, place: Place | undefined): Told =>
  place === undefined
    ? what
    : told('{what} at {file}:{line}', { what, file: place.file, line: place.line });

function factsOf(events: readonly LabEvent[]): Record<HostName, HostFacts> {
  const of = (name: HostName): HostFacts => {
    const host = events.find((event) => event.type === 'host' && event.host === name);
    if (host?.type !== 'host') {
      const params = { host: told(name) };
      throw new ContradictionError(0, told('nothing is said about the {host}', params));
    }
    const { address, mac, sysctls } = host;
    return { address, mac, sysctls };
  };
  return { server: of('server'), client: of('client') };
}

/** Resolves when the lab's code has run as far as it can: it only ever awaits promises of ours. */
export async function quiet(): Promise<void> {
  for (let turn = 0; turn < 3; turn++) await new Promise((resolve) => setImmediate(resolve));
}

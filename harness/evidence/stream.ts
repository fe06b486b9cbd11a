import type { ActionName, Begun, Done, Undone } from './actions.ts';
import type { Body, EventOf, LabEvent } from './events.ts';

export type Listener = (event: LabEvent) => void;

/** The append-only stream. Listeners are called at once, in the order they came. */
export class Stream {
  readonly events: LabEvent[] = [];
  readonly #listeners = new Set<Listener>();
  #step: number | undefined;

  /** Appends `body` as it happened at `t` (ns since the run began) in the current step. */
  append<B extends Body>(t: number, body: B): LabEvent & B;
  append<O extends ActionName>(t: number, body: Begun<O> | Done<O> | Undone<O>): LabEvent;
  append<B extends Body>(t: number, body: B): LabEvent & B {
    if (body.type === 'step') this.#step = body.phase === 'begin' ? body.id : undefined;
    const step = body.type === 'step' && body.phase === 'end' ? body.id : this.#step;
    const seq = this.events.length;
    // A spread of both would take twenty times as long, and a run has many.
    const stamp = step === undefined ? { seq, t } : { seq, t, step };
    const event = Object.assign(stamp, body) as LabEvent & B;
    this.push(event);
    return event;
  }

  /** Adds an event that has its stamp already (a replay's). */
  push(event: LabEvent): void {
    // What a host still reports while it is being ended belongs to no run.
    if (this.events.at(-1)?.type === 'end') return;
    this.events.push(event);
    for (const listener of [...this.#listeners]) listener(event);
  }

  listen(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  of<T extends Body['type']>(type: T): EventOf<T>[] {
    return this.events.filter((event): event is EventOf<T> => event.type === type);
  }
}

/** The stream as a file has it: one JSON object a line. */
export const formatEvents = (events: readonly LabEvent[]): string =>
  events.map((event) => `${JSON.stringify(event)}\n`).join('');

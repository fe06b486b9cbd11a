import type { EventOf, HostName, Json } from '../evidence/events.ts';
import type { Told } from '../told.ts';

/** A named stretch of the lab. Times are ns since the run began. */
export interface LabStep {
  id: number;
  title: Told;
  begin: EventOf<'step'>;
  end?: EventOf<'step'>;
}

/** Something that the lab did to its world. */
export interface Action {
  id: number;
  op: string;
  host?: HostName;
  args: Json;
  begin: EventOf<'action'>;
  end?: EventOf<'action'>;
}

/** Something that the lab expected, and what came of it. */
export interface Stated {
  id: number;
  expect: EventOf<'expect'>;
  verdict?: EventOf<'verdict'>;
  /** The time it had was over before it was decided. */
  deadline?: EventOf<'deadline'>;
  step?: LabStep;
}

/** What the lab itself did and expected, in order. */
export class LabLog {
  readonly steps: LabStep[] = [];
  readonly actions: Action[] = [];
  readonly expectations: Stated[] = [];
  readonly #byId = new Map<number, LabStep | Action | Stated>();
  readonly #readings = new Map<string, EventOf<'action'>>();

  step(id: number | undefined): LabStep | undefined {
    const step = id === undefined ? undefined : this.#byId.get(id);
    return step !== undefined && 'title' in step ? step : undefined;
  }

  action(id: number): Action | undefined {
    const action = this.#byId.get(id);
    return action !== undefined && 'op' in action ? action : undefined;
  }

  expectation(id: number): Stated | undefined {
    const stated = this.#byId.get(id);
    return stated !== undefined && 'expect' in stated ? stated : undefined;
  }

  /** What an operation of a host's agent (`counters`, `netstat`) gave when it was last asked. */
  reading(host: HostName, op: string): EventOf<'action'> | undefined {
    return this.#readings.get(`${host} ${op}`);
  }

  appendStep(event: EventOf<'step'>): void {
    const { id, title, phase } = event;
    const known = this.step(id);
    if (phase === 'end' && known !== undefined) known.end = event;
    if (phase === 'begin') this.#add(this.steps, { id, title, begin: event });
  }

  appendAction(event: EventOf<'action'>): void {
    const { id, op, host, phase, value } = event;
    if (phase === 'begin') {
      const args = event.args ?? null;
      this.#add(this.actions, { id, op, ...(host && { host }), args, begin: event });
      return;
    }
    const action = this.action(id);
    if (action !== undefined) action.end = event;
    if (host !== undefined && typeof value === 'object' && value !== null)
      this.#readings.set(`${host} ${op}`, event);
  }

  appendExpectation(event: EventOf<'expect'>): void {
    const step = this.step(event.step);
    this.#add(this.expectations, { id: event.id, expect: event, ...(step && { step }) });
  }

  appendOutcome(event: EventOf<'verdict'> | EventOf<'deadline'>): void {
    const stated = this.expectation(event.id);
    if (stated === undefined) return;
    if (event.type === 'verdict') stated.verdict = event;
    else stated.deadline = event;
  }

  #add<T extends LabStep | Action | Stated>(list: T[], one: T): void {
    list.push(one);
    this.#byId.set(one.id, one);
  }
}

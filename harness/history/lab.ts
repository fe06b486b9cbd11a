import type { ActionName, ArgsOf, Begun, Done, Undone } from '../evidence/actions.ts';
import type { EventOf, HostName, Stamp } from '../evidence/events.ts';
import { endpointText } from '../tcp/endpoint.ts';
import type { Told } from '../told.ts';

/** A named stretch of the lab. Times are ns since the run began. */
export interface LabStep {
  id: number;
  title: Told;
  begin: EventOf<'step'>;
  end?: EventOf<'step'>;
}

/** Something that the lab did to its world. */
export type Action<O extends ActionName = ActionName> = {
  [P in O]: {
    id: number;
    op: P;
    host: HostName;
    args: ArgsOf<P>;
    begin: Stamp & Begun<P>;
    end?: Stamp & (Done | Undone);
  };
}[O];

/** What the kernel was asked for (`counters`, `netstat`), and gave. */
export type Reading<O extends 'counters' | 'netstat'> = Stamp & Done<O>;

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
  /** When a host was last told to lose what comes, ns since the run began. */
  readonly losesSince: Partial<Record<HostName, number>> = {};
  readonly #connections = new Set<string>();
  readonly #byId = new Map<number, LabStep | Action | Stated>();
  /** What each host gave when it was last asked. */
  readonly counters: Partial<Record<HostName, Reading<'counters'>>> = {};
  readonly netstat: Partial<Record<HostName, Reading<'netstat'>>> = {};

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

  appendStep(event: EventOf<'step'>): void {
    const { id, title, phase } = event;
    const known = this.step(id);
    if (phase === 'end' && known !== undefined) known.end = event;
    if (phase === 'begin') this.#add(this.steps, { id, title, begin: event });
  }

  appendAction(event: EventOf<'action'>): void {
    if (event.phase === 'begin') {
      this.#add(this.actions, begunBy(event));
      if (event.op === 'drop') this.losesSince[event.host] = event.t;
      return;
    }
    const action = this.action(event.id);
    if (action !== undefined) action.end = event;
    if (event.error !== undefined) return;
    if (event.op === 'counters') this.counters[event.host] = event;
    if (event.op === 'netstat') this.netstat[event.host] = event;
  }

  appendExpectation(event: EventOf<'expect'>): void {
    const step = this.step(event.step);
    this.#add(this.expectations, { id: event.id, expect: event, ...(step && { step }) });
    if (!('connection' in event.params)) return;
    const { client, server } = event.params.connection;
    this.#connections.add(`${endpointText(client)} ${endpointText(server)}`);
  }

  /** Has the lab expected something of more than one connection? Then a host's name says not which. */
  get namesSeveral(): boolean {
    return this.#connections.size > 1;
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

function begunBy<O extends ActionName>(begin: Stamp & Begun<O>): Action<O> {
  const { id, op, host, args } = begin;
  return { id, op, host, args, begin };
}

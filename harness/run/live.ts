import { AgentError } from '../backend/agent-client.ts';
import type { Code } from '../backend/code.ts';
import { LIMITS } from '../agent/limits.ts';
import type { Operations } from '../agent/protocol.ts';
import type { ActionName, ArgsOf, Begun, ValueOf } from '../evidence/actions.ts';
import type { HostName, VerdictEvent } from '../evidence/events.ts';
import type { Asked, Kind } from '../evidence/expectations.ts';
import type { Stream } from '../evidence/stream.ts';
import type { Expectation } from '../expect/expectation.ts';
import { Judge } from './judge.ts';
import { placeIn } from './place.ts';
import type { Lab } from '../vocabulary/define.ts';
import { ActionError, type HostFacts, type Session } from '../vocabulary/session.ts';
import { Patience } from './walk/patience.ts';
import type { Move } from './walk/queue.ts';
import type { Take, Walk } from './walk/walk.ts';
import type { World } from './world.ts';
import { told, ToldError, toldBy, type Told } from '../told.ts';

/** What is carried out in a session, and how. */
interface SessionOptions {
  lab: Lab;
  slow: boolean;
  walk?: Walk | undefined;
}

/** A lab's session with real hosts. */
export class LiveSession implements Session {
  readonly stream: Stream;
  readonly facts: Record<HostName, HostFacts>;
  readonly slow: boolean;
  readonly #world: World;
  readonly #judge: Judge;
  readonly #lab: Lab;
  readonly #walk: Walk | undefined;
  readonly #patience: Patience;
  readonly #does: Doers;
  #lastId = 0;
  #aborted: Error | undefined;

  constructor(world: World, code: Code, stream: Stream, { lab, slow, walk }: SessionOptions) {
    this.#world = world;
    this.stream = stream;
    this.facts = world.facts;
    this.slow = slow;
    this.#lab = lab;
    this.#walk = walk;
    this.#patience = walk?.patience ?? new Patience();
    this.#does = this.#doers(code);
    this.#judge = new Judge(stream, (settled) => {
      stream.append(world.now(), { type: 'verdict', ...settled } as VerdictEvent);
    });
  }

  /** Ends the run from outside: whatever the lab awaits is rejected with `error`. */
  abort(error: Error): void {
    this.#aborted ??= error;
    this.#judge.abandon(error);
    this.#walk?.abort(error);
  }

  async perform<O extends ActionName>(op: O, host: HostName, args: ArgsOf<O>): Promise<ValueOf<O>> {
    await this.#cleared();
    await this.#walk?.before({ op, host, args } as Pick<Begun, 'op' | 'host' | 'args'>);
    this.#check();
    const id = ++this.#lastId;
    const now = (): number => this.#world.now();
    const action = { type: 'action', id, op, host } as const;
    this.stream.append<O>(now(), { ...action, phase: 'begin', args });
    try {
      const value = await this.#does[op](host, args);
      this.#check();
      this.stream.append<O>(now(), { ...action, phase: 'end', value });
      return value;
    } catch (cause) {
      this.#check();
      const { code = 'ACTION' } = cause as Error & { code?: string };
      const error = { code, message: reasonOf(op, cause) };
      this.stream.append<O>(now(), { ...action, phase: 'end', error });
      throw new ActionError(op, error);
    }
  }

  async judge<T, K extends Kind>(expectation: Expectation<T, K>): Promise<T> {
    this.#check();
    const id = ++this.#lastId;
    const since = this.#world.now();
    const { kind, params, within, watches, lastLook } = expectation;
    const at = placeIn(this.#lab);
    const asked = { kind, params } as Asked;
    this.stream.append(since, { type: 'expect', id, ...asked, within, ...(at && { at }) });
    const verdict = this.#judge.open(id, expectation, since);
    const forget = this.#patience.after(within, () => {
      void this.#timeIsUp(id, expectation);
    });
    // One that is judged at once looks when its time is up, that is now.
    if (within > 0 || lastLook !== true) this.#look(watches);
    try {
      return await verdict;
    } finally {
      forget();
    }
  }

  async step(title: Told, body: () => Promise<void>): Promise<void> {
    await this.#cleared();
    const id = ++this.#lastId;
    this.stream.append(this.#world.now(), { type: 'step', phase: 'begin', id, title });
    await body();
    this.stream.append(this.#world.now(), { type: 'step', phase: 'end', id, title });
  }

  /** Who does what: the host's agent, or whoever walks, in whose hands the wire is then. */
  #doers(code: Code): Doers {
    const { hosts } = this.#world;
    const walk = this.#walk;
    const agent =
      <O extends keyof Operations>(op: O) =>
      (host: HostName, args: Operations[O]['args']): Promise<Operations[O]['value']> =>
        hosts[host].agent.call(op, args);
    const move = <O extends Move>(op: O): Doers[O] =>
      walk === undefined ? agent(op) : (host) => walk.move(op, host);
    const take = <O extends Take>(op: O): Doers[O] =>
      walk === undefined ? agent(op) : (host, { id }) => walk.take(op, host, id);
    return {
      run: (host, args) => this.#run(host, args, code),
      type: agent('type'),
      signal: agent('signal'),
      hold: move('hold'),
      release: move('release'),
      carry: move('carry'),
      delay: move('delay'),
      letGo: take('letGo'),
      discard: take('discard'),
      reorder: take('reorder'),
      duplicate: agent('duplicate'),
      mtu: agent('mtu'),
      drop: agent('drop'),
      undrop: agent('undrop'),
      inject: agent('inject'),
      counters: agent('counters'),
      netstat: agent('netstat'),
    };
  }

  async #run(
    host: HostName,
    { program, name, args }: ArgsOf<'run'>,
    code: Code,
  ): Promise<ValueOf<'run'>> {
    const file = code.programs[name];
    if (file === undefined) throw new ToldError(told("no program '{name}'", { name }));
    const { agent, programCommand } = this.#world.hosts[host];
    const argv = [...programCommand(file), ...args];
    const { pid } = await agent.call('run', { program, argv, limits: LIMITS });
    this.stream.append(this.#world.now(), {
      type: 'program',
      host,
      program,
      name,
      pid,
      argv: [name, ...args],
    });
    return { pid };
  }

  /** An expectation is about what is, not what was: it wants a sample that begins after it. */
  #look(hosts: readonly HostName[]): void {
    for (const host of hosts) {
      this.#world.hosts[host].agent.call('sample', {}).catch((error: unknown) => {
        this.abort(error as Error);
      });
    }
  }

  async #timeIsUp(
    id: number,
    { watches, lastLook }: Pick<Expectation, 'watches' | 'lastLook'>,
  ): Promise<void> {
    try {
      await this.#walk?.clear();
      if (lastLook === true)
        await Promise.all(watches.map((host) => this.#world.hosts[host].agent.call('sample', {})));
      await this.#world.sync();
      if (this.#judge.isOpen(id)) this.stream.append(this.#world.now(), { type: 'deadline', id });
    } catch (error) {
      this.abort(error as Error);
    }
  }

  /** In a walk the lab does nothing more before all has arrived that it has sent on its way. */
  async #cleared(): Promise<void> {
    this.#check();
    await this.#walk?.clear();
    this.#check();
  }

  #check(): void {
    if (this.#aborted !== undefined) throw this.#aborted;
  }
}

type Doers = { [O in ActionName]: (host: HostName, args: ArgsOf<O>) => Promise<ValueOf<O>> };

/** Why an action failed; which one it was stands beside it. */
const reasonOf = (op: string, cause: unknown): Told =>
  cause instanceof AgentError && cause.operation === op ? cause.why : toldBy(cause);

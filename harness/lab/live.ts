import type { Code } from '../backend/bundle.ts';
import type { Operation, Operations } from '../agent/protocol.ts';
import type { HostName, Json } from '../evidence/events.ts';
import type { Stream } from '../evidence/stream.ts';
import type { Expectation } from '../expect/expectation.ts';
import { Judge } from './judge.ts';
import { ActionError, type HostFacts, type Session } from './session.ts';
import { Patience } from './walk/patience.ts';
import type { Walk } from './walk/walk.ts';
import {
  MOVES,
  toWait,
  TOUCHES,
  WaitingSegments,
  type Hands,
  type Move,
  type Touch,
} from './waiting.ts';
import type { World } from './world.ts';

/** Octets that a program may print before it is ended. */
const OUTPUT_LIMIT = 1 << 20;

/** A lab's session with real hosts. */
export class LiveSession implements Session {
  readonly stream: Stream;
  readonly facts: Record<HostName, HostFacts>;
  readonly slow: boolean;
  readonly #world: World;
  readonly #code: Code;
  readonly #judge: Judge;
  readonly #walk: Walk | undefined;
  readonly #patience: Patience;
  readonly #hands: Hands;
  readonly #cut = new AbortController();
  #lastId = 0;
  #aborted: Error | undefined;

  constructor(world: World, code: Code, stream: Stream, slow: boolean, walk?: Walk) {
    this.#world = world;
    this.#code = code;
    this.stream = stream;
    this.facts = world.facts;
    this.slow = slow;
    this.#walk = walk;
    this.#patience = walk?.patience ?? new Patience();
    this.#hands = walk ?? handsOn(world, stream);
    this.#ended.catch(() => undefined);
    this.#judge = new Judge(stream, (settled) => {
      stream.append(world.now(), { type: 'verdict', ...settled });
    });
  }

  /** Ends the run from outside: whatever the lab awaits is rejected with `error`. */
  abort(error: Error): void {
    this.#aborted ??= error;
    this.#cut.abort(error);
    this.#judge.abandon(error);
    this.#walk?.abort(error);
  }

  async perform(op: string, host: HostName, args: Json): Promise<Json> {
    await this.#cleared();
    const id = ++this.#lastId;
    const now = (): number => this.#world.now();
    this.stream.append(now(), { type: 'action', phase: 'begin', id, op, host, args });
    try {
      const value = await this.#carryOut(op, host, args);
      this.#check();
      this.stream.append(now(), { type: 'action', phase: 'end', id, op, host, value });
      return value;
    } catch (cause) {
      this.#check();
      const { code = 'ACTION', message } = cause as Error & { code?: string };
      const error = { code, message };
      this.stream.append(now(), { type: 'action', phase: 'end', id, op, host, error });
      throw new ActionError(op, error);
    }
  }

  async judge<T>(expectation: Expectation<T>): Promise<T> {
    this.#check();
    const id = ++this.#lastId;
    const since = this.#world.now();
    this.stream.append(since, { type: 'expect', id, text: expectation.text });
    const verdict = this.#judge.open(id, expectation, since);
    const forget = this.#patience.after(expectation.within, () => {
      void this.#timeIsUp(id, expectation);
    });
    this.#look(expectation.watches);
    try {
      return await verdict;
    } finally {
      forget();
    }
  }

  async step(title: string, body: () => Promise<void>): Promise<void> {
    await this.#cleared();
    const id = ++this.#lastId;
    this.stream.append(this.#world.now(), { type: 'step', phase: 'begin', id, title });
    await body();
    this.stream.append(this.#world.now(), { type: 'step', phase: 'end', id, title });
  }

  async #carryOut(op: string, host: HostName, args: Json): Promise<Json> {
    const { agent } = this.#world.hosts[host];
    if (op === 'run') return this.#run(host, args as unknown as RunArguments);
    if (isOneOf(MOVES, op)) return this.#move(op, host, args as { ms?: number });
    if (isOneOf(TOUCHES, op)) return this.#touch(op, host, args as { flags?: string });
    const value = await agent.call(
      op as Operation,
      args as unknown as Operations[Operation]['args'],
    );
    return value as Json;
  }

  async #move(op: Move, host: HostName, { ms }: { ms?: number }): Promise<null> {
    if (op === 'release') await this.#toWait({ host });
    await this.#hands.move(op, host, ms);
    return null;
  }

  async #touch(op: Touch, host: HostName, wanted: { flags?: string }): Promise<null> {
    await this.#hands.touch(op, await this.#toWait({ host, ...wanted }));
    return null;
  }

  #toWait(wanted: Parameters<typeof toWait>[0]): ReturnType<typeof toWait> {
    return toWait(wanted, {
      hands: this.#hands,
      stream: this.stream,
      patience: this.#patience,
      aborted: this.#ended,
    });
  }

  /** Rejects when the run is ended from outside. */
  readonly #ended = new Promise<never>((_resolve, reject) => {
    this.#cut.signal.addEventListener('abort', () => {
      reject(this.#cut.signal.reason as Error);
    });
  });

  async #run(host: HostName, { program, name, args }: RunArguments): Promise<Json> {
    const known = this.#code.programs[name];
    if (known === undefined) throw new Error(`no program '${name}'`);
    const { agent, programCommand } = this.#world.hosts[host];
    const argv = [...programCommand(known.file), ...args];
    const { pid } = await agent.call('run', { program, argv, outputLimit: OUTPUT_LIMIT });
    this.stream.append(this.#world.now(), {
      type: 'program',
      host,
      program,
      name,
      pid,
      argv: [name, ...args],
    });
    return { pid, role: known.role };
  }

  /** An expectation is about what is, not what was: it wants a sample that begins after it. */
  #look(hosts: readonly HostName[]): void {
    for (const host of hosts) {
      this.#world.hosts[host].agent.call('sample', {}).catch((error: unknown) => {
        this.abort(error as Error);
      });
    }
  }

  async #timeIsUp(id: number, { watches, lastLook }: Expectation<unknown>): Promise<void> {
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

const isOneOf = <T extends string>(all: readonly T[], op: string): op is T =>
  all.some((one) => one === op);

/** Nobody walks: what the lab does to the wire is done at once. */
function handsOn({ hosts }: World, stream: Stream): Hands {
  const waiting = new WaitingSegments(stream);
  return {
    settle: async (host) => {
      await hosts[host].agent.call('settle', {});
    },
    waiting: (host) => waiting.at(host),
    move: async (op, host, ms = 0) => {
      const { agent } = hosts[host];
      await (op === 'delay' ? agent.call(op, { ms }) : agent.call(op, {}));
    },
    touch: async (op, { host, id }) => {
      const { agent } = hosts[host];
      if (op === 'letGo') await agent.call('go', { id });
      if (op === 'discard') await agent.call('discard', { id, as: 'dropped' });
      if (op === 'duplicate') await agent.call('double', { id });
      if (op === 'reorder') await agent.call('putFirst', { id });
    },
  };
}

interface RunArguments {
  program: number;
  name: string;
  args: string[];
}

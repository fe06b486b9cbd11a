import type { Begun } from '../../evidence/actions.ts';
import type { Answered } from '../../evidence/answers.ts';
import type { EventOf, HostName } from '../../evidence/events.ts';
import type { Stream } from '../../evidence/stream.ts';
import type { World } from '../world.ts';
import { Patience } from './patience.ts';
import { WalkQueue, type Move, type Offered } from './queue.ts';

/** What somebody who walks decides at a stop. */
export type Choice = { kind: 'let'; waiting: Offered } | { kind: 'run on' };

/** What a lab does to one that waits. A copy goes at once, and is no walker's. */
export type Take = 'letGo' | 'discard' | 'reorder';

/** Who decides. It reads the stream for everything else. */
export interface Guide {
  /** Something waits: which of `offered` (which grows meanwhile) is let go? */
  stop(offered: () => Offered[]): Promise<Choice>;
  /** It has gone, and what came of it so far is in the stream, from event `from` on. */
  gone(waiting: Offered, from: number): void;
  /** Another one waits: it may be let go in its turn, or the lab holds it. */
  joined(waiting: Offered): void;
  /** What waits was sent again; the copy is left out. */
  copied(host: HostName): void;
  /** The lab is about to do something: who predicts may be asked what will come of it. */
  before(action: Pick<Begun, 'op' | 'host' | 'args'>): Promise<void> | undefined;
  /** Answers that what the run has shown by now decides, each once. */
  graded(): Answered[];
}

/**
 * A run that somebody walks through, a segment at a time. All that the hosts send waits; nothing of
 * the lab's goes on while anything can be let go, and no expectation's time passes.
 */
export class Walk {
  readonly patience = new Patience();
  readonly #world: World;
  readonly #stream: Stream;
  readonly #guide: Guide;
  readonly #queue = new WalkQueue();
  readonly #onTrouble: (error: Error) => void;
  readonly #aborted = new AbortController();
  #runsOn = false;
  #walking: Promise<void> | undefined;

  constructor(world: World, stream: Stream, guide: Guide, onTrouble: (error: Error) => void) {
    this.#world = world;
    this.#stream = stream;
    this.#guide = guide;
    this.#onTrouble = onTrouble;
    this.#ended.catch(() => undefined);
    stream.listen((event) => {
      if (event.type === 'wire' && event.phase === 'waits') this.#arrived(event);
      // A call may return long after what it waited for; behind this event, not within it.
      if (event.type === 'call') queueMicrotask(this.#grade);
    });
  }

  /** Resolves when nothing is left that may go; rejects when the run is ended first. */
  async clear(): Promise<void> {
    await this.#settle();
    while (this.#walking !== undefined) {
      await Promise.race([this.#walking, this.#ended]);
      await this.#settle();
    }
  }

  /** The lab is about to do something. */
  async before(action: Pick<Begun, 'op' | 'host' | 'args'>): Promise<void> {
    await this.clear();
    const asking = this.#runsOn ? undefined : this.#guide.before(action);
    if (asking === undefined) return;
    this.patience.stand();
    this.#walking = this.#untilDone(asking);
    await this.clear();
  }

  abort(error: Error): void {
    this.#aborted.abort(error);
  }

  /** What the lab does to all that a host sends: when something goes, the walker decides. */
  async move(op: Move, host: HostName): Promise<null> {
    await this.#settle();
    this.#queue.move(op, host);
    this.#wake();
    return null;
  }

  /** ... and to one that waits. */
  async take(op: Take, host: HostName, id: number): Promise<null> {
    await this.#settle();
    if (op === 'letGo') this.#queue.letGo(host, id);
    else if (op === 'reorder') this.#queue.putFirst(host, id);
    else {
      this.#queue.took({ host, id });
      await this.#world.hosts[host].agent.call(op, { id });
    }
    this.#wake();
    return null;
  }

  readonly #ended = new Promise<never>((_resolve, reject) => {
    this.#aborted.signal.addEventListener('abort', () => {
      reject(this.#aborted.signal.reason as Error);
    });
  });

  #arrived(event: EventOf<'wire'>): void {
    const { host, id, segment } = event;
    if (segment === undefined) return;
    if (this.#queue.arrived({ ...event, segment }) === 'copy') {
      this.#guide.copied(host);
      const { agent } = this.#world.hosts[host];
      agent.call('leaveOut', { id }).catch(this.#failed);
      return;
    }
    const waiting = this.#queue.all.find((one) => one.host === host && one.id === id);
    if (waiting !== undefined) this.#guide.joined(waiting);
    this.#wake();
  }

  #wake(): void {
    if (this.#walking !== undefined || this.#queue.offered.length === 0) return;
    this.#walking = this.#untilDone(this.#walk());
  }

  #untilDone(doing: Promise<void>): Promise<void> {
    return doing.catch(this.#failed).finally(() => {
      this.#walking = undefined;
      this.patience.goOn();
      // One may have come between the last look and now.
      this.#wake();
    });
  }

  async #walk(): Promise<void> {
    this.patience.stand();
    while (this.#queue.offered.length > 0) {
      const [first] = this.#queue.offered;
      if (this.#runsOn && first !== undefined) await this.#go(first);
      else await this.#stop();
    }
  }

  async #stop(): Promise<void> {
    await this.#look();
    const choice = await this.#guide.stop(() => this.#queue.offered);
    if (choice.kind === 'run on') {
      this.#runsOn = true;
      return;
    }
    const from = this.#stream.events.length;
    await this.#go(choice.waiting);
    await this.#look();
    this.#guide.gone(choice.waiting, from);
    this.#grade();
  }

  /** At once: what has been looked at is all that stands before the answer. */
  readonly #grade = (): void => {
    for (const answer of this.#guide.graded())
      this.#stream.append(this.#world.now(), { type: 'answer', ...answer });
  };

  async #go(waiting: Offered): Promise<void> {
    const { host, id } = waiting;
    this.#queue.took(waiting);
    await this.#world.hosts[host].agent.call('letGo', { id });
  }

  /** All that has happened so far is in the stream, and how the sockets are now. */
  async #look(): Promise<void> {
    const { server, client } = this.#world.hosts;
    await this.#world.sync();
    await Promise.all([server, client].map(({ agent }) => agent.call('sample', {})));
    await this.#settle();
  }

  async #settle(): Promise<void> {
    const { server, client } = this.#world.hosts;
    await Promise.all([server, client].map(({ agent }) => agent.call('settle', {})));
  }

  readonly #failed = (error: unknown): void => {
    this.#onTrouble(error as Error);
  };
}

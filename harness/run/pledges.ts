import type { Session } from '../vocabulary/session.ts';

/**
 * What a session has promised to a lab that runs. A lab may forget to await an expectation: that it was
 * not met is then an unhandled rejection, which would end the process and every lab beside it.
 */
export class Pledges {
  readonly #pending = new Set<Promise<unknown>>();
  /** What promises were rejected with. */
  readonly #reasons = new WeakSet<object>();
  readonly #isOwn: (reason: unknown) => boolean;
  #forget: (reason: unknown) => void = () => undefined;

  /** @param isOwn does a rejection come from the lab's own code, whatever it is that was rejected? */
  constructor(isOwn: (reason: unknown) => boolean) {
    this.#isOwn = isOwn;
  }

  /** The session, each of whose promises is remembered. */
  of(session: Session): Session {
    const { stream, facts, slow } = session;
    return {
      ...{ stream, facts, slow },
      perform: (op, host, args) => this.#kept(session.perform(op, host, args)),
      judge: (expectation) => this.#kept(session.judge(expectation)),
      step: (title, body) => this.#kept(session.step(title, body)),
    };
  }

  /** Rejects as soon as a promise was rejected that nobody had waited for. */
  async unhandled(): Promise<never> {
    return new Promise((_, reject) => {
      this.#forget = reject;
    });
  }

  /** Settles with those that nobody has waited for until now. @throws the first that is rejected */
  async settled(): Promise<void> {
    while (this.#pending.size > 0) await Promise.all(this.#pending);
  }

  /** Was it the lab's, or one of ours, that was rejected so, unhandled? Then whoever waits hears of it. */
  takes(reason: unknown, isAlone: boolean): boolean {
    const isOurs = typeof reason === 'object' && reason !== null && this.#reasons.has(reason);
    // What is no error has no stack that would tell whose it is; we reject with nothing like that.
    const isTheirs = reason instanceof Error ? this.#isOwn(reason) : isAlone;
    if (!isOurs && !isTheirs) return false;
    this.#forget(reason);
    return true;
  }

  #kept<T>(promise: Promise<T>): Promise<T> {
    this.#pending.add(promise);
    promise.then(
      () => {
        this.#pending.delete(promise);
      },
      (reason: unknown) => {
        this.#pending.delete(promise);
        if (typeof reason === 'object' && reason !== null) this.#reasons.add(reason);
      },
    );
    return promise;
  }
}

const running = new Set<Pledges>();

const onUnhandled = (reason: unknown): void => {
  // What is not a lab's ends the process, as it does without us.
  const all = [...running];
  if (!all.some((pledges) => pledges.takes(reason, all.length === 1))) throw reason;
};

/** Runs a lab's code with a session whose promises it may forget. @throws what they are rejected with */
export async function keepingPledges(
  session: Session,
  body: (session: Session) => Promise<void>,
  isOwn: (reason: unknown) => boolean = () => false,
): Promise<void> {
  const pledges = new Pledges(isOwn);
  if (running.size === 0) process.on('unhandledRejection', onUnhandled);
  running.add(pledges);
  try {
    const done = body(pledges.of(session)).then(() => pledges.settled());
    await Promise.race([done, pledges.unhandled()]);
  } finally {
    // What was rejected together with the lab's code is told as unhandled a little later.
    setImmediate(() => {
      running.delete(pledges);
      if (running.size === 0) process.off('unhandledRejection', onUnhandled);
    });
  }
}

import { told, ToldError, type Told } from './told.ts';

/** Something did not come in time; the message names what was waited for. */
export class DeadlineError extends ToldError {
  override readonly name = 'DeadlineError';
  readonly code = 'DEADLINE';
  /** @param ms how long it was waited for */
  constructor(what: Told, ms: number) {
    super(told('waited {n} s for {what}', { n: ms / 1000, what }));
  }
}

/** Somebody wants it to end now: nothing is waited for that need not be. */
export class Interrupted extends ToldError {
  override readonly name = 'Interrupted';
  constructor() {
    super(told('interrupted'));
  }
}

/**
 * The promise's result, or a DeadlineError after `ms` milliseconds: "waited 30 s for {what}" (`the
 * server to answer 'run'`). A function is asked for its `what` when the time is over.
 */
export async function withDeadline<T>(
  what: Told | (() => Told),
  ms: number,
  promise: Promise<T>,
): Promise<T> {
  const { over, forget } = after(ms);
  const late = over.then(() => {
    throw new DeadlineError(typeof what === 'function' ? what() : what, ms);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    forget();
  }
}

/** Whether the promise is settled, well or not, within `ms` milliseconds. */
export async function isOverWithin(ms: number, promise: Promise<unknown>): Promise<boolean> {
  const { over, forget } = after(ms);
  const yes = (): boolean => true;
  try {
    return await Promise.race([promise.then(yes, yes), over.then(() => false)]);
  } finally {
    forget();
  }
}

/** The promise's result, or the signal's reason if that comes first. */
export async function unlessAborted<T>(signal: AbortSignal, promise: Promise<T>): Promise<T> {
  let stop: () => void = () => undefined;
  const aborted = new Promise<never>((_resolve, reject) => {
    stop = () => {
      reject(signal.reason as Error);
    };
    signal.addEventListener('abort', stop);
    if (signal.aborted) stop();
  });
  try {
    return await Promise.race([promise, aborted]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

/** `over` resolves after `ms` milliseconds, unless it is forgotten first. */
function after(ms: number): { over: Promise<void>; forget: () => void } {
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<void>((resolve) => {
    // A process that was itself busy, or stopped, first reads what has come meanwhile.
    timer = setTimeout(() => setImmediate(resolve), ms);
  });
  return {
    over,
    forget: () => {
      clearTimeout(timer);
    },
  };
}

/** Something took too long; the message names what. */
export class DeadlineError extends Error {
  override readonly name = 'DeadlineError';
}

/** The promise's result, or a DeadlineError naming `what` after `ms` milliseconds. */
export async function withDeadline<T>(what: string, ms: number, promise: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(new DeadlineError(`${what}: not done after ${ms / 1000} s`));
    }, ms);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

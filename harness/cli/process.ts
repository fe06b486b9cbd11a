import { Interrupted } from '../deadline.ts';

/** What this process owes to those who end it, and to those who read what it prints. */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Turns the first signal that wants us to end into an abort. Any further one is taken without
 * effect: the cleaning up that the first one began must not be cut short.
 */
export function abortOnSignals(controller: AbortController): void {
  for (const signal of SIGNALS) {
    process.on(signal, () => {
      controller.abort(new Interrupted());
    });
  }
}

/**
 * Calls `then` when nobody reads stdout or stderr any more (EPIPE; EIO when a terminal has gone).
 * Without a listener such an error would end the process on the spot, and leave hosts behind.
 */
export function onBrokenOutput(then: (stream: 'stdout' | 'stderr') => void): void {
  for (const name of ['stdout', 'stderr'] as const) {
    process[name].on('error', () => {
      then(name);
    });
  }
}

export const linesToText = (lines: readonly string[]): string =>
  lines.map((line) => `${line}\n`).join('');

/** Resolves when all that was written has left this process, or cannot. */
export function flushed(stream: NodeJS.WritableStream): Promise<void> {
  return new Promise((resolve) => {
    stream.write('', () => {
      resolve();
    });
  });
}

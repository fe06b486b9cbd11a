import { Interrupted } from '../deadline.ts';

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

import { constants } from 'node:os';
import { Interrupted } from '../deadline.ts';
import { forTerminal } from '../present/terminal/for-terminal.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';

/** What this process owes to those who end it, and to those who read what it prints. */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** The first signal that wanted us to end. */
let ended: (typeof SIGNALS)[number] | undefined;

/** What a shell has for a program that a signal has ended: 130 for SIGINT, 143 for SIGTERM. */
export const exitStatus = (code: ExitCode): number =>
  code === EXIT.interrupted && ended !== undefined ? 128 + constants.signals[ended] : code;

/**
 * Turns the first signal that wants us to end into an abort. Any further one is taken without
 * effect: the cleaning up that the first one began must not be cut short.
 */
export function abortOnSignals(controller: AbortController): void {
  for (const signal of SIGNALS) {
    process.on(signal, () => {
      ended ??= signal;
      controller.abort(new Interrupted());
    });
  }
}

/**
 * Calls `then` when stdout or stderr cannot be written to any more. Without a listener such an error
 * would end the process on the spot, and leave hosts behind.
 */
export function onBrokenOutput(then: (stream: Output, error: NodeJS.ErrnoException) => void): void {
  for (const name of ['stdout', 'stderr'] as const) {
    process[name].on('error', (error: NodeJS.ErrnoException) => {
      then(name, error);
    });
  }
}

type Output = 'stdout' | 'stderr';

/** Whoever read it has gone (`| head`), or a terminal has: that is no error of anybody's. */
export const isGone = ({ code }: NodeJS.ErrnoException): boolean =>
  code === 'EPIPE' || code === 'EIO';

/** Lines for people, on stdout: nothing in them reaches a terminal as anything but text. */
export const tell = (...lines: string[]): void => {
  process.stdout.write(forTerminal(lines));
};

/** And remarks and errors, on stderr; one of several lines is as many. */
export const remark = (text: string): void => {
  process.stderr.write(forTerminal(text.split('\n')));
};

/** What is for machines, on stdout, as it is: each format escapes for itself. */
export const handOver = (text: string): void => {
  process.stdout.write(text);
};

/** Resolves when all that was written has left this process, or cannot. */
export function flushed(stream: NodeJS.WritableStream): Promise<void> {
  return new Promise((resolve) => {
    stream.write('', () => {
      resolve();
    });
  });
}

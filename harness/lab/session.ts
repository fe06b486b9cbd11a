import type { HostName, Json } from '../evidence/events.ts';
import type { Stream } from '../evidence/stream.ts';
import type { Expectation } from '../expect/expectation.ts';

export interface HostFacts {
  address: string;
  mac: string;
  sysctls: Record<string, string>;
}

/**
 * What a lab's code runs against: a live pair of hosts, or a bundle that is replayed. Everything
 * that a lab does or awaits goes through these three, so that it can be replayed.
 */
export interface Session {
  readonly stream: Stream;
  readonly facts: Record<HostName, HostFacts>;
  readonly slow: boolean;
  /** Does something to a host, or hands back what came of it. */
  perform(op: string, host: HostName, args: Json): Promise<Json>;
  /** Resolves with the expectation's value when it is met. @throws ExpectationError */
  judge<T>(expectation: Expectation<T>): Promise<T>;
  step(title: string, body: () => Promise<void>): Promise<void>;
}

/** An expectation that was not met; the message is the whole explanation. */
export class ExpectationError extends Error {
  readonly expectation: number;
  constructor(expectation: number, message: string) {
    super(message);
    this.name = 'ExpectationError';
    this.expectation = expectation;
  }
}

/**
 * Something that the lab asked for could not be done. Nothing is said about TCP by it, but where a
 * segment was to be let go that never came (`NOTHING_WAITS`).
 */
export class ActionError extends Error {
  readonly code: string;
  constructor(op: string, { code, message }: { code: string; message: string }) {
    super(code === 'NOTHING_WAITS' || message.startsWith(op) ? message : `${op}: ${message}`);
    this.name = 'ActionError';
    this.code = code;
  }
}

/** How a lab ends whose code throws this. */
export const endOf = (error: unknown): 'failed' | 'broken' =>
  error instanceof ExpectationError ||
  (error instanceof ActionError && error.code === 'NOTHING_WAITS')
    ? 'failed'
    : 'broken';

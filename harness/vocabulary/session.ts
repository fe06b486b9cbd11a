import type { ActionName, ArgsOf, ValueOf } from '../evidence/actions.ts';
import type { HostName } from '../evidence/events.ts';
import type { Kind } from '../evidence/expectations.ts';
import type { Stream } from '../evidence/stream.ts';
import type { Expectation } from '../expect/expectation.ts';
import { told, ToldError, type Told } from '../told.ts';

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
  perform<O extends ActionName>(op: O, host: HostName, args: ArgsOf<O>): Promise<ValueOf<O>>;
  /** Resolves with the expectation's value when it is met. @throws ExpectationError */
  judge<T, K extends Kind>(expectation: Expectation<T, K>): Promise<T>;
  step(title: Told, body: () => Promise<void>): Promise<void>;
}

/** An expectation that was not met; its verdict says why, and words/verdicts.ts in sentences. */
export class ExpectationError extends ToldError {
  override readonly name = 'ExpectationError';
  readonly expectation: number;
  constructor(expectation: number, kind: Kind) {
    super(told('expectation {n} ({name}) failed', { n: expectation, name: kind }));
    this.expectation = expectation;
  }
}

/** Something that the lab asked for could not be done: nothing is said about TCP. */
export class ActionError extends ToldError {
  override readonly name = 'ActionError';
  readonly code: string;
  constructor(op: ActionName, { code, message }: { code: string; message: Told }) {
    super(told('{op}: {why}', { op, why: message }));
    this.code = code;
  }
}

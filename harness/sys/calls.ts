import { writeSync } from 'node:fs';
import { constants } from 'node:os';

import { type CallValue, errnoName, formatCall, SocketError } from './errno.ts';
import * as libc from './libc.ts';

/** Names the descriptor on which every call is reported, one JSON line each. */
export const CALLS_FD_ENV = 'SOCKET_LAB_CALLS_FD';

/** Before a call that may block. `t` is CLOCK_MONOTONIC in nanoseconds, as digits. */
export interface CallEnter {
  call: string;
  args: readonly CallValue[];
  phase: 'enter';
  t: string;
}

/** After a call. A failed one has `result` -1 and `errno`, `code`. */
export interface CallReturn {
  call: string;
  args: readonly CallValue[];
  phase: 'return';
  result: number;
  /** What the kernel filled in: accept's peer, recv's data (quoted), getsockopt's value, ... */
  out?: CallValue;
  errno?: number;
  code?: string;
  t: string;
}

export type CallReport = CallEnter | CallReturn;

interface Options {
  /** The call may wait, so its beginning is reported too. */
  blocks?: boolean;
  /** Reads what the kernel filled in, after the call went well. */
  out?: (result: number) => CallValue;
}

let listener: (report: CallReport) => void = reportOnDescriptor;

/** Gives the reports to `listen` as well as to the descriptor. */
export function onCall(listen: (report: CallReport) => void): void {
  listener = (report) => {
    reportOnDescriptor(report);
    listen(report);
  };
}

/** From now on only calls that fail are reported: for programs that make thousands of them. */
export function reportFailuresOnly(): void {
  const listen = listener;
  listener = (report) => {
    if (report.phase === 'return' && report.code !== undefined) listen(report);
  };
}

/**
 * Runs one call of libc and reports it.
 * @throws SocketError where it returns -1
 */
export function perform(
  call: string,
  args: readonly CallValue[],
  run: () => number,
  { blocks = false, out }: Options = {},
): number {
  if (blocks) listener({ call, args, phase: 'enter', t: now() });
  const result = run();
  const errno = result === -1 ? libc.errno() : undefined;
  const t = now();
  if (errno !== undefined) {
    listener({ call, args, phase: 'return', result, errno, code: errnoName(errno), t });
    throw new SocketError(call, args, errno);
  }
  listener({ call, args, phase: 'return', result, ...(out && { out: out(result) }), t });
  return result;
}

/**
 * A returned call as strace writes it: `bind(3, 127.0.0.1:6000) = -1 EADDRINUSE (98)`. What the
 * kernel filled in follows the result: `recv(4, 127, 0) = 2 "ok"`, `getsockopt(...) = 0 [1]`.
 */
export function formatReturn({ call, args, result, out, errno, code }: CallReturn): string {
  const filled = typeof out === 'number' ? [`[${out}]`] : out === undefined ? [] : [out];
  const failure = errno === undefined ? [] : [code, `(${errno})`];
  return [formatCall(call, args), '=', result, ...filled, ...failure].join(' ');
}

const now = (): string => process.hrtime.bigint().toString();

function reportOnDescriptor(report: CallReport): void {
  const fd = process.env[CALLS_FD_ENV];
  if (!fd) return;
  // Who listens may be gone; that must not end the program, neither by an error nor by SIGPIPE.
  libc.signal(constants.signals.SIGPIPE, libc.SIG_IGN);
  try {
    writeSync(Number(fd), `${JSON.stringify(report)}\n`);
  } catch {
    // Reports are for the listener alone.
  } finally {
    libc.signal(constants.signals.SIGPIPE, libc.SIG_DFL);
  }
}

import { told, ToldError, type Told } from '../../told.ts';
import { plainAddress } from '../endpoint.ts';
import type { Endpoint } from '../segment.ts';
import { stateFromKernel, type State } from './state.ts';

/**
 * A socket's change of state as the kernel reports it (include/trace/events/sock.h).
 * On CLOSED -> SYN-SENT the local port is 0 unless it was bound. A socket that enters TIME-WAIT is
 * reported as FIN-WAIT-2 -> CLOSED.
 */
export interface Transition {
  /** Nanoseconds of the trace clock (`mono`: CLOCK_MONOTONIC), to the microsecond. */
  time: bigint;
  /** The task that ran, not always the socket's owner: segments arrive in anybody's context. */
  pid: number;
  command: string;
  family: 'AF_INET' | 'AF_INET6';
  /** `IPPROTO_TCP`, `IPPROTO_MPTCP`, ... */
  protocol: string;
  local: Endpoint;
  peer: Endpoint;
  from: State;
  to: State;
}

/** An `inet_sock_set_state` line that cannot be read; `line` is that line. */
export class TransitionError extends ToldError {
  override readonly name = 'TransitionError';
  readonly line: string;

  constructor(why: Told, line: string) {
    super(told('inet_sock_set_state: {why}: {line}', { why, line: JSON.stringify(line) }));
    this.line = line;
  }
}

const EVENT = 'inet_sock_set_state';
/**
 * `command-pid [tgid] [cpu] flags time: event: fields` (kernel/trace/trace_output.c). A command is
 * at most 15 octets of anything; the flags are four or five letters, or switched off.
 */
const LINE =
  /^\s*(.{0,15}?)-(\d+)\s+(?:\(\s*[\d-]+\)\s+)?\[\d{3,}\]\s+(?:\S+\s+)?(\d+)\.(\d{6}): (\w+): (.*)$/;
/** Without a number the kernel does not know how many. */
const LOST = /^CPU:\d+ \[LOST (?:(\d+) )?EVENTS\]$/;

/**
 * Reads a line of `trace_pipe`: a transition, `lost` events (at least that many), or null for
 * another event or a comment. Throws TransitionError for a transition that cannot be read.
 */
export function parseTransition(line: string): Transition | { lost: number } | null {
  const lost = LOST.exec(line.trim());
  if (lost) return { lost: Number(lost[1] ?? 1) };
  const match = LINE.exec(line.trimEnd());
  if (!match) {
    if (line.includes(`${EVENT}:`)) throw new TransitionError(told('unreadable'), line);
    return null;
  }
  const [, command = '', pid, seconds = '', micros = '', event, text = ''] = match;
  if (event !== EVENT) return null;
  return {
    time: (BigInt(seconds) * 1_000_000n + BigInt(micros)) * 1000n,
    pid: Number(pid),
    command,
    ...parseFields(text, line),
  };
}

type Fields = Omit<Transition, 'time' | 'pid' | 'command'>;

function parseFields(text: string, line: string): Fields {
  const fields = new Map(
    text.split(' ').map((field): [string, string] => {
      const at = field.indexOf('=');
      return [field.slice(0, at), field.slice(at + 1)];
    }),
  );
  const valueOf = (field: string): string => {
    const value = fields.get(field);
    if (value === undefined || value === '')
      throw new TransitionError(told('no {field}', { field }), line);
    return value;
  };
  const port = (field: string): number => {
    const word = valueOf(field);
    if (!/^\d{1,5}$/.test(word))
      throw new TransitionError(told('{field} {word} is not a port', { field, word }), line);
    return Number(word);
  };
  const unknown = (field: string, word: string): TransitionError =>
    new TransitionError(told('unknown {field} {word}', { field, word }), line);
  const state = (field: string): State => {
    const found = stateFromKernel(valueOf(field));
    if (!found) throw unknown(field, valueOf(field));
    return found;
  };
  const family = valueOf('family');
  if (family !== 'AF_INET' && family !== 'AF_INET6') throw unknown('family', family);
  const suffix = family === 'AF_INET6' ? 'v6' : '';
  const endpoint = (side: 's' | 'd'): Endpoint => ({
    address: plainAddress(valueOf(`${side}addr${suffix}`)),
    port: port(`${side}port`),
  });
  return {
    family,
    protocol: valueOf('protocol'),
    local: endpoint('s'),
    peer: endpoint('d'),
    from: state('oldstate'),
    to: state('newstate'),
  };
}

import { told, ToldError, type Told } from '../../told.ts';
import { stateFromNetstat, type State } from '../states/state.ts';

/** One socket as `netstat -nat` or `netstat -natp` shows it (netstat(8), net-tools netstat.c). */
export interface NetstatRow {
  /** Its columns with one blank between, as netstat's output is quoted. */
  line: string;
  proto: 'tcp' | 'tcp6';
  /** Octets to be read; LISTEN: connections waiting for accept(). */
  recvQ: number;
  /** Octets not acknowledged; LISTEN: 0, netstat does not show the backlog. */
  sendQ: number;
  /** `ADDRESS:PORT`, the port `*` for none. What is longer than 23 characters has lost the address's end. */
  local: string;
  foreign: string;
  state: State;
  /** `PID/NAME`, cut to 19 characters; absent where there is `-` or no such column. */
  program?: string;
}

/** A line of netstat's that cannot be read; `line` is that line. */
export class NetstatError extends ToldError {
  override readonly name = 'NetstatError';
  readonly line: string;

  constructor(why: Told, line: string) {
    super(told('netstat: {why}: {line}', { why, line: JSON.stringify(line) }));
    this.line = line;
  }
}

const HEADING = /^(?:Active Internet connections|Proto Recv-Q)|^\s*$/;
const ADDRESS = String.raw`(\S+:(?:\d+|\*))`;
const ROW = new RegExp(
  String.raw`^(tcp6?)\s+(\d+)\s+(\d+)\s+${ADDRESS}\s+${ADDRESS}\s+(\S+)(?:\s+(\S.*?))?\s*$`,
);

/**
 * Reads the lines that `netstat -nat` or `netstat -natp` of net-tools prints, headings included.
 * Throws NetstatError for a line that is neither a heading nor a TCP socket.
 */
export function parseNetstat(lines: readonly string[]): NetstatRow[] {
  return lines.filter((line) => !HEADING.test(line)).map(parseRow);
}

function parseRow(line: string): NetstatRow {
  const match = ROW.exec(line);
  if (!match) throw new NetstatError(told('this is not a TCP socket'), line);
  const [, proto, recvQ, sendQ, local = '', foreign = '', name = '', program] = match;
  const state = stateFromNetstat(name);
  if (!state)
    throw new NetstatError(told('unknown {field} {word}', { field: 'state', word: name }), line);
  return {
    line: line.trim().replace(/\s+/g, ' '),
    proto: proto === 'tcp6' ? 'tcp6' : 'tcp',
    recvQ: Number(recvQ),
    sendQ: Number(sendQ),
    local,
    foreign,
    state,
    ...(program === undefined || program === '-' ? {} : { program }),
  };
}

import { told, ToldError, type Told } from '../../told.ts';
import { plainAddress } from '../endpoint.ts';
import type { Endpoint } from '../segment.ts';
import { stateFromSs, type State } from '../states/state.ts';

/** One socket as `ss` shows it (ss(8), iproute2 misc/ss.c). */
export interface SocketRow {
  /** As printed; continuation lines are joined to it by one space. */
  line: string;
  state: State;
  /** Octets to be read, an unread FIN counting as 1; LISTEN: connections waiting for accept(). */
  recvQ: number;
  /** Octets not acknowledged; LISTEN: the backlog. */
  sendQ: number;
  local: Endpoint;
  /** Port 0 where `ss` prints `*`. */
  peer: Endpoint;
  timer?: SocketTimer;
  processes: SocketProcess[];
  /** 0 for what no process holds (any more, or yet). */
  inode?: number;
  /** Absent for root. */
  uid?: number;
  /** The kernel's name for the socket (`sk:`), hexadecimal. */
  cookie?: string;
  /**
   * Everything else by its name: `mss`, `rto`, `backoff`, `skmem`, ... A word that stands alone
   * (`ts`, `cubic`) has the value ''; the open directions (`<->`, `-->`) are under `shutdown`.
   */
  info: Record<string, string>;
}

/** A socket's timer as `ss -o` shows it. */
export interface SocketTimer {
  /** `on` retransmits; `unknown` is also the delayed-ACK timer, which ss names only since 7.1. */
  name: 'on' | 'keepalive' | 'timewait' | 'persist' | 'unknown';
  /** Until it expires, ms. ss cuts it: to seconds from 10 s on, to minutes from 10 min on. */
  expiresMs: number | undefined;
  retransmits: number;
}

/** A process that holds a socket. `name` is the kernel's `comm`, cut by ss at its first `)`. */
export interface SocketProcess {
  name: string;
  pid: number;
  fd: number;
}

/** A line of `ss` output that cannot be read; `line` is that line. */
export class SsError extends ToldError {
  override readonly name = 'SsError';
  readonly line: string;

  constructor(why: Told, line: string) {
    super(told('ss: {why}: {line}', { why, line: JSON.stringify(line) }));
    this.line = line;
  }
}

const ROW =
  /^(\S+)\s+(\d+)\s+((?:(?<=^SYN-SENT\s+\d+\s+)-)?\d+)\s+(\S+:(?:\d+|\*))\s+(\S+:(?:\d+|\*))(?:\s(.*))?$/s;
/** Three rates are followed by their value after a space. */
const WORD = /(?:^|\s)(?:(send|pacing_rate|delivery_rate)\s+(\S+)|(\S+))/g;

/**
 * Reads the output of `ss -H -t -a -n -p -o -i -e -m`, with or without `-O`, of iproute2 5.0 to 7.1.
 * IPv6 addresses lose their brackets and keep their scope (`fe80::1%eth0`); v4-mapped ones become
 * IPv4. From iproute2 6.8 on, bound sockets that do not listen are rows as well: CLOSED.
 * Throws SsError for a line that is no socket.
 */
export function parseSs(stdout: string): SocketRow[] {
  return joinLines(stdout).map(parseRow);
}

function joinLines(stdout: string): string[] {
  const rows: string[] = [];
  for (const line of stdout.split('\n')) {
    const last = rows.at(-1);
    if (last !== undefined && isOpen(last)) rows[rows.length - 1] = `${last}\n${line}`;
    else if (line.trim() === '') continue;
    else if (/^\S/.test(line)) rows.push(line);
    else if (last === undefined) throw new SsError(told('a continuation of nothing'), line);
    else rows[rows.length - 1] = `${last.trimEnd()} ${line.trim()}`;
  }
  return rows.map((row) => row.trimEnd());
}

function parseRow(line: string): SocketRow {
  const match = ROW.exec(line);
  if (!match) throw new SsError(told('this is not a socket'), line);
  const [, name = '', recvQ, sendQ, local = '', peer = '', tail = ''] = match;
  const state = stateFromSs(name);
  if (!state)
    throw new SsError(told('unknown {field} {word}', { field: 'state', word: name }), line);
  const { processes, rest } = takeProcesses(tail);
  const row = {
    line,
    state,
    recvQ: Number(recvQ),
    sendQ: Math.max(0, Number(sendQ)),
    local: parseEndpoint(local),
    peer: parseEndpoint(peer),
    processes,
  };
  // Spreads are slow, and a sample may have thousands of rows.
  return Object.assign(row, parseDetails(rest, line));
}

function parseEndpoint(text: string): Endpoint {
  const colon = text.lastIndexOf(':');
  const address = text.slice(0, colon).replace(/^\[(.*)\]/, '$1');
  const port = text.slice(colon + 1);
  return { address: plainAddress(address), port: port === '*' ? 0 : Number(port) };
}

function parseDetails(
  text: string,
  line: string,
): Pick<SocketRow, 'timer' | 'inode' | 'uid' | 'cookie' | 'info'> {
  const { users, timer, ino, uid, sk, ...info } = Object.fromEntries(nameWords(text));
  if (users !== undefined) throw new SsError(told('unreadable processes'), line);
  const parsedTimer = timer === undefined ? undefined : parseTimer(timer);
  if (timer !== undefined && !parsedTimer)
    throw new SsError(told('unreadable timer {word}', { word: timer }), line);
  const details: Partial<ReturnType<typeof parseDetails>> = {};
  if (parsedTimer) details.timer = parsedTimer;
  if (ino !== undefined) details.inode = toNumber(ino, line);
  if (uid !== undefined) details.uid = toNumber(uid, line);
  if (sk !== undefined) details.cookie = sk;
  return Object.assign(details, { info });
}

function nameWords(text: string): [name: string, value: string][] {
  return [...text.matchAll(WORD)].map(([, rate, value = '', word = '']) => {
    if (rate) return [rate, value];
    if (/^[<-]-[->]$/.test(word)) return ['shutdown', word];
    const colon = word.indexOf(':');
    return colon > 0 ? [word.slice(0, colon), word.slice(colon + 1)] : [word, ''];
  });
}

function toNumber(text: string, line: string): number {
  if (!/^\d+$/.test(text))
    throw new SsError(told('{value} is not a number', { value: text }), line);
  return Number(text);
}

// A name may hold anything but `)`, since ss reads it from /proc/PID/stat with %[^)].
const PROCESS = /\("([^)]*)",pid=(\d+)(?:,tid=\d+)?,fd=(\d+)\)/g;
const USERS = /^\s*users:\(((?:,?\("[^)]*",pid=\d+(?:,tid=\d+)?,fd=\d+\))+)\)(?=\s|$)/;
const ROW_TO_USERS = /^\S+\s+\d+\s+-?\d+\s+\S+\s+\S+\s+users:\(\(/;

/** Takes `users:(...)` off the start of `text`. A list that cannot be read stays where it is. */
function takeProcesses(text: string): { processes: SocketProcess[]; rest: string } {
  const [whole = '', list = ''] = USERS.exec(text) ?? [];
  const processes = [...list.matchAll(PROCESS)].map(([, name = '', pid, fd]) => ({
    name,
    pid: Number(pid),
    fd: Number(fd),
  }));
  return { processes, rest: text.slice(whole.length) };
}

/** True for a row whose list of processes goes on in the next line: a name holds a line feed. */
function isOpen(row: string): boolean {
  const start = ROW_TO_USERS.exec(row);
  return start !== null && !row.includes('))', start[0].length);
}

const TIMERS: ReadonlyMap<string, SocketTimer['name']> = new Map([
  ['on', 'on'],
  ['keepalive', 'keepalive'],
  ['timewait', 'timewait'],
  ['persist', 'persist'],
  ['unknown', 'unknown'],
  ['delack', 'unknown'],
]);

/** Reads what stands after `timer:`, such as `(on,1.652ms,2)`; undefined for anything else. */
export function parseTimer(text: string): SocketTimer | undefined {
  const [, spelled = '', expiry = '', retransmits] = /^\((\w+),([\w.]*),(\d+)\)$/.exec(text) ?? [];
  const name = TIMERS.get(spelled);
  const expiresMs = parseExpiry(expiry);
  if (!name || expiresMs === undefined) return undefined;
  return { name, expiresMs, retransmits: Number(retransmits) };
}

/**
 * Reads what iproute2's `print_ms_timer` (misc/ss.c) prints: minutes, then seconds, or
 * seconds and milliseconds. Before 6.11 it wrote `1.652ms` for what is `1.652sec` since: both are
 * 1652 ms, as milliseconds alone never have a point. Nothing at all is printed for 0 ms.
 */
function parseExpiry(text: string): number | undefined {
  const match = /^(?:(\d+)min)?(?:(\d+)(?:\.(\d{3})(?:ms|sec)|sec)|(\d+)ms)?$/.exec(text);
  if (!match) return undefined;
  const [, minutes = '0', seconds = '0', thousandths = '0', milliseconds = '0'] = match;
  const wholeSeconds = Number(minutes) * 60 + Number(seconds);
  return wholeSeconds * 1000 + Number(thousandths) + Number(milliseconds);
}

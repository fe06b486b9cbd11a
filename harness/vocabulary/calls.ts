/** The calls of a socket shell, as lines are typed into it. */
import { nearest } from '../nearest.ts';
import { NotationError, told, type Told } from '../told.ts';

/** How each is typed, as the program `socket-shell` has it too, and what is done. `[LENGTH]` may be left out. */
export const CALLS = {
  socket: ['socket', 'a TCP socket: socket(AF_INET, SOCK_STREAM, 0)'],
  bind: ['bind FD ADDRESS', 'port 0 is one of the kernel’s choice'],
  listen: ['listen FD BACKLOG', ''],
  accept: ['accept FD', 'waits until there is a connection, unless `nonblock` was said'],
  connect: ['connect FD ADDRESS', 'waits until there is a connection, unless `nonblock` was said'],
  send: ['send FD TEXT', 'with MSG_NOSIGNAL: EPIPE is returned, and no SIGPIPE comes'],
  recv: [
    'recv FD [LENGTH]',
    'at most 127 octets, if LENGTH is not said; 0 is the other side’s end',
  ],
  write: ['write FD TEXT', 'as `send`, but SIGPIPE ends the program'],
  read: ['read FD [LENGTH]', 'as `recv`'],
  shutdown: ['shutdown FD HOW', ''],
  nonblock: ['nonblock FD', 'O_NONBLOCK: calls that would wait fail with EAGAIN or EINPROGRESS'],
  close: ['close FD', ''],
  setsockopt: ['setsockopt FD OPTION VALUE', 'the value of SO_LINGER is its seconds, and it is on'],
  getsockopt: ['getsockopt FD OPTION', ''],
  getsockname: ['getsockname FD', ''],
  getpeername: ['getpeername FD', ''],
  quit: ['quit', 'no call: ends the program'],
} as const satisfies Record<string, readonly [usage: string, does: string]>;

/** Options of setsockopt(2) and getsockopt(2) that it knows, of either level. */
export const SOCKET_OPTIONS = [
  ...['SO_REUSEADDR', 'SO_REUSEPORT', 'SO_KEEPALIVE', 'SO_LINGER', 'SO_SNDBUF', 'SO_RCVBUF'],
  ...['SO_ERROR', 'SO_TYPE', 'SO_ACCEPTCONN'],
  ...['TCP_NODELAY', 'TCP_CORK', 'TCP_MAXSEG', 'TCP_SYNCNT', 'TCP_USER_TIMEOUT', 'TCP_QUICKACK'],
  ...['TCP_KEEPIDLE', 'TCP_KEEPINTVL', 'TCP_KEEPCNT', 'TCP_LINGER2', 'TCP_DEFER_ACCEPT'],
];

const oneOf = (words: readonly string[]): RegExp => new RegExp(`^(${words.join('|')})$`);

/** What stands for an argument in them: what it may be, and the words that it is then. */
export const ARGUMENTS = {
  FD: [told('a descriptor: 3'), /^-?\d+$/],
  ADDRESS: [told('an address and port: server:6000, 10.0.0.1:6000'), /^[\d.]+:\d+$/],
  BACKLOG: [told('a number'), /^-?\d+$/],
  LENGTH: [told('a number of octets'), /^\d+$/],
  HOW: [told('SHUT_RD, SHUT_WR or SHUT_RDWR'), /^(SHUT_)?(RD|WR|RDWR)$/],
  OPTION: [told('an option of setsockopt(2) that it knows'), oneOf(SOCKET_OPTIONS)],
  VALUE: [told('a number'), /^-?\d+$/],
  TEXT: [told('a text in double quotes, or len=N'), /^(".*"|len=\d+)$/],
} as const satisfies Record<string, readonly [what: Told, is: RegExp]>;

/** What is wrong with a call as it is typed; undefined where nothing is. */
export function whyNoCall(call: string): Told | undefined {
  const [name = '', ...words] = call.trim().split(/\s+/);
  if (!Object.hasOwn(CALLS, name)) return unknown(name);
  const [usage] = CALLS[name as keyof typeof CALLS];
  const wanted = usage.split(' ').slice(1);
  // A text may have blanks in it.
  const given = wanted.at(-1) === 'TEXT' ? [...words.slice(0, 1), ...rest(words.slice(1))] : words;
  const least = wanted.filter((word) => !word.startsWith('[')).length;
  if (given.length < least || given.length > wanted.length)
    return told('a call is written: {usage}', { usage });
  for (const [i, word] of given.entries()) {
    const argument = wanted[i]?.replace(/[[\]]/g, '') as keyof typeof ARGUMENTS;
    const [what, is] = ARGUMENTS[argument];
    if (!is.test(word)) return told("'{word}' is not {what} ({usage})", { word, what, usage });
  }
  return undefined;
}

const rest = (words: readonly string[]): string[] => (words.length === 0 ? [] : [words.join(' ')]);

function unknown(name: string): Told {
  const meant = nearest(name, Object.keys(CALLS));
  return meant === undefined
    ? told("unknown call '{name}'; calls: {calls}", { name, calls: Object.keys(CALLS).join(', ') })
    : told("unknown call '{name}'; did you mean '{other}'?", { name, other: meant });
}

/** A line of a script that says nothing that could be done. */
export class CallScriptError extends NotationError {
  override readonly name = 'CallScriptError';
}

/** @throws CallScriptError for what the program would not take as a call */
export function checkCall(call: string): void {
  const why = whyNoCall(call);
  if (why !== undefined) throw new CallScriptError(told("'{line}': {why}", { line: call, why }));
}

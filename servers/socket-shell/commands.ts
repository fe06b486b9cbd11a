import {
  accept,
  AF_INET,
  bind,
  close,
  connect,
  getpeername,
  getsockname,
  getsockopt,
  HOWS,
  listen,
  MSG_NOSIGNAL,
  OPTIONS,
  read,
  recv,
  send,
  setNonblocking,
  setsockopt,
  shutdown,
  SO_LINGER,
  SOCK_STREAM,
  SockaddrIn,
  socket,
  SOL_SOCKET,
  write,
} from '../../harness/sys/index.ts';
import { BadLine, endpoint, integer, oneOf, text as octets } from './words.ts';

interface Command {
  usage: string;
  /** Does the call; `words` are those behind the command, `text` the line behind the descriptor. */
  run: (words: string[], text: string) => void;
}

const int = integer(-(2 ** 31), 2 ** 31 - 1);
/** What one recv or read may ask for. */
const length = integer(0, 65536);
/** As in C, or without its first half: labs were written so. */
const how = oneOf(Object.keys(HOWS).flatMap((name) => [name, name.replace('SHUT_', '')]));

/** Every option of every level by its name. */
const KNOWN_OPTIONS = new Map(
  Object.entries(OPTIONS).flatMap(([level, names]) =>
    Object.entries(names).map(([name, value]) => [name, { level: Number(level), value }] as const),
  ),
);

const COMMANDS: Readonly<Record<string, Command>> = {
  socket: {
    usage: 'socket',
    run: () => socket(AF_INET, SOCK_STREAM, 0),
  },
  bind: {
    usage: 'bind FD A.B.C.D:PORT',
    run: ([fd, address]) => bind(int(fd), endpoint(address)),
  },
  listen: {
    usage: 'listen FD BACKLOG',
    run: ([fd, backlog]) => listen(int(fd), int(backlog)),
  },
  accept: {
    usage: 'accept FD',
    run: ([fd]) => accept(int(fd)),
  },
  connect: {
    usage: 'connect FD A.B.C.D:PORT',
    run: ([fd, address]) => connect(int(fd), endpoint(address)),
  },
  send: {
    usage: 'send FD TEXT',
    // Without MSG_NOSIGNAL, SIGPIPE would end the shell before it could show EPIPE.
    run: ([fd], words) => {
      const data = octets(words);
      send(int(fd), data, Buffer.byteLength(data), MSG_NOSIGNAL);
    },
  },
  recv: {
    usage: 'recv FD [LENGTH]',
    run: ([fd, len = '127']) => recv(int(fd), Buffer.alloc(length(len)), length(len), 0),
  },
  write: {
    usage: 'write FD TEXT',
    run: ([fd], words) => {
      const data = octets(words);
      write(int(fd), data, Buffer.byteLength(data));
    },
  },
  read: {
    usage: 'read FD [LENGTH]',
    run: ([fd, len = '127']) => read(int(fd), Buffer.alloc(length(len)), length(len)),
  },
  shutdown: {
    usage: 'shutdown FD SHUT_RD|SHUT_WR|SHUT_RDWR',
    run: ([fd, which]) => shutdown(int(fd), HOWS[`SHUT_${how(which).replace('SHUT_', '')}`] ?? NaN),
  },
  nonblock: {
    usage: 'nonblock FD',
    run: ([fd]) => setNonblocking(int(fd)),
  },
  close: {
    usage: 'close FD',
    run: ([fd]) => close(int(fd)),
  },
  setsockopt: {
    usage: 'setsockopt FD OPTION VALUE',
    // SO_LINGER's value is its seconds, and it is switched on.
    run: ([fd, name, value]) => {
      const { level, optname, isLinger } = option(name);
      setsockopt(
        int(fd),
        level,
        optname,
        isLinger ? { l_onoff: 1, l_linger: int(value) } : int(value),
      );
    },
  },
  getsockopt: {
    usage: 'getsockopt FD OPTION',
    run: ([fd, name]) => {
      const { level, optname } = option(name);
      getsockopt(int(fd), level, optname);
    },
  },
  getsockname: {
    usage: 'getsockname FD',
    run: ([fd]) => getsockname(int(fd), new SockaddrIn()),
  },
  getpeername: {
    usage: 'getpeername FD',
    run: ([fd]) => getpeername(int(fd), new SockaddrIn()),
  },
};

/** How each call is typed. */
export const USAGES: readonly string[] = Object.values(COMMANDS).map(({ usage }) => usage);

/**
 * Does the call that a line names.
 * @throws BadLine where the line is no call; SocketError where the call fails
 */
export function perform(line: string): void {
  const [name = '', ...words] = line.trim().split(/\s+/);
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (!command) throw new BadLine(`unknown command '${name}'`, [...Object.keys(COMMANDS), 'quit']);
  const wanted = command.usage.split(' ').slice(1);
  const least = wanted.filter((word) => !word.startsWith('[')).length;
  const isText = wanted.at(-1) === 'TEXT';
  if (words.length < least) throw new BadLine('too few words', [command.usage]);
  if (words.length > wanted.length && !isText) throw new BadLine('too many words', [command.usage]);
  command.run(words, line.replace(/^\s*\S+\s+\S+ ?/, ''));
}

function option(name: string | undefined): { level: number; optname: number; isLinger: boolean } {
  const known = KNOWN_OPTIONS.get(oneOf([...KNOWN_OPTIONS.keys()])(name));
  const { level = NaN, value: optname = NaN } = known ?? {};
  return { level, optname, isLinger: level === SOL_SOCKET && optname === SO_LINGER };
}

import { SOCKADDR_IN_SIZE, SockaddrIn } from './address.ts';
import { perform } from './calls.ts';
import * as c from './constants.ts';
import * as libc from './libc.ts';

// <sys/socket.h>: blocking, one system call per function. Where C returns -1 they throw a
// SocketError; EINTR is no exception to that. See the man page of the same name in section 2.

/** `struct linger` (socket(7)): `l_linger` in seconds. */
export interface Linger {
  l_onoff: number;
  l_linger: number;
}

/** Returns the new socket's descriptor, the lowest number free. */
export function socket(domain: number, type: number, protocol: number): number {
  const args = [c.nameOf(c.FAMILIES, domain), c.nameOf(c.TYPES, type), protocolName(protocol)];
  return perform('socket', args, () => libc.socket(domain, type, protocol));
}

export function bind(sockfd: number, addr: SockaddrIn): number {
  return perform('bind', [sockfd, String(addr)], () =>
    libc.bind(sockfd, addr.memory, SOCKADDR_IN_SIZE),
  );
}

export function listen(sockfd: number, backlog: number): number {
  return perform('listen', [sockfd, backlog], () => libc.listen(sockfd, backlog));
}

/** Returns the connection's descriptor; `addr` is filled with the peer's address. */
export function accept(sockfd: number, addr = new SockaddrIn()): number {
  return perform(
    'accept',
    [sockfd],
    () => libc.accept(sockfd, addr.memory, int(SOCKADDR_IN_SIZE)),
    {
      blocks: true,
      out: () => String(addr),
    },
  );
}

export function connect(sockfd: number, addr: SockaddrIn): number {
  return perform(
    'connect',
    [sockfd, String(addr)],
    () => libc.connect(sockfd, addr.memory, SOCKADDR_IN_SIZE),
    { blocks: true },
  );
}

/** Returns how many octets of the first `len` of `buf` were taken. A string is sent as UTF-8. */
export function send(sockfd: number, buf: Buffer | string, len: number, flags: number): number {
  const memory = Buffer.from(buf);
  mustHold(memory, len);
  const args = [sockfd, quote(memory.subarray(0, len)), len, c.flagNames(flags)];
  return perform('send', args, () => libc.send(sockfd, memory, len, flags), { blocks: true });
}

/** Returns how many octets were put into `buf`, at most `len`; 0 after the peer's FIN. */
export function recv(sockfd: number, buf: Buffer, len: number, flags: number): number {
  mustHold(buf, len);
  return perform(
    'recv',
    [sockfd, len, c.flagNames(flags)],
    () => libc.recv(sockfd, buf, len, flags),
    { blocks: true, out: (received) => quote(buf.subarray(0, received)) },
  );
}

/** As {@link send} without flags (write(2)); to a peer that is gone it ends the program by SIGPIPE. */
export function write(fd: number, buf: Buffer | string, count: number): number {
  const memory = Buffer.from(buf);
  mustHold(memory, count);
  const args = [fd, quote(memory.subarray(0, count)), count];
  return perform('write', args, () => libc.write(fd, memory, count), { blocks: true });
}

/** As {@link recv} without flags (read(2)). */
export function read(fd: number, buf: Buffer, count: number): number {
  mustHold(buf, count);
  return perform('read', [fd, count], () => libc.read(fd, buf, count), {
    blocks: true,
    out: (received) => quote(buf.subarray(0, received)),
  });
}

export function shutdown(sockfd: number, how: number): number {
  return perform('shutdown', [sockfd, c.nameOf(c.HOWS, how)], () => libc.shutdown(sockfd, how));
}

export function close(fd: number): number {
  return perform('close', [fd], () => libc.close(fd));
}

/** `value` is an `int`, or for `SO_LINGER` its structure. */
export function setsockopt(
  sockfd: number,
  level: number,
  optname: number,
  value: number | Linger,
): number {
  const memory = typeof value === 'number' ? int(value) : int(value.l_onoff, value.l_linger);
  const shown = typeof value === 'number' ? value : formatLinger(value);
  return perform('setsockopt', [sockfd, ...optionNames(level, optname), shown], () =>
    libc.setsockopt(sockfd, level, optname, memory, memory.length),
  );
}

/** Returns the option's value itself, where C fills it in. */
export function getsockopt(
  sockfd: number,
  level: typeof c.SOL_SOCKET,
  optname: typeof c.SO_LINGER,
): Linger;
export function getsockopt(sockfd: number, level: number, optname: number): number;
export function getsockopt(sockfd: number, level: number, optname: number): number | Linger {
  const isLinger = level === c.SOL_SOCKET && optname === c.SO_LINGER;
  const memory = isLinger ? int(0, 0) : int(0);
  const linger = () => ({ l_onoff: memory.readInt32LE(0), l_linger: memory.readInt32LE(4) });
  perform(
    'getsockopt',
    [sockfd, ...optionNames(level, optname)],
    () => libc.getsockopt(sockfd, level, optname, memory, int(memory.length)),
    { out: () => (isLinger ? formatLinger(linger()) : memory.readInt32LE(0)) },
  );
  return isLinger ? linger() : memory.readInt32LE(0);
}

/** Fills `addr` with the socket's own address. */
export function getsockname(sockfd: number, addr: SockaddrIn): number {
  return perform(
    'getsockname',
    [sockfd],
    () => libc.getsockname(sockfd, addr.memory, int(SOCKADDR_IN_SIZE)),
    { out: () => String(addr) },
  );
}

/** Fills `addr` with the peer's address. */
export function getpeername(sockfd: number, addr: SockaddrIn): number {
  return perform(
    'getpeername',
    [sockfd],
    () => libc.getpeername(sockfd, addr.memory, int(SOCKADDR_IN_SIZE)),
    { out: () => String(addr) },
  );
}

/** C's `int`s, one after the other in memory. */
function int(...values: number[]): Buffer {
  const memory = Buffer.alloc(4 * values.length);
  values.forEach((value, index) => memory.writeInt32LE(value, 4 * index));
  return memory;
}

/** The kernel would read or write past the end of shorter memory. */
function mustHold(memory: Buffer, len: number): void {
  if (len < 0 || len > memory.length) {
    throw new RangeError(`length ${len} of a buffer of ${memory.length} octets`);
  }
}

/** Octets of data that a report shows. */
const SHOWN = 256;

/** Data as strace writes it: a C string, printable ASCII, the rest escaped, `...` behind what is cut. */
function quote(data: Buffer): string {
  const shown = JSON.stringify(data.subarray(0, SHOWN).toString('latin1'));
  const rest = data.length > SHOWN ? '...' : '';
  return shown.replace(/[\x7f-\xff]/g, escapeOctet) + rest;
}

const escapeOctet = (char: string): string =>
  `\\x${char.charCodeAt(0).toString(16).padStart(2, '0')}`;

const formatLinger = ({ l_onoff, l_linger }: Linger): string =>
  `{l_onoff=${l_onoff}, l_linger=${l_linger}}`;

const protocolName = (protocol: number): string | number =>
  protocol === c.IPPROTO_TCP ? 'IPPROTO_TCP' : protocol;

const optionNames = (level: number, optname: number): (string | number)[] => [
  c.nameOf(c.LEVELS, level),
  c.nameOf(c.OPTIONS[level], optname),
];

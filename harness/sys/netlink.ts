import {
  AF_NETLINK,
  F_GETFL,
  F_SETFL,
  F_SETOWN,
  MSG_DONTWAIT,
  O_ASYNC,
  SO_RCVBUF,
  SO_RCVBUFFORCE,
  SOCK_CLOEXEC,
  SOCK_RAW,
  SOL_SOCKET,
} from './constants.ts';
import { SocketError } from './errno.ts';
import * as libc from './libc.ts';

/** `sizeof(struct sockaddr_nl)` (netlink(7)). */
const SOCKADDR_NL_SIZE = 12;

/** Longer than any message about one packet of a link of ours. */
const LONGEST = 1 << 17;

/**
 * Opens a netlink socket (netlink(7)) of a family such as NETLINK_NETFILTER and returns its descriptor
 * (`fs.closeSync` closes it). It takes as much as the kernel allows before it is read.
 * @throws SocketError, `socket` EPROTONOSUPPORT among them
 */
export function openNetlink(family: number, received: number): number {
  const fd = libc.socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, family);
  if (fd === -1) throw new SocketError('socket', ['AF_NETLINK', 'SOCK_RAW', family], libc.errno());
  const address = Buffer.alloc(SOCKADDR_NL_SIZE);
  address.writeUInt16LE(AF_NETLINK, 0);
  if (libc.bind(fd, address, address.length) === -1) {
    const error = new SocketError('bind', [fd, 'AF_NETLINK'], libc.errno());
    libc.close(fd);
    throw error;
  }
  const octets = Buffer.alloc(4);
  octets.writeInt32LE(received, 0);
  // Beyond what is allowed to everybody only for the machine's root (socket(7)).
  for (const option of [SO_RCVBUF, SO_RCVBUFFORCE]) {
    libc.setsockopt(fd, SOL_SOCKET, option, octets, octets.length);
  }
  return fd;
}

/** Sends the kernel a message. @throws SocketError */
export function sendNetlink(fd: number, message: Buffer): void {
  if (libc.send(fd, message, message.length, 0) === -1) {
    throw new SocketError('send', [fd, `${message.length} octets`, 0], libc.errno());
  }
}

/**
 * What the kernel has sent and nobody has read, undefined when that is nothing. Never waits.
 * @throws SocketError, `recv` ENOBUFS when the kernel had to leave something out
 */
export function receiveNetlink(fd: number): Buffer | undefined {
  const octets = libc.recv(fd, room, room.length, MSG_DONTWAIT);
  if (octets !== -1) return Buffer.from(room.subarray(0, octets));
  const errno = libc.errno();
  if (errno === EAGAIN) return undefined;
  throw new SocketError('recv', [fd, room.length, 'MSG_DONTWAIT'], errno);
}

const room = Buffer.alloc(LONGEST);
const EAGAIN = 11;

/**
 * Calls `read` whenever something has come that can be read, by the signal SIGIO (fcntl(2) O_ASYNC):
 * Node's loop knows no netlink sockets, and a thread that waits in recv() would keep the process from
 * ending. Several arrivals may be one call.
 */
export function whenReadable(fd: number, read: () => void): void {
  process.on('SIGIO', read);
  const flags = libc.fcntl(fd, F_GETFL, 'int', 0);
  for (const [command, value] of [
    [F_SETOWN, process.pid],
    [F_SETFL, flags | O_ASYNC],
  ] as const) {
    if (libc.fcntl(fd, command, 'int', value) === -1) {
      throw new SocketError('fcntl', [fd, command, value], libc.errno());
    }
  }
}

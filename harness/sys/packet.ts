import { AF_PACKET, SOCK_CLOEXEC, SOCK_RAW } from './constants.ts';
import { SocketError } from './errno.ts';
import * as libc from './libc.ts';

/** `sizeof(struct sockaddr_ll)` (packet(7)). */
const SOCKADDR_LL_SIZE = 20;

/**
 * Opens a packet socket (packet(7)) on one interface, by its name or index, and returns its
 * descriptor (`fs.closeSync` closes it). Its protocol is 0, so the kernel delivers nothing to it.
 * Needs CAP_NET_RAW.
 * @throws SocketError, `socket` EPERM, `if_nametoindex` or `bind` ENODEV among them
 */
export function openPacketSocket(ifindexOrName: number | string): number {
  const address = sockaddrLl(ifindexOf(ifindexOrName));
  const fd = libc.socket(AF_PACKET, SOCK_RAW | SOCK_CLOEXEC, 0);
  if (fd === -1) throw new SocketError('socket', ['AF_PACKET', 'SOCK_RAW', 0], libc.errno());
  if (libc.bind(fd, address, address.length) === -1) {
    const error = new SocketError('bind', [fd, ifindexOrName], libc.errno());
    libc.close(fd);
    throw error;
  }
  return fd;
}

/**
 * Sends one frame, complete from its Ethernet header on (no FCS).
 * @throws SocketError, `sendto` ENETDOWN or EMSGSIZE among them
 */
export function sendFrame(fd: number, ifindexOrName: number | string, frame: Buffer): void {
  const address = sockaddrLl(ifindexOf(ifindexOrName));
  if (libc.sendto(fd, frame, frame.length, 0, address, address.length) === -1) {
    const args = [fd, `${frame.length} octets`, ifindexOrName];
    throw new SocketError('sendto', args, libc.errno());
  }
}

/** An interface's index, by its name. @throws SocketError, `if_nametoindex` ENODEV */
export function ifindexOf(ifindexOrName: number | string): number {
  if (typeof ifindexOrName === 'number') return ifindexOrName;
  const ifindex = libc.ifNameToIndex(ifindexOrName);
  if (ifindex === 0) throw new SocketError('if_nametoindex', [ifindexOrName], libc.errno());
  return ifindex;
}

/** `struct sockaddr_ll`: family at 0, ifindex at 4; SOCK_RAW sends by the frame's own header. */
function sockaddrLl(ifindex: number): Buffer {
  const address = Buffer.alloc(SOCKADDR_LL_SIZE);
  address.writeUInt16LE(AF_PACKET, 0);
  address.writeInt32LE(ifindex, 4);
  return address;
}

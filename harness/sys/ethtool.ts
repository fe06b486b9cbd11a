import { AF_INET, SOCK_CLOEXEC, SOCK_DGRAM } from './constants.ts';
import { SocketError } from './errno.ts';
import * as libc from './libc.ts';

/** What an interface may do with segments on the way to the wire and from it. */
export interface Offloads {
  /** One super-segment out of the stack, cut up by the (virtual) device. */
  tso: boolean;
  /** The same, cut up just before the device. */
  gso: boolean;
  /** Segments joined again on their way in. */
  gro: boolean;
  /** Checksums left to the device: captures show them wrong. TSO depends on it. */
  txChecksum: boolean;
}

const SIOCETHTOOL = 0x8946;

/** Commands of include/uapi/linux/ethtool.h. Checksums first: the kernel ties TSO to them. */
const COMMANDS: Record<keyof Offloads, { get: number; set: number }> = {
  txChecksum: { get: 0x16, set: 0x17 },
  tso: { get: 0x1e, set: 0x1f },
  gso: { get: 0x23, set: 0x24 },
  gro: { get: 0x2b, set: 0x2c },
};

/** @throws SocketError, `ioctl` ENODEV among them */
export function getOffloads(ifname: string): Offloads {
  return withSocket((fd) => {
    const isOn = (name: keyof Offloads) => ethtool(fd, ifname, COMMANDS[name].get) !== 0;
    return { tso: isOn('tso'), gso: isOn('gso'), gro: isOn('gro'), txChecksum: isOn('txChecksum') };
  });
}

/**
 * Switches offloads, as `ethtool -K` does; what is not named stays. Needs CAP_NET_ADMIN in the
 * interface's network namespace. The driver may refuse silently: {@link getOffloads} tells.
 * @throws SocketError, `ioctl` ENODEV, EPERM or EOPNOTSUPP among them
 */
export function setOffloads(ifname: string, wanted: Partial<Offloads>): void {
  withSocket((fd) => {
    for (const [name, { set }] of Object.entries(COMMANDS)) {
      const on = wanted[name as keyof Offloads];
      if (on !== undefined) ethtool(fd, ifname, set, Number(on));
    }
  });
}

/** One SIOCETHTOOL with `struct ethtool_value { u32 cmd; u32 data; }`; returns its data. */
function ethtool(fd: number, ifname: string, command: number, data = 0): number {
  const value = Buffer.alloc(8);
  value.writeUInt32LE(command, 0);
  value.writeUInt32LE(data, 4);
  if (libc.ioctl(fd, SIOCETHTOOL, 'void *', ifreq(ifname, value)) === -1) {
    throw new SocketError('ioctl', [fd, 'SIOCETHTOOL', ifname, hex(command)], libc.errno());
  }
  return value.readUInt32LE(4);
}

/** `struct ifreq` (netdevice(7)), 40 octets: the name at 0, a pointer to the value at 16. */
function ifreq(ifname: string, value: Buffer): Buffer {
  const request = Buffer.alloc(40);
  request.write(ifname, 0, 15, 'latin1');
  request.writeBigUInt64LE(libc.addressOf(value), 16);
  return request;
}

function withSocket<T>(use: (fd: number) => T): T {
  const fd = libc.socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  if (fd === -1) throw new SocketError('socket', ['AF_INET', 'SOCK_DGRAM', 0], libc.errno());
  try {
    return use(fd);
  } finally {
    libc.close(fd);
  }
}

const hex = (command: number): string => `0x${command.toString(16)}`;

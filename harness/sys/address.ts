import { AF_INET } from './constants.ts';

/** `sizeof(struct sockaddr_in)` (ip(7)). */
export const SOCKADDR_IN_SIZE = 16;

/** `htons`: host to network byte order. Every machine we run on is little-endian. */
export const htons = (host: number): number => ((host & 0xff) << 8) | ((host >> 8) & 0xff);

/** `ntohs`: network to host byte order. */
export const ntohs = htons;

/** Whether `text` is four decimal octets; zeros in front are refused, as C reads them as octal. */
export function isDottedQuad(text: string): boolean {
  const octets = text.split('.');
  return (
    octets.length === 4 && octets.every((o) => /^(0|[1-9]\d{0,2})$/.test(o) && Number(o) < 256)
  );
}

/** `inet_addr`: `127.0.0.1` as the number that lies in memory in network byte order. */
export function inet_addr(dotted: string): number {
  if (!isDottedQuad(dotted)) throw new TypeError(`not an IPv4 address: ${dotted}`);
  return Buffer.from(dotted.split('.').map(Number)).readUInt32LE(0);
}

/** `inet_ntoa`: the inverse of {@link inet_addr}. */
export function inet_ntoa(s_addr: number): string {
  const octets = Buffer.alloc(4);
  octets.writeUInt32LE(s_addr);
  return octets.join('.');
}

/** `struct in_addr`, at offset 4 of its `sockaddr_in`. */
class InAddr {
  readonly #memory: Buffer;
  constructor(memory: Buffer) {
    this.#memory = memory;
  }
  get s_addr(): number {
    return this.#memory.readUInt32LE(4);
  }
  set s_addr(network: number) {
    this.#memory.writeUInt32LE(network, 4);
  }
}

/**
 * `struct sockaddr_in` (ip(7)), zeroed at first, with the kernel's own layout underneath: family at
 * 0 (host order), port at 2 and address at 4 (network order).
 */
export class SockaddrIn {
  /** The structure's memory: what the kernel reads and fills in. */
  readonly memory = Buffer.alloc(SOCKADDR_IN_SIZE);
  readonly sin_addr = new InAddr(this.memory);

  get sin_family(): number {
    return this.memory.readUInt16LE(0);
  }
  set sin_family(family: number) {
    this.memory.writeUInt16LE(family, 0);
  }
  get sin_port(): number {
    return this.memory.readUInt16LE(2);
  }
  set sin_port(network: number) {
    this.memory.writeUInt16LE(network, 2);
  }

  /** `127.0.0.1:6000` */
  toString(): string {
    return `${inet_ntoa(this.sin_addr.s_addr)}:${ntohs(this.sin_port)}`;
  }
}

/** A filled-in {@link SockaddrIn}: dotted address, port 0-65535 in host order. */
export function sockaddrIn(address: string, port: number): SockaddrIn {
  const saddr = new SockaddrIn();
  saddr.sin_family = AF_INET;
  saddr.sin_port = htons(port);
  saddr.sin_addr.s_addr = inet_addr(address);
  return saddr;
}

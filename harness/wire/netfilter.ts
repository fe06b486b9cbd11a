import { SIX } from '../tcp/frame/flags.ts';

/**
 * What is said to the kernel's packet filter so that a host's TCP segments come to us before they go
 * on: a rule at a hook, and a queue to which it hands them. Messages as in include/uapi/linux/netlink.h
 * and include/uapi/linux/netfilter/{nfnetlink,nf_tables,nfnetlink_queue}.h; no program is run for them.
 */
export const NETLINK_NETFILTER = 12;

/** Where segments are taken: when they leave the host (POSTROUTING), when they reach it (LOCAL_IN). */
export const HOOKS = { out: { hook: 4, interfaceIs: 5 }, in: { hook: 1, interfaceIs: 4 } } as const;
export type Hook = keyof typeof HOOKS;

/** What becomes of a segment in a queue (NF_ACCEPT, NF_DROP). */
export const VERDICTS = { pass: 1, drop: 0 } as const;

export type FromKernel =
  /** `packet` from its IP header on; `id` names it in its queue. */
  | { kind: 'packet'; id: number; packet: Buffer }
  /** The answer to a request; 0, or an errno. */
  | { kind: 'answer'; errno: number }
  | { kind: 'other' };

const NLM_F_REQUEST = 1;
const NLM_F_ACK = 4;
const NLM_F_CREATE = 0x400;
const NLM_F_APPEND = 0x800;
const NLMSG_ERROR = 2;
const HEADER = 16;
const NFGENMSG = 4;

const NFNL_SUBSYS_QUEUE = 3;
const NFNL_SUBSYS_NFTABLES = 10;
const NFPROTO_IPV4 = 2;
const TABLE = text('socket_lab');

/**
 * How a rule can hand a segment to a queue. A kernel has one, or the other, or both; the second is
 * xtables' (CONFIG_NFT_QUEUE, or CONFIG_NFT_COMPAT and CONFIG_NETFILTER_XT_TARGET_NFQUEUE).
 */
export const WAYS = ['queue', 'NFQUEUE'] as const;
export type Way = (typeof WAYS)[number];

/** Which TCP segments go to a queue: of these interfaces, with just these flags each; absent: all. */
export interface Taken {
  interfaces: readonly number[];
  /** The six of RFC 9293 3.1, as bits. */
  flags?: readonly number[];
}

/**
 * From now on these of the TCP segments that pass `hook` go to this queue, and no others, at one
 * instant; answered once.
 */
export function queueRules(
  hook: Hook,
  { interfaces, flags }: Taken,
  queue: number,
  way: Way,
): Buffer {
  const chain = text(hook);
  const { hook: number, interfaceIs } = HOOKS[hook];
  const create = NLM_F_REQUEST | NLM_F_CREATE;
  const batch = (type: number, flags: number): Buffer =>
    message(type, flags, { family: 0, resource: NFNL_SUBSYS_NFTABLES }, []);
  const tables = (type: number, flags: number, ...attributes: Buffer[]): Buffer =>
    message((NFNL_SUBSYS_NFTABLES << 8) | type, flags, { family: NFPROTO_IPV4 }, attributes);
  return Buffer.concat([
    batch(16, NLM_F_REQUEST),
    tables(0, create, attribute(1, TABLE)),
    tables(
      3,
      create,
      attribute(1, TABLE),
      attribute(3, chain),
      nested(4, attribute(1, be32(number)), attribute(2, be32(0))),
      attribute(7, text('filter')),
    ),
    // All rules of the chain that there were.
    tables(8, NLM_F_REQUEST, attribute(1, TABLE), attribute(2, chain)),
    ...interfaces.flatMap((ifindex) =>
      (flags?.map(haveFlags) ?? [[]]).map((have) =>
        tables(
          6,
          create | NLM_F_APPEND,
          attribute(1, TABLE),
          attribute(2, chain),
          nested(
            4,
            ...isEqual(interfaceIs, le32(ifindex)),
            ...isEqual(L4PROTO, Buffer.of(IPPROTO_TCP)),
            ...have,
            way === 'queue'
              ? expression('queue', attribute(1, be16(queue)))
              : expression(
                  'target',
                  attribute(1, text('NFQUEUE')),
                  attribute(2, be32(0)),
                  attribute(3, le16(queue)),
                ),
          ),
        ),
      ),
    ),
    batch(17, NLM_F_REQUEST | NLM_F_ACK),
  ]);
}

/** The socket that sends it is told of this queue's packets, whole; answered. */
export function bindQueue(queue: number): Buffer {
  return ofQueue(2, NLM_F_ACK, queue, [
    attribute(1, Buffer.concat([Buffer.of(1, 0), be16(NFPROTO_IPV4)])),
    attribute(2, Buffer.concat([be32(0xffff), Buffer.of(2)])),
  ]);
}

/** Lets a packet go on, or takes it away. Not answered. */
export const verdict = (queue: number, id: number, what: keyof typeof VERDICTS): Buffer =>
  ofQueue(1, 0, queue, [attribute(2, Buffer.concat([be32(VERDICTS[what]), be32(id)]))]);

/** The messages in what was read at once. */
export function* messagesIn(read: Buffer): Generator<FromKernel> {
  for (let at = 0; at + HEADER <= read.length;) {
    const length = Math.max(read.readUInt32LE(at), HEADER);
    yield messageOf(read.subarray(at, at + length));
    at += aligned(length);
  }
}

function messageOf(read: Buffer): FromKernel {
  const type = read.readUInt16LE(4);
  if (type === NLMSG_ERROR) return { kind: 'answer', errno: Math.abs(read.readInt32LE(HEADER)) };
  if (type !== NFNL_SUBSYS_QUEUE << 8) return { kind: 'other' };
  const attributes = new Map<number, Buffer>();
  for (let at = HEADER + NFGENMSG; at + 4 <= read.length;) {
    const length = read.readUInt16LE(at);
    attributes.set(read.readUInt16LE(at + 2) & 0x3fff, read.subarray(at + 4, at + length));
    at += aligned(Math.max(length, 4));
  }
  // NFQA_PACKET_HDR, its id in network order; NFQA_PAYLOAD
  const [header, packet] = [attributes.get(1), attributes.get(10)];
  if (header === undefined || packet === undefined) return { kind: 'other' };
  return { kind: 'packet', id: header.readUInt32BE(0), packet: Buffer.from(packet) };
}

const L4PROTO = 16;
const IPPROTO_TCP = 6;

/** Expressions of nf_tables: load what is so called (nft_meta_keys), and go on if it is this. */
const isEqual = (key: number, value: Buffer): Buffer[] => [
  expression('meta', attribute(1, be32(1)), attribute(2, be32(key))),
  compare(value),
];

/** Go on if the register that all of these use is this. */
const compare = (value: Buffer): Buffer =>
  expression('cmp', attribute(1, be32(1)), attribute(2, be32(0)), nested(3, attribute(1, value)));

const TRANSPORT_HEADER = 2;
const FLAGS_OCTET = 13;

/** Load the octet of flags, without ECN's, and go on if they are these. */
const haveFlags = (flags: number): Buffer[] => [
  expression(
    'payload',
    attribute(1, be32(1)),
    attribute(2, be32(TRANSPORT_HEADER)),
    attribute(3, be32(FLAGS_OCTET)),
    attribute(4, be32(1)),
  ),
  expression(
    'bitwise',
    attribute(1, be32(1)),
    attribute(2, be32(1)),
    attribute(3, be32(1)),
    nested(4, attribute(1, Buffer.of(SIX))),
    nested(5, attribute(1, Buffer.of(0))),
  ),
  compare(Buffer.of(flags)),
];

const expression = (name: string, ...attributes: Buffer[]): Buffer =>
  nested(1, attribute(1, text(name)), nested(2, ...attributes));

const ofQueue = (type: number, flags: number, queue: number, attributes: Buffer[]): Buffer =>
  message((NFNL_SUBSYS_QUEUE << 8) | type, NLM_F_REQUEST | flags, { resource: queue }, attributes);

/** `struct nlmsghdr`, `struct nfgenmsg`, and attributes. */
function message(
  type: number,
  flags: number,
  { family = 0, resource = 0 }: { family?: number; resource?: number },
  attributes: readonly Buffer[],
): Buffer {
  const header = Buffer.alloc(HEADER + NFGENMSG);
  const body = Buffer.concat(attributes);
  header.writeUInt32LE(header.length + body.length, 0);
  header.writeUInt16LE(type, 4);
  header.writeUInt16LE(flags, 6);
  header.writeUInt8(family, HEADER);
  header.writeUInt16BE(resource, HEADER + 2);
  return Buffer.concat([header, body]);
}

/** `struct nlattr`, padded. */
function attribute(type: number, value: Buffer): Buffer {
  const length = 4 + value.length;
  const padded = Buffer.alloc(aligned(length));
  padded.writeUInt16LE(length, 0);
  padded.writeUInt16LE(type, 2);
  value.copy(padded, 4);
  return padded;
}

const NLA_F_NESTED = 0x8000;
const nested = (type: number, ...attributes: Buffer[]): Buffer =>
  attribute(type | NLA_F_NESTED, Buffer.concat(attributes));

const aligned = (octets: number): number => (octets + 3) & ~3;

function text(value: string): Buffer {
  return Buffer.from(`${value}\0`, 'latin1');
}

const numbers =
  (octets: number, write: (into: Buffer, value: number) => void) =>
  (value: number): Buffer => {
    const buffer = Buffer.alloc(octets);
    write(buffer, value);
    return buffer;
  };
const be32 = numbers(4, (into, value) => into.writeUInt32BE(value));
const be16 = numbers(2, (into, value) => into.writeUInt16BE(value));
const le32 = numbers(4, (into, value) => into.writeUInt32LE(value));
const le16 = numbers(2, (into, value) => into.writeUInt16LE(value));

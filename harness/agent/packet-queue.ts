import { closeSync } from 'node:fs';
import { errnoName } from '../sys/errno.ts';
import { ifindexOf } from '../sys/packet.ts';
import { openNetlink, receiveNetlink, sendNetlink, whenReadable } from '../sys/netlink.ts';
import {
  bindQueue,
  HOOKS,
  messagesIn,
  NETLINK_NETFILTER,
  queueRules,
  verdict,
  WAYS,
  type Hook,
  type Way,
} from '../wire/netfilter.ts';
import { told, ToldError } from '../told.ts';

/** What may be unread of a burst, octets; the kernel counts four times what a small segment has. */
const UNREAD = 8 << 20;

/**
 * TCP segments that pass one hook of this host by these devices, from IP's header on: all, until others
 * are asked for. Each stops there until it is told to go on or is taken away; the kernel takes it to be in its own queue meanwhile, so
 * that TCP does not send it again.
 */
export class PacketQueue {
  readonly #fd: number;
  readonly #number: number;
  readonly #hook: Hook;
  readonly #interfaces: readonly number[];
  readonly #stops: (id: number, packet: Buffer) => void;

  /** @throws Error where the kernel cannot do this; `trouble` is told when it had to leave one out */
  constructor(
    { hook, devices }: { hook: Hook; devices: readonly string[] },
    stops: (id: number, packet: Buffer) => void,
    trouble: (error: Error) => void,
  ) {
    this.#hook = hook;
    this.#number = HOOKS[hook].hook;
    this.#interfaces = devices.map(ifindexOf);
    this.#stops = stops;
    this.#fd = openNetlink(NETLINK_NETFILTER, UNREAD);
    // The queue first: what a rule hands to a queue that is not there is lost.
    const errno = answer(this.#fd, bindQueue(this.#number));
    if (errno !== 0) {
      const params = { errno: errnoName(errno) };
      throw new ToldError(
        told('this kernel has no queue for packets (nfnetlink_queue): {errno}', params),
      );
    }
    whenReadable(this.#fd, () => {
      try {
        this.read();
      } catch (error) {
        trouble(error as Error);
      }
    });
    this.take();
  }

  /** From now on those with just these flags (bits) stop, or all: what has stopped already stays. */
  take(flags?: readonly number[]): void {
    const taken = { interfaces: this.#interfaces, ...(flags && { flags }) };
    makeRules((way) => queueRules(this.#hook, taken, this.#number, way));
  }

  /** Tells of all that has stopped so far. */
  read(): void {
    for (;;) {
      const read = receiveNetlink(this.#fd);
      if (read === undefined) return;
      for (const one of messagesIn(read)) {
        if (one.kind === 'packet') this.#stops(one.id, one.packet);
      }
    }
  }

  pass(id: number): void {
    sendNetlink(this.#fd, verdict(this.#number, id, 'pass'));
  }

  drop(id: number): void {
    sendNetlink(this.#fd, verdict(this.#number, id, 'drop'));
  }
}

/** The way that this kernel has, once it is known. */
let known: Way | undefined;

/**
 * Makes rules in a way that this kernel has. Which that is is tried out once, when nothing waits yet:
 * with a rule that is refused goes its hook, and with any hook all that waits in any queue.
 */
function makeRules(rules: (way: Way) => Buffer): void {
  const fd = openNetlink(NETLINK_NETFILTER, 0);
  const errnos = new Map<Way, number>();
  for (const way of known === undefined ? WAYS : [known]) {
    const errno = answer(fd, rules(way));
    errnos.set(way, errno);
    if (errno !== 0) continue;
    known = way;
    break;
  }
  closeSync(fd);
  if (known !== undefined && errnos.get(known) === 0) return;
  const said = [...errnos].map(([way, errno]) => `${way} ${errnoName(errno)}`).join(', ');
  throw new ToldError(
    told('this kernel hands no packets to a queue (nft_queue, xt_NFQUEUE): {errnos}', {
      errnos: said,
    }),
  );
}

/**
 * The kernel has answered when the call that asked returns: to a batch that it refuses, once for each
 * message that is wrong.
 */
function answer(fd: number, request: Buffer): number {
  sendNetlink(fd, request);
  const errnos: number[] = [];
  for (let read = receiveNetlink(fd); read !== undefined; read = receiveNetlink(fd))
    for (const one of messagesIn(read)) if (one.kind === 'answer') errnos.push(one.errno);
  if (errnos.length === 0) throw new ToldError(told('the kernel has not answered (netlink(7))'));
  return errnos.find((errno) => errno !== 0) ?? 0;
}

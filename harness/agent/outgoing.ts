import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { NothingWaits } from '../wire/nothing-waits.ts';

/** How often it is looked whether something has begun to wait, ms: no kernel tells. */
const LOOK = 2;

/**
 * Whether something waits on a held wire: this host's kernel has sent more than had been sent when
 * last nothing waited. What a held wire's queue has taken is not sent again, so it counts once.
 */
export class Outgoing {
  readonly #sent: () => number;
  /** How much had been sent when what waited last went; undefined while the wire is not held. */
  #gone: number | undefined;

  constructor(sent = packetsSent) {
    this.#sent = sent;
  }

  hold(): void {
    this.#gone ??= this.#sent();
  }

  /** Resolves when something waits, at once on a wire that is not held. */
  async wait(within: number): Promise<void> {
    const late = performance.now() + within;
    while (this.#gone === this.#sent()) {
      if (performance.now() > late) throw new NothingWaits(within);
      await sleep(LOOK);
    }
  }

  /** To be told before it goes: what is sent meanwhile may wait. */
  letGo(): void {
    this.#gone = this.#sent();
  }

  carry(): void {
    this.#gone = undefined;
  }
}

/** Packets that this network namespace has sent (RFC 4293, ipSystemStatsOutRequests), held ones too. */
function packetsSent(): number {
  const [names = '', values = ''] = readFileSync('/proc/self/net/snmp', 'utf8').split('\n');
  return Number(values.split(' ')[names.split(' ').indexOf('OutRequests')]);
}

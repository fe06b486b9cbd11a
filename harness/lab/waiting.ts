import type { EventOf, HostName } from '../evidence/events.ts';
import type { Stream } from '../evidence/stream.ts';
import { failureMessage, PATIENCE } from '../expect/expectation.ts';
import { of } from '../expect/format.ts';
import { formatSegment } from '../tcp/format.ts';
import type { Segment } from '../tcp/segment.ts';
import { hasFlags } from '../wire/drop.ts';
import type { Patience } from './walk/patience.ts';

/** A segment that a host's kernel has sent and that has not gone out. */
export interface Waiting {
  host: HostName;
  id: number;
  segment: Segment;
  /** When it was sent, ns since the run began. */
  since: number;
}

/** What a lab does to all that a host sends. */
export const MOVES = ['hold', 'release', 'carry', 'delay'] as const;
export type Move = (typeof MOVES)[number];

/** What it does to one segment that waits. */
export const TOUCHES = ['letGo', 'discard', 'duplicate', 'reorder'] as const;
export type Touch = (typeof TOUCHES)[number];

/** The wire, as a lab has it in its hands: by itself, or together with somebody who walks. */
export interface Hands {
  /** Resolves when all that the host has sent so far is known of. */
  settle(host: HostName): Promise<void>;
  /** What waits because the lab holds it, in order. */
  waiting(host: HostName): readonly Waiting[];
  move(op: Move, host: HostName, ms?: number): Promise<void>;
  touch(op: Touch, one: Waiting): Promise<void>;
}

/** What waits at both hosts, as the stream tells it. */
export class WaitingSegments {
  readonly #all: Waiting[] = [];

  constructor(stream: Stream) {
    stream.listen((event) => {
      if (event.type === 'wire') this.#take(event);
    });
  }

  at(host: HostName): readonly Waiting[] {
    return this.#all.filter((one) => one.host === host);
  }

  #take({ phase, host, id, segment, t }: EventOf<'wire'>): void {
    if (phase === 'waits' && segment !== undefined) {
      this.#all.push({ host, id, segment, since: t });
    } else if (phase === 'goes' || phase === 'dropped' || phase === 'left-out') {
      const at = this.#all.findIndex((one) => one.host === host && one.id === id);
      if (at !== -1) this.#all.splice(at, 1);
    }
  }
}

/** Something was to be let go, and nothing came to wait in the time that an expectation has. */
export class NothingWaits extends Error {
  readonly code = 'NOTHING_WAITS';
}

interface Wait {
  host: HostName;
  /** Flags, in tcpdump's letters; any segment without. */
  flags?: string;
}

/** What it takes to wait for something that waits. */
interface Bench {
  hands: Hands;
  stream: Stream;
  patience: Patience;
  /** Rejects when the run is ended first. */
  aborted: Promise<never>;
}

/**
 * The first segment of the host's that waits and has these flags; when there is none yet (a kernel may
 * put an ACK off), the first that comes.
 * @throws NothingWaits
 */
export async function toWait(
  wanted: Wait,
  { hands, stream, patience, aborted }: Bench,
): Promise<Waiting> {
  const look = (): Waiting | undefined =>
    hands.waiting(wanted.host).find(({ segment }) => isIt(segment, wanted));
  await hands.settle(wanted.host);
  const there = look();
  if (there !== undefined) return there;
  const endings: (() => void)[] = [];
  const comes = new Promise<Waiting>((resolve, reject) => {
    const forget = stream.listen(() => {
      const one = look();
      if (one !== undefined) resolve(one);
    });
    const stop = patience.after(PATIENCE, () => {
      reject(new NothingWaits(sentence(wanted, hands.waiting(wanted.host))));
    });
    endings.push(forget, stop);
  });
  try {
    return await Promise.race([comes, aborted]);
  } finally {
    for (const end of endings) end();
  }
}

const isIt = ({ flags }: Segment, wanted: Wait): boolean =>
  wanted.flags === undefined || hasFlags(flags, wanted.flags);

const sentence = ({ host, flags }: Wait, others: readonly Waiting[]): string =>
  failureMessage(
    `a segment ${flags === undefined ? '' : `${flags} `}of ${of(host)} to wait to be let go`,
    `none for ${PATIENCE / 1000} s`,
    others.map(({ segment }) => formatSegment(segment)),
  );

import { CAPTURE_ERROR } from '../evidence/clock.ts';
import type { HostName } from '../evidence/events.ts';
import { sameEndpoint } from '../tcp/endpoint.ts';
import type { Endpoint } from '../tcp/segment.ts';
import type { Change, End } from './change.ts';
import type { History } from './history.ts';
import { segmentsOf } from './segments.ts';
import type { Transition } from './transitions.ts';

/** What the tracepoint saw, in order of time: whose state changed, and how. */
export function tracedChanges(history: History): [End, Change][] {
  const ports = new Ports(history);
  return history.transitions.all.flatMap((transition): [End, Change][] => {
    const { host, t, seq, from, to, peer } = transition;
    const local = ports.localOf(transition);
    if (local === undefined) return [];
    return [
      [
        { host, local, peer },
        { t, event: seq, from, to, witness: 'tracepoint' },
      ],
    ];
  });
}

/** A connection's first SYN as its sender's capture has it, or as `ss` shows that it will come. */
interface Syn {
  t: number;
  local: Endpoint;
}

/** A socket that connects has no port yet when the tracepoint sees it: its SYN tells. */
class Ports {
  /** By host and peer: those that were sent, and those that are held for good and in no capture. */
  readonly #syns = new Map<string, [sent: Syn[], toCome: Syn[]]>();

  constructor(history: History) {
    for (const { segment, from, sent, repetition, injected } of segmentsOf(history)) {
      if (segment.flags !== 'S' || injected || sent === undefined) continue;
      if (repetition !== 'retransmission')
        this.#to(from, segment.dst)[0].push({ t: sent.t, local: segment.src });
    }
    const seen = new Set<string>();
    for (const { host, ended, rows } of history.samples) {
      for (const { state, local, peer } of rows) {
        const key = `${host} ${local.address} ${local.port} ${peer.address} ${peer.port}`;
        if (state !== 'SYN-SENT' || seen.has(key)) continue;
        seen.add(key);
        this.#to(host, peer)[1].push({ t: ended, local });
      }
    }
  }

  /** In order of time. */
  localOf({ host, t, local, peer, to }: Transition): Endpoint | undefined {
    const own =
      local.port === 0
        ? this.#next(host, t, peer, ({ address }) => address === local.address)?.local
        : local;
    if (own !== undefined && to === 'SYN-SENT')
      this.#take(
        host,
        peer,
        this.#next(host, t, peer, (it) => sameEndpoint(it, own)),
      );
    return own;
  }

  #to(host: HostName, { address, port }: Endpoint): [Syn[], Syn[]] {
    const key = `${host} ${address} ${port}`;
    const known = this.#syns.get(key) ?? [[], []];
    this.#syns.set(key, known);
    return known;
  }

  /** The first from `t` on. What is older no later transition can mean. */
  #next(
    host: HostName,
    t: number,
    peer: Endpoint,
    fits: (local: Endpoint) => boolean,
  ): Syn | undefined {
    for (const syns of this.#to(host, peer)) {
      const young = syns.findIndex((syn) => syn.t >= t - CAPTURE_ERROR);
      syns.splice(0, young === -1 ? syns.length : young);
      const found = syns.find(({ local }) => fits(local));
      if (found !== undefined) return found;
    }
    return undefined;
  }

  #take(host: HostName, peer: Endpoint, syn: Syn | undefined): void {
    if (syn === undefined) return;
    for (const syns of this.#to(host, peer)) {
      const at = syns.indexOf(syn);
      if (at !== -1) syns.splice(at, 1);
    }
  }
}

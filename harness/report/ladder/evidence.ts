import type { EventOf, HostName, LabEvent } from '../../evidence/events.ts';
import {
  captureKey,
  capturesOf,
  type Captures,
  type Packet,
} from '../../expect/edges-shown-signals.ts';
import { rowsOf } from '../../history/sockets.ts';
import type { Endpoint } from '../../tcp/segment.ts';
import type { SocketRow } from '../../tcp/ss.ts';
import type { SegmentRow } from './types.ts';

type Sample = EventOf<'sample'>;

/** A connection's first SYN as its sender's capture has it, or as `ss` shows that it will come. */
export interface Syn {
  host: HostName;
  t: number;
  seq: number;
  local: Endpoint;
  peer: Endpoint;
}

/** What the states of both ends are read from. */
export class Evidence {
  readonly syns: readonly Syn[];
  readonly samples: readonly Sample[];
  readonly listens: readonly EventOf<'call'>[];
  readonly #captures: Captures;
  readonly #lost: ReadonlySet<number>;
  readonly #packets = new Map<string, readonly Packet[]>();
  readonly #rows = new WeakMap<Sample, ReadonlyMap<string, SocketRow>>();

  constructor(events: readonly LabEvent[], segments: readonly SegmentRow[]) {
    this.#captures = capturesOf(events);
    this.#lost = new Set(
      segments.flatMap(({ fate, arrived }) => (fate === 'lost' && arrived ? [arrived.seq] : [])),
    );
    this.samples = events.filter((event): event is Sample => event.type === 'sample');
    this.listens = events.filter(
      (event): event is EventOf<'call'> =>
        event.type === 'call' && event.call === 'listen' && event.result === 0,
    );
    this.syns = [...synsSent(segments), ...synsToCome(this.samples)];
  }

  /** What reached an end's TCP, and what left it, by its host's own capture; in order of time. */
  packets(host: HostName, local: Endpoint, peer: Endpoint): readonly Packet[] {
    const key = captureKey(host, local, peer);
    const known = this.#packets.get(key);
    if (known !== undefined) return known;
    const own = (this.#captures.get(key) ?? []).filter(({ seq }) => !this.#lost.has(seq));
    const sorted = own.toSorted((a, b) => a.t - b.t);
    this.#packets.set(key, sorted);
    return sorted;
  }

  /** An end's row in the first sample of its host that began after `t`; `sample` when there is one. */
  rowAfter(
    t: number,
    host: HostName,
    local: Endpoint,
    peer: Endpoint,
  ): { sample?: Sample; row?: SocketRow } {
    const sample = this.samples.find((one) => one.host === host && one.began > t);
    if (sample === undefined) return {};
    const row = this.#rowsOf(sample).get(captureKey(host, local, peer));
    return row === undefined ? { sample } : { sample, row };
  }

  #rowsOf(sample: Sample): ReadonlyMap<string, SocketRow> {
    const known = this.#rows.get(sample);
    if (known !== undefined) return known;
    const rows = new Map(
      rowsOf(sample).map((row) => [captureKey(sample.host, row.local, row.peer), row]),
    );
    this.#rows.set(sample, rows);
    return rows;
  }
}

const synsSent = (segments: readonly SegmentRow[]): Syn[] =>
  segments.flatMap(({ segment, from, sent, again, forged }) =>
    segment.flags !== 'S' || again || forged || sent === undefined
      ? []
      : [{ host: from, t: sent.t, seq: sent.seq, local: segment.src, peer: segment.dst }],
  );

/** One that is held for good is in no capture. */
function synsToCome(samples: readonly Sample[]): Syn[] {
  const seen = new Set<string>();
  return samples.flatMap((sample) =>
    rowsOf(sample).flatMap(({ state, local, peer }) => {
      const { host, seq, ended } = sample;
      const key = captureKey(host, local, peer);
      if (state !== 'SYN-SENT' || seen.has(key)) return [];
      seen.add(key);
      return [{ host, t: ended, seq, local, peer }];
    }),
  );
}

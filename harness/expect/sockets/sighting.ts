import type { HostName } from '../../evidence/events.ts';
import type {
  Difference,
  Kind,
  Miss,
  SeenSocket,
  SocketSeen,
} from '../../evidence/expectations.ts';
import type { Sample } from '../../history/sockets.ts';
import type { SocketRow } from '../../tcp/tables/ss.ts';
import { failed, type Evaluation, type Statement } from '../expectation.ts';

/** A socket as it was seen. Times are ns since the run began. */
export interface Sighting {
  row: SocketRow;
  /** The first sample in a row that shows it ended then: it was so by then. */
  t: number;
  /** The host's sample before that one began then, and does not show it: it became so after that. */
  after?: number;
}

/** A host's samples that began after an expectation was stated, each handed out once, in order. */
export class Looks {
  /** All that were handed out. */
  readonly all: Sample[] = [];
  readonly #statement: Statement;
  readonly #host: HostName;
  #next: number;

  constructor(statement: Statement, host: HostName) {
    this.#statement = statement;
    this.#host = host;
    const { samples } = statement.history.sockets[host];
    this.#next = samples.findLastIndex(({ event }) => event < statement.from) + 1;
  }

  /** Those that have come since it was asked last. */
  *fresh(): Generator<Sample> {
    const { samples } = this.#statement.history.sockets[this.#host];
    for (; this.#next < samples.length;) {
      const sample = samples[this.#next++];
      if (sample === undefined || sample.began < this.#statement.since) continue;
      this.all.push(sample);
      yield sample;
    }
  }

  /** The host's last sample before `gone` that shows such a row, if one does, and the one after it. */
  lastWith(
    matches: (row: SocketRow) => boolean,
    gone: Sample,
  ): { last: Sample | undefined; first: Sample } {
    const { samples } = this.#statement.history.sockets[this.#host];
    const before = samples.slice(0, samples.indexOf(gone));
    const last = before.findLastIndex(({ rows }) => rows.some(matches));
    return { last: before[last], first: before[last + 1] ?? gone };
  }

  /** The sighting of a row of this sample, for which `fits` told. */
  sighting(sample: Sample, row: SocketRow, fits: (row: SocketRow) => boolean): Sighting {
    const { samples } = this.#statement.history.sockets[this.#host];
    let at = samples.indexOf(sample);
    while (samples[at - 1]?.rows.some(fits) === true) at--;
    const [before, first = sample] = [samples[at - 1], samples[at]];
    return { row, t: first.ended, ...(before && { after: before.began }) };
  }
}

/** What is recorded of a socket; of what `ss -i` prints only what is asked for. */
export function seenSocket(row: SocketRow, info: Record<string, string> = {}): SeenSocket {
  const { local, peer, state, recvQ, sendQ, timer, processes } = row;
  const asked = Object.keys(info).flatMap((name) => {
    const value = row.info[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return {
    ...{ local, peer, state, recvQ, sendQ },
    ...(timer && { timer }),
    processes,
    ...(asked.length > 0 && { info: Object.fromEntries(asked) }),
  };
}

/** What was there instead: the last sight, and each different one with what it differed in. */
export function notSighted<K extends Kind>(
  samples: readonly Sample[],
  matches: (row: SocketRow) => boolean,
  differences: (row: SocketRow) => Difference[] = () => [],
  info?: Record<string, string>,
): Evaluation<never, K> {
  let seen: SocketSeen = {};
  let previous: string | undefined;
  const misses: Miss[] = [];
  for (const sample of samples) {
    const row = sample.rows.find(matches);
    const socket = row === undefined ? null : seenSocket(row, info);
    seen = { socket };
    // A timer counts down in every sample: a miss is for what changed beside it.
    const kind =
      row === undefined ? '' : `${row.state} ${row.recvQ} ${row.sendQ} ${row.timer?.name ?? ''}`;
    if (kind !== previous) {
      const differs = row === undefined ? [] : differences(row);
      misses.push({ event: sample.event, socket, differs });
    }
    previous = kind;
  }
  const by = samples.slice(-1).map(({ event }) => event);
  return failed<K>(seen, by, misses);
}

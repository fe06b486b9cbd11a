import { SAMPLE_MARGIN } from '../evidence/clock.ts';
import type { EventOf, HostName } from '../evidence/events.ts';
import type { Endpoint } from '../tcp/segment.ts';
import type { SocketRow } from '../tcp/tables/ss.ts';
import type { State } from '../tcp/states/state.ts';
import { endKey, isEnd, type Connection } from './connection.ts';
import { firstThat } from './in-time.ts';

/** One look at a host's socket table. */
export interface Sample {
  /** The number of its event. */
  event: number;
  host: HostName;
  /** It was taken between these, ns since the run began. */
  began: number;
  ended: number;
  /**
   * The sockets that have a state. Since iproute2 6.8 and Linux 6.8 `ss` shows bound sockets that are
   * CLOSED as well: not every host can, so no lab counts them.
   */
  rows: readonly SocketRow[];
}

/**
 * A socket that a host's samples show in one state, and the very next one in another. What no row
 * shows is CLOSED. A connection that a listener has before anybody has accepted it comes from LISTEN
 * and, where it was not to be, goes back there.
 */
export interface SocketChange {
  host: HostName;
  local: Endpoint;
  peer: Endpoint;
  from: State;
  to: State;
  before: Sample;
  after: Sample;
  /** The socket in `before`, and in `after`, where it is there. */
  was?: SocketRow;
  is?: SocketRow;
}

/** When what led from a change's one state to the other happened, as any witness has it. */
export const windowOf = ({ before, after }: SocketChange): { since: number; until: number } => ({
  since: before.began - SAMPLE_MARGIN,
  until: after.ended + SAMPLE_MARGIN,
});

/** A host's sockets as `ss` has shown them, sample by sample. */
export class Sockets {
  readonly samples: Sample[] = [];
  /** In the order of the samples that show them. */
  readonly changes: SocketChange[] = [];
  #table: Table | undefined;
  /** Of the samples that were asked for it: rows by both their ends. */
  readonly #rows = new WeakMap<Sample, ReadonlyMap<string, SocketRow>>();

  append(event: EventOf<'sample'>): Sample {
    const { seq, host, began, ended } = event;
    const sample = { event: seq, host, began, ended, rows: event.rows.filter(isOfALab) };
    const table = tableOf(sample);
    if (this.#table !== undefined) this.changes.push(...between(this.#table, table));
    this.#table = table;
    this.samples.push(sample);
    return sample;
  }

  /** The last sample. */
  get now(): Sample | undefined {
    return this.samples.at(-1);
  }

  /** The first that began after `t`. */
  after(t: number): Sample | undefined {
    return this.samples[firstThat(this.samples, ({ began }) => began > t)];
  }

  /** How a sample shows the end of a connection. */
  row(sample: Sample, local: Endpoint, peer: Endpoint): SocketRow | undefined {
    const known = this.#rows.get(sample) ?? new Map(sample.rows.map((row) => [endOf(row), row]));
    this.#rows.set(sample, known);
    return known.get(endKey(local, peer));
  }

  /** How the last sample shows an end. */
  end(host: HostName, connection: Connection): SocketRow | undefined {
    return this.now?.rows.find((row) => isEnd(row, host, connection));
  }
}

const endOf = ({ local, peer }: SocketRow): string => endKey(local, peer);

/** Docker's own sockets, its name server's among them, are no business of a lab's. */
const isOfALab = (row: SocketRow): boolean =>
  !row.local.address.startsWith('127.0.0.11') && row.state !== 'CLOSED';

/** A request that a listener has received: no socket of anybody's yet. */
export const isRequest = ({ state, inode }: SocketRow): boolean =>
  state === 'SYN-RECEIVED' && (inode ?? 0) === 0;

interface Table {
  sample: Sample;
  byCookie: ReadonlyMap<string, SocketRow>;
  /** By addresses and ports. */
  byEnds: ReadonlyMap<string, SocketRow>;
}

function tableOf(sample: Sample): Table {
  const { rows } = sample;
  return {
    sample,
    byCookie: new Map(rows.flatMap((row) => (row.cookie ? [[row.cookie, row]] : []))),
    byEnds: new Map(rows.map((row) => [keyOf(row), row])),
  };
}

const keyOf = ({ state, local, peer }: SocketRow): string =>
  `${local.address} ${local.port} ${state === 'LISTEN' ? 'LISTEN' : `${peer.address} ${peer.port}`}`;

function between(earlier: Table, later: Table): SocketChange[] {
  const [before, after] = [earlier.sample, later.sample];
  const { host } = after;
  const change = (from: State, to: State, was?: SocketRow, is?: SocketRow): SocketChange[] => {
    const row = is ?? was;
    if (row === undefined || from === to) return [];
    const { local, peer } = row;
    const rows = { ...(was && { was }), ...(is && { is }) };
    return [{ host, local, peer, from, to, before, after, ...rows }];
  };
  const ended = before.rows.flatMap((was) => {
    const is = sameSocket(was, later);
    if (is !== undefined) return change(was.state, is.state, was, is);
    return change(was.state, isRequest(was) && listens(later, was) ? 'LISTEN' : 'CLOSED', was);
  });
  const begun = after.rows.flatMap((is) => {
    if (sameSocket(is, earlier) !== undefined) return [];
    const accepted = isRequest(is) && (listens(later, is) || listens(earlier, is));
    return change(accepted ? 'LISTEN' : 'CLOSED', is.state, undefined, is);
  });
  return [...ended, ...begun];
}

/** The row that the other sample has of the same socket. */
function sameSocket(row: SocketRow, { byCookie, byEnds }: Table): SocketRow | undefined {
  const same = row.cookie === undefined ? undefined : byCookie.get(row.cookie);
  if (same !== undefined) return same;
  const there = byEnds.get(keyOf(row));
  return there !== undefined && follows(row, there) ? there : undefined;
}

/**
 * A socket keeps its cookie from the request to TIME-WAIT. The next one on the same addresses and
 * ports follows it only where TIME-WAIT was ended in its favour.
 */
function follows(one: SocketRow, other: SocketRow): boolean {
  if (one.cookie === undefined || other.cookie === undefined) return true;
  const states = [one.state, other.state];
  return (
    states.includes('TIME-WAIT') && (states.includes('SYN-RECEIVED') || states.includes('SYN-SENT'))
  );
}

/** What a socket that is bound to every address shows as its own. */
export const ANY_ADDRESS: readonly string[] = ['0.0.0.0', '*', '::'];

function listens({ byEnds }: Table, { local }: SocketRow): boolean {
  return [local.address, ...ANY_ADDRESS].some((address) =>
    byEnds.has(`${address} ${local.port} LISTEN`),
  );
}

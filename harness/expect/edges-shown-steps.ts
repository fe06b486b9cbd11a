import { SAMPLE_MARGIN } from '../evidence/clock.ts';
import type { EventOf, HostName, LabEvent } from '../evidence/events.ts';
import type { Endpoint } from '../tcp/segment.ts';
import type { SocketRow } from '../tcp/ss.ts';
import type { State } from '../tcp/state.ts';
import { rowsOf } from './sighting.ts';

type Sample = EventOf<'sample'>;

/**
 * A socket that a host's samples show in one state, and the very next one in another. What no row
 * shows is CLOSED. A connection that a listener has before anybody has accepted it comes from LISTEN
 * and, where it was not to be, goes back there.
 */
export interface Step {
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

/** When what led from its one state to the other happened, as any witness has it. */
export const timeOf = ({ before, after }: Step): { since: number; until: number } => ({
  since: before.began - SAMPLE_MARGIN,
  until: after.ended + SAMPLE_MARGIN,
});

/** All of them, in the order of the samples that show them. */
export function steps(events: readonly LabEvent[]): readonly Step[] {
  const read = known.get(events) ?? { upTo: 0, last: {}, steps: [] };
  known.set(events, read);
  for (const event of events.slice(read.upTo)) {
    if (event.type !== 'sample') continue;
    const table = tableOf(event);
    const previous = read.last[event.host];
    if (previous !== undefined) read.steps.push(...between(previous, table));
    read.last[event.host] = table;
  }
  read.upTo = events.length;
  return read.steps;
}

/** What was read of a stream, which only grows: a lab may promise ten edges over long tables. */
const known = new WeakMap<readonly LabEvent[], Read>();

interface Read {
  upTo: number;
  last: Partial<Record<HostName, Table>>;
  steps: Step[];
}

/** A request that a listener has received: no socket of anybody's yet. */
export const isRequest = ({ state, inode }: SocketRow): boolean =>
  state === 'SYN-RECEIVED' && (inode ?? 0) === 0;

interface Table {
  sample: Sample;
  rows: readonly SocketRow[];
  byCookie: ReadonlyMap<string, SocketRow>;
  /** By addresses and ports. */
  byEnds: ReadonlyMap<string, SocketRow>;
}

function tableOf(sample: Sample): Table {
  const rows = rowsOf(sample);
  return {
    sample,
    rows,
    byCookie: new Map(rows.flatMap((row) => (row.cookie ? [[row.cookie, row]] : []))),
    byEnds: new Map(rows.map((row) => [keyOf(row), row])),
  };
}

const keyOf = ({ state, local, peer }: SocketRow): string =>
  `${local.address} ${local.port} ${state === 'LISTEN' ? 'LISTEN' : `${peer.address} ${peer.port}`}`;

function between(earlier: Table, later: Table): Step[] {
  const [before, after] = [earlier.sample, later.sample];
  const { host } = after;
  const step = (from: State, to: State, was?: SocketRow, is?: SocketRow): Step[] => {
    const row = is ?? was;
    if (row === undefined || from === to) return [];
    const { local, peer } = row;
    const rows = { ...(was && { was }), ...(is && { is }) };
    return [{ host, local, peer, from, to, before, after, ...rows }];
  };
  const ended = earlier.rows.flatMap((was) => {
    const is = sameSocket(was, later);
    if (is !== undefined) return step(was.state, is.state, was, is);
    return step(was.state, isRequest(was) && listens(later, was) ? 'LISTEN' : 'CLOSED', was);
  });
  const begun = later.rows.flatMap((is) => {
    if (sameSocket(is, earlier) !== undefined) return [];
    const accepted = isRequest(is) && (listens(later, is) || listens(earlier, is));
    return step(accepted ? 'LISTEN' : 'CLOSED', is.state, undefined, is);
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

const ANY = ['0.0.0.0', '*', '::'];

function listens({ byEnds }: Table, { local }: SocketRow): boolean {
  return [local.address, ...ANY].some((address) => byEnds.has(`${address} ${local.port} LISTEN`));
}

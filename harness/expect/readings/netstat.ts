import type { HostName } from '../../evidence/events.ts';
import type { Counts, Miss } from '../../evidence/expectations.ts';
import type { Link } from '../../history/connection.ts';
import { censusOf, netstatCountLines, netstatCounts } from '../../tcp/tables/census.ts';
import { parseNetstat, type NetstatRow } from '../../tcp/tables/netstat.ts';
import { failed, met, type Evaluation, type Expectation } from '../expectation.ts';
import { differences, parseLines, type NetstatLine } from './netstat-line.ts';
import { NotationError, told } from '../../told.ts';

/** The name server that Docker puts into its hosts is no business of a lab's. */
const DOCKERS_OWN = '127.0.0.11:';

export interface NetstatOptions {
  /** Only the sockets that have this port at one end. */
  port?: number;
}

/**
 * The host's `netstat -natp`, at its last reading, shows these lines, each of them a line of its
 * own (netstat-line.ts). The value: the lines as they are, in the order in which they were asked for.
 */
export function netstatShows(
  host: HostName,
  link: Link,
  text: string,
  options: NetstatOptions = {},
): Expectation<NetstatRow[], 'netstat-lines'> {
  const lines = parseLines(text, link);
  return {
    kind: 'netstat-lines',
    params: { host, ...options, lines: lines.map((line) => line.text) },
    ...overReading(host, options, (rows, event): Evaluation<NetstatRow[], 'netstat-lines'> => {
      const { found, missing } = assign(lines, rows);
      if (missing === undefined)
        return met(found, { lines: found.map(({ line }) => line) }, [event]);
      const misses = rows.map((row) => notThis(row, missing, event));
      return failed({ missing: lines.indexOf(missing) }, [event], misses);
    }),
  };
}

/**
 * The host's sockets by state, as `netstat -n | awk '/^tcp/ {++S[$NF]} ...'` counts them at its last
 * reading: so many in each state, and none in any other. The value: those counts.
 */
export function netstatCensus(
  host: HostName,
  wanted: Counts,
  options: NetstatOptions = {},
): Expectation<Counts, 'netstat-counts'> {
  const unseen = Object.keys(wanted).filter((state) => ['LISTEN', 'CLOSED'].includes(state));
  if (unseen.length > 0)
    throw new NotationError(
      told('netstat -n does not show {states}', { states: unseen.join(', ') }),
    );
  const text = (counts: Counts): string => netstatCountLines(counts).join();
  return {
    kind: 'netstat-counts',
    params: { host, ...options, counts: wanted },
    ...overReading(host, options, (rows, event): Evaluation<Counts, 'netstat-counts'> => {
      const counted = netstatCounts(censusOf(rows)).map(({ state, count }) => [state, count]);
      const counts = Object.fromEntries(counted) as Counts;
      return text(counts) === text(wanted)
        ? met(counts, { counts }, [event])
        : failed({ counts }, [event]);
    }),
  };
}

/** The sockets of a reading of netstat that are a lab's, of a port if one is given. */
export function rowsOfReading(lines: readonly string[], { port }: NetstatOptions): NetstatRow[] {
  return parseNetstat([...lines]).filter(
    ({ local, foreign }) =>
      !local.startsWith(DOCKERS_OWN) &&
      (port === undefined || [local, foreign].some((address) => address.endsWith(`:${port}`))),
  );
}

/** An expectation that the last reading of a host's netstat decides at once. */
function overReading<T, K extends 'netstat-lines' | 'netstat-counts'>(
  host: HostName,
  options: NetstatOptions,
  judge: (rows: NetstatRow[], event: number) => Evaluation<T, K>,
): Pick<Expectation<T, K>, 'within' | 'watches' | 'heeds' | 'stated'> {
  return {
    within: 0,
    watches: [],
    heeds: ['action'],
    stated:
      ({ history }) =>
      () => {
        const reading = history.lab.netstat[host];
        if (reading === undefined) return failed<K>({}, []);
        return judge(rowsOfReading(reading.value, options), reading.seq);
      },
  };
}

/** A row for each line, no row for two of them; else the first line for which none is left. */
function assign(
  lines: readonly NetstatLine[],
  rows: readonly NetstatRow[],
): { found: NetstatRow[]; missing?: NetstatLine } {
  const lineOf = new Map<NetstatRow, NetstatLine>();
  // A row that another line has is free when that line finds another one (Kuhn's matching).
  const place = (line: NetstatLine, tried: Set<NetstatRow>): boolean => {
    for (const row of rows) {
      if (tried.has(row) || differences(line, row).length > 0) continue;
      tried.add(row);
      const other = lineOf.get(row);
      if (other !== undefined && !place(other, tried)) continue;
      lineOf.set(row, line);
      return true;
    }
    return false;
  };
  const missing = lines.find((line) => !place(line, new Set()));
  const rowOf = new Map([...lineOf].map(([row, line]) => [line, row]));
  const found = lines.flatMap((line) => rowOf.get(line) ?? []);
  return missing === undefined ? { found } : { found, missing };
}

/** A row that another line has differs in nothing. */
const notThis = (row: NetstatRow, missing: NetstatLine, event: number): Miss => ({
  event,
  line: row.line,
  differs: differences(missing, row),
});

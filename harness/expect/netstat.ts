import type { HostName } from '../evidence/events.ts';
import { censusOf, netstatCountLines, netstatCounts, type Census } from '../tcp/census.ts';
import { parseNetstat, type NetstatRow } from '../tcp/netstat.ts';
import type { Link } from './carried.ts';
import { failed, met, type Evaluation, type Expectation } from './expectation.ts';
import { of } from './format.ts';
import { differences, parseLines, type NetstatLine } from './netstat-line.ts';
import { lastReading } from './reading.ts';

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
): Expectation<NetstatRow[]> {
  const lines = parseLines(text, link);
  const all = lines.map((line) => line.text).join(' / ');
  return overReading(host, '-natp', `show ${all}`, options, (rows, seq) => {
    const { found, missing } = assign(lines, rows);
    if (missing === undefined) return met(found, inOneLine(found), [seq]);
    const saw = lines.length === 1 ? 'no such line' : `no line for ${missing.text}`;
    return failed(
      saw,
      [seq],
      rows.map((row) => notThis(row, missing)),
    );
  });
}

/**
 * The host's sockets by state, as `netstat -n | awk '/^tcp/ {++S[$NF]} ...'` counts them at its last
 * reading: so many in each state, and none in any other. The value: that census.
 */
export function netstatCensus(
  host: HostName,
  wanted: Census,
  options: NetstatOptions = {},
): Expectation<Census> {
  const unseen = Object.keys(wanted).filter((state) => ['LISTEN', 'CLOSED'].includes(state));
  if (unseen.length > 0) throw new Error(`netstat -n does not show ${unseen.join(', ')}`);
  const words = countsInWords(wanted);
  return overReading(host, '-n | awk', `count ${words}`, options, (rows, seq) => {
    const counted = netstatCounts(censusOf(rows)).map(({ state, count }) => [state, count]);
    const census = Object.fromEntries(counted) as Census;
    const seen = countsInWords(census);
    return seen === words ? met(census, seen, [seq]) : failed(seen, [seq]);
  });
}

const countsInWords = (census: Census): string => netstatCountLines(census).join(', ') || 'nothing';

/** An expectation that the last reading of a host's netstat decides at once. */
function overReading<T>(
  host: HostName,
  command: string,
  does: string,
  { port }: NetstatOptions,
  judge: (rows: NetstatRow[], seq: number) => Evaluation<T>,
): Expectation<T> {
  const isMeant = ({ local, foreign }: NetstatRow): boolean =>
    !local.startsWith(DOCKERS_OWN) &&
    (port === undefined || [local, foreign].some((address) => address.endsWith(`:${port}`)));
  const where = port === undefined ? '' : ` of port ${port}`;
  return {
    text: `${of(host)} netstat ${command}${where} to ${does}`,
    within: 0,
    watches: [],
    evaluate: ({ events }) => {
      const reading = lastReading(events, host, 'netstat');
      if (reading === undefined) return failed('no reading of it', []);
      return judge(parseNetstat(reading.value as string[]).filter(isMeant), reading.seq);
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

const inOneLine = (rows: readonly NetstatRow[]): string => rows.map(({ line }) => line).join(' / ');

const notThis = (row: NetstatRow, line: NetstatLine): string =>
  `${row.line}  (${differences(line, row).join('; ') || 'another line has it'})`;

import type { Difference } from '../../evidence/expectations.ts';
import type { Link } from '../../history/connection.ts';
import type { NetstatRow } from '../../tcp/tables/netstat.ts';
import { SPELLINGS, stateFromNetstat } from '../../tcp/states/state.ts';
import { NotationError, told } from '../../told.ts';

/** As netstat heads its columns. */
const COLUMNS = [
  'Proto',
  'Recv-Q',
  'Send-Q',
  'Local Address',
  'Foreign Address',
  'State',
  'PID/Program name',
] as const;

const STATE = COLUMNS.indexOf('State');

/** A line that `netstat -natp` should show. */
export interface NetstatLine {
  /** With one blank between its columns, and the hosts' addresses in it. */
  text: string;
  /** The last column, PID/Program name, may be missing: then it does not matter. */
  cells: string[];
}

/**
 * Reads lines in netstat's own notation: `tcp 0 0 SERVER:6000 0.0.0.0:* LISTEN PID/node`. Blanks are
 * as many as you like; `SERVER` and `CLIENT` are the hosts' addresses, `PID` is any process, and `*`
 * whatever is there.
 * Throws NotationError for a line that netstat could not print.
 */
export function parseLines(text: string, link: Link): NetstatLine[] {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  if (lines.length === 0) throw new NotationError(told('no line that netstat should show'));
  return lines.map((line) => parseLine(line, link));
}

function parseLine(line: string, { server, client }: Link): NetstatLine {
  const words = line
    .trim()
    .split(/\s+/)
    .map((word) =>
      word.replace(/^SERVER:/, `${server.address}:`).replace(/^CLIENT:/, `${client.address}:`),
    );
  // A program's name may hold blanks.
  const program = words.slice(STATE + 1).join(' ');
  const cells = [...words.slice(0, STATE + 1), ...(program === '' ? [] : [program])];
  const state = cells[STATE] ?? '';
  if (state !== '*' && stateFromNetstat(state) === undefined) {
    const params = {
      line: line.trim(),
      columns: COLUMNS.join(', '),
      why:
        state === ''
          ? told('it has {n} columns', { n: cells.length })
          : told("'{word}' is not a state", { word: state }),
    };
    throw new NotationError(told("'{line}' is not a line of netstat ({columns}): {why}", params));
  }
  return { text: words.join(' '), cells };
}

/** In which columns a row is not what the line says. */
export function differences({ cells }: NetstatLine, row: NetstatRow): Difference[] {
  const actual = cellsOf(row);
  return cells.flatMap((cell, i) => {
    const [field = '', seen = ''] = [COLUMNS[i], actual[i]];
    return patternOf(cell).test(seen) ? [] : [{ field, expected: cell, seen }];
  });
}

const cellsOf = ({ proto, recvQ, sendQ, local, foreign, state, program }: NetstatRow): string[] => [
  ...[proto, String(recvQ), String(sendQ), local, foreign],
  ...[SPELLINGS[state].netstat, program ?? '-'],
];

function patternOf(cell: string): RegExp {
  const literal = cell
    .replace(/^PID\//, '\0')
    .replace(/[.[\]()+?^$|{}\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replace('\0', '\\d+/');
  return new RegExp(`^${literal}$`);
}

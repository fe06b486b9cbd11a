import { randomUUID } from 'node:crypto';
import { english, type Say } from '../../texts/say.ts';

/** How a text is dressed: colours (none, where they are not wanted), signs, and its language. */
export interface Style {
  colors: Colors;
  signs: Signs;
  /** Columns that a line may take. */
  columns: number;
  /** Says our texts in the reader's language. */
  t: Say;
  /** Behind each state that begins in a ladder, where nobody saw any of them. */
  mark?: string;
}

/** SGR parameters (ECMA-48 8.3.117) that begin and end each. */
const SGR = {
  bold: [1, 22],
  dim: [2, 22],
  red: [31, 39],
  green: [32, 39],
  yellow: [33, 39],
  blue: [34, 39],
  magenta: [35, 39],
  cyan: [36, 39],
} as const;

export type Colors = Readonly<Record<keyof typeof SGR, (text: string) => string>>;

/** Our own colours are told by it from those of a text that somebody else has made. */
const OURS = randomUUID();
const mark = (parameter: number): string => `\x1b[${OURS};${parameter}m`;
const MARKS = new RegExp(`(\x1b\\[${OURS};\\d+m)`);

/** A line as a terminal obeys it: our colours, and `rest` of what stands between them. */
export const asSgr = (line: string, rest: (text: string) => string): string =>
  line
    .split(MARKS)
    .map((part, i) => (i % 2 === 1 ? part.replace(`${OURS};`, '') : rest(part)))
    .join('');

const COLORS = Object.fromEntries(
  Object.entries(SGR).map(([name, [open, close]]) => {
    const [begin, end] = [mark(open), mark(close)];
    // What ends inside it goes on: both bold and dim end by 22.
    return [name, (text: string) => begin + text.replaceAll(end, end + begin) + end];
  }),
) as unknown as Colors;

const PLAIN = Object.fromEntries(
  Object.keys(SGR).map((name) => [name, (text: string) => text]),
) as unknown as Colors;

export interface Signs {
  met: string;
  failed: string;
  untried: string;
  /** What a ladder is drawn with: lanes, arrows, and where a held segment stops. */
  bar: string;
  dash: string;
  stop: string;
}

/** For what is written into files, which are UTF-8: no colours. */
export const plainStyle = (columns: number, t: Say = english): Style => ({
  colors: PLAIN,
  signs: UNICODE,
  columns,
  t,
});

const UNICODE: Signs = { met: '✓', failed: '✗', untried: '·', bar: '│', dash: '─', stop: '┤' };
const ASCII: Signs = { met: '+', failed: 'x', untried: '-', bar: '|', dash: '-', stop: ']' };

const DEFAULT_COLUMNS = 80;

type Environment = Readonly<Record<string, string | undefined>>;

/** What the stream can show: https://no-color.org, terminfo's `dumb`, the locale's encoding. */
export function styleFor(
  stream: { isTTY?: boolean; columns?: number },
  env: Environment,
  t: Say,
): Style {
  return {
    colors: wantsColors(stream, env) ? COLORS : PLAIN,
    signs: speaksUtf8(env) ? UNICODE : ASCII,
    columns: stream.columns === undefined || stream.columns <= 0 ? DEFAULT_COLUMNS : stream.columns,
    t,
  };
}

function wantsColors(stream: { isTTY?: boolean }, env: Environment): boolean {
  if ((env['NO_COLOR'] ?? '') !== '') return false;
  if ((env['FORCE_COLOR'] ?? '') !== '') return env['FORCE_COLOR'] !== '0';
  return stream.isTTY === true && env['TERM'] !== 'dumb';
}

/** The first of these that is set decides (locale(7)). */
function speaksUtf8(env: Environment): boolean {
  const names = ['LC_ALL', 'LC_CTYPE', 'LANG'];
  const locale = names
    .map((name) => env[name])
    .find((value) => value !== undefined && value !== '');
  return /utf-?8/i.test(locale ?? '');
}

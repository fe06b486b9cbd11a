import picocolors from 'picocolors';
import { english, type Say } from '../../texts/say.ts';

/** How a text is dressed: colours (none, where they are not wanted), signs, and its language. */
export interface Style {
  colors: ReturnType<typeof picocolors.createColors>;
  signs: Signs;
  /** Columns that a line may take. */
  columns: number;
  /** Says our texts in the reader's language. */
  t: Say;
}

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
  colors: picocolors.createColors(false),
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
    colors: picocolors.createColors(wantsColors(stream, env)),
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

import type { State } from '../../../tcp/states/state.ts';
import { fill, fillLeft } from '../wrap.ts';
import type { Style } from '../style.ts';
import { wrap } from '../wrap.ts';

/** One line of a ladder: a state that each host comes into, and what happens between them. */
export interface Line {
  /** ns since the run began; absent in a line that only goes on. */
  t?: number;
  /** What stands in the place of the time. */
  clock?: string;
  /** Whose line it is, where a ladder has several connections: its ports. Absent where it has one. */
  ports?: string;
  server?: Lane;
  client?: Lane;
  /** As wide as the space between the lanes, or less. */
  between?: string;
  /** A heading over all lanes, in the place of all else. */
  across?: string;
  paint?: 'red' | 'dim' | 'bold' | 'cyan';
  /** What of a ladder's own signs stands on it: below the ladder each is told once. */
  signs?: readonly LadderSign[];
}

/** `[...]`, `(...)`, `held`, `//`. */
export type LadderSign = 'action' | 'remark' | 'held' | 'broken';

/** A state in its lane (`still`: it began before), or a text: whose lane it is, which port. */
export type Lane = { state: State; still?: boolean } | { text: string };

/** Lanes hold the longest state's name, in brackets. */
const LANE = '(SYN-RECEIVED)'.length;
const TIME = 8;
/** Beyond this arrows only get longer. */
const MOST = 120;

/** Columns between the two lanes. */
export const spaceBetween = ({ columns }: Style): number =>
  Math.max(14, Math.min(columns, MOST) - TIME - 2 * (LANE + 1) - 2);

/** What is left for a ladder beside a column of so many for its lines' ports. */
export const besidePorts = (style: Style, ports: number): Style =>
  ports === 0 ? style : { ...style, columns: Math.min(style.columns, MOST) - ports - 1 };

/** `  1.407   SYN-RECEIVED │<───── SYN seq=x ───│ SYN-SENT`. */
export function layOut(line: Line, style: Style, ports = 0): string {
  const { t, server, client, between = '', paint } = line;
  const { colors, signs } = style;
  const { clock = t === undefined ? '' : (t / 1e9).toFixed(3) } = line;
  const time = fillLeft(clock, TIME - 1);
  if (line.across !== undefined) return acrossAll(line.across, style, ports);
  const middle = fill(between, spaceBetween(style));
  const painted = paint === undefined ? middle : colors[paint](middle);
  const bar = colors.dim(signs.bar);
  const left = dress(server, style, (text) => fillLeft(text, LANE));
  const right = client === undefined ? '' : ` ${dress(client, style, (text) => text)}`;
  const whose = ports === 0 ? '' : ` ${fillLeft(line.ports ?? '', ports)}`;
  return `${colors.dim(time)}${whose} ${left} ${bar}${painted}${bar}${right}`;
}

/** As wide as a line that has a text in every lane. */
function acrossAll(text: string, style: Style, ports: number): string {
  const { dash } = style.signs;
  const before = TIME + (ports === 0 ? 0 : ports + 1);
  const line = fill(`${dash.repeat(2)} ${text} `, allLanes(style), dash);
  return `${' '.repeat(before)}${style.colors.bold(line)}`;
}

function dress(lane: Lane | undefined, style: Style, pad: (text: string) => string): string {
  if (lane === undefined) return pad('');
  if ('text' in lane) return style.colors.dim(pad(lane.text));
  const { state, still } = lane;
  const { mark = '' } = style;
  return still === true
    ? style.colors.dim(pad(`(${state})`))
    : colorOf(state, style)(pad(`${state}${mark}`));
}

/** Colours repeat what the name says: a connection opens, is there, closes, waits. */
export function colorOf(state: State, { colors }: Style): (text: string) => string {
  switch (state) {
    case 'CLOSED':
      return colors.dim;
    case 'LISTEN':
      return colors.blue;
    case 'SYN-SENT':
    case 'SYN-RECEIVED':
      return colors.cyan;
    case 'ESTABLISHED':
      return colors.green;
    case 'TIME-WAIT':
      return colors.magenta;
    default:
      return colors.yellow;
  }
}

const allLanes = (style: Style): number => 2 * (LANE + 1) + 2 + spaceBetween(style);

/** A heading of what is about several connections. */
export const headingsAcross = (title: string, t: number, style: Style): Line[] =>
  wrap(title, allLanes(style) - 6).map((across, i) => ({
    ...(i === 0 ? { t, clock: '' } : {}),
    across,
  }));

/** A heading across the ladder: what both ends are in, and what comes now. */
export function headings(
  title: string,
  t: number,
  ends: Pick<Line, 'server' | 'client'>,
  style: Style,
): Line[] {
  const { dash } = style.signs;
  const space = spaceBetween(style);
  const before = dash.repeat(2);
  return wrap(title, space - 6).map((text, i) => ({
    ...(i === 0 ? { t, clock: '', ...ends } : {}),
    between: fill(`${before} ${text} `, space, dash),
    paint: 'bold',
  }));
}

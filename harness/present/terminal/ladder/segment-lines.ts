import type { HostName } from '../../../evidence/events.ts';
import type { Say } from '../../../texts/say.ts';
import type { SegmentRow, StateRow } from '../../ladder/types.ts';
import type { Style } from '../style.ts';
import { widthOf } from '../wrap.ts';
import { arrow, ARROW, loop, type Way } from './arrow.ts';
import type { Item } from './items.ts';
import { labelOf } from './label.ts';
import { textLines } from './text-lines.ts';
import { spaceBetween, type LadderSign, type Line } from './layout.ts';

type SegmentItem = Extract<Item, { kind: 'segment' }>;

/** A segment as an arrow, what does not fit on it, and the states that it leads to. */
export function segmentLines(
  { t, row, part, states }: SegmentItem,
  style: Style,
  say: Say,
  options = { tellsMss: true },
): Line[] {
  const columns = spaceBetween(style);
  const way = wayOf(row, part, style, say);
  const room = columns - ARROW - ('mark' in way ? widthOf(way.mark) + 2 : 0);
  // While it waits, how long it will is not known yet.
  const label = labelOf(part === 'made' ? withoutWait(row) : row, room, say, options);
  const paint =
    row.fate === 'lost' || row.ignored || row.segment.flags.includes('R')
      ? { paint: 'red' as const }
      : {};
  const between = row.inside
    ? loop(label.on, false, style.signs)
    : arrow(label.on, row.from === 'server', way, columns, style.signs);
  const signs: LadderSign[] = [
    ...(part === 'made' || row.heldFor !== undefined ? (['held'] as const) : []),
    ...(way.kind === 'lost' ? (['broken'] as const) : []),
  ];
  const first: Line[] = [{ t, between, ...paint, ...(signs.length > 0 && { signs }) }];
  const end: Line[] = row.inside ? [{ between: loop('', true, style.signs), ...paint }] : [];
  const below = label.below.flatMap((note) =>
    textLines(say('({note})', { note }), row.from, columns).map((line): Line => ({
      ...line,
      signs: ['remark'],
    })),
  );
  return withStates([...first, ...end, ...below], states, row.inside);
}

function withoutWait(row: SegmentRow): SegmentRow {
  const copy: SegmentRow = { ...row };
  delete copy.heldFor;
  return copy;
}

function wayOf(row: SegmentRow, part: SegmentItem['part'], { signs }: Style, say: Say): Way {
  if (part === 'made') return { kind: 'leaving', end: signs.stop, mark: say('held') };
  if (row.fate === 'lost') return { kind: 'lost', mark: say('lost') };
  if (row.ignored) return { kind: 'lost', mark: say('queue full') };
  if (row.fate === 'unseen') return { kind: 'lost', mark: say('not seen') };
  if (part === 'leaving') return { kind: 'leaving', end: '', mark: '...' };
  return { kind: part === 'arriving' ? 'arriving' : 'whole' };
}

/** The first one on the arrow's own line, each other one below; of a loop, where it comes back. */
function withStates(lines: Line[], states: readonly StateRow[], inside: boolean): Line[] {
  const all = [...lines];
  const next: Record<HostName, number> = { server: inside ? 1 : 0, client: inside ? 1 : 0 };
  for (const { host, state } of states) {
    const at = next[host]++;
    all[at] = { ...all[at], [host]: { state } };
  }
  return all;
}

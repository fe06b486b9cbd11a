import { CAPTURE_ERROR } from '../../../evidence/clock.ts';
import { HOSTS, type HostName } from '../../../evidence/events.ts';
import type { SegmentRow, StateRow } from '../../ladder/types.ts';
import type { Say } from '../../../texts/say.ts';
import { seqsOf, type ShownRow } from '../ladder/rows.ts';
import type { Scene } from '../ladder/scene.ts';
import { flagNames } from '../../../tcp/frame/flags.ts';

/** A change of state, and what brought it about. */
export interface Turn {
  row: StateRow;
  why: string;
}

/** How the states of the connection in focus changed, and which segment or call changed them. */
export function storyOf({ rows, numbers }: Scene, t: Say): Turn[] {
  const segments = new Segments(rows);
  return rows.flatMap((row) =>
    row.kind === 'state' && row.connection !== undefined
      ? [{ row, why: whyOf(row, segments, numbers, t) }]
      : [],
  );
}

/** Who closed before hearing of the other's closing: who was in FIN-WAIT-1. */
export const firstToClose = ({ rows }: Scene): HostName[] =>
  HOSTS.filter((host) =>
    rows.some((row) => row.kind === 'state' && row.host === host && row.state === 'FIN-WAIT-1'),
  );

/** Whose end is in TIME-WAIT when the run is over. */
export const leftInTimeWait = ({ lanes, end }: Scene): HostName[] =>
  HOSTS.filter((host) => {
    const last = lanes[host].at(-1);
    return last?.state === 'TIME-WAIT' && last.to >= end;
  });

type Numbers = Scene['numbers'];

function whyOf(row: StateRow, segments: Segments, numbers: Numbers, t: Say): string {
  const cause = segments.ofEvent(row.cause);
  if (cause !== undefined && cause.from !== row.host) return comes(cause, numbers, t);
  const own = cause ?? sentAbout(row, segments);
  if (own !== undefined) return goes(own, numbers, t);
  if (row.from === 'TIME-WAIT') return t('its time is over');
  return '';
}

function comes(segment: SegmentRow, numbers: Numbers, t: Say): string {
  return t('{flags} comes (segment {n})', about(segment, numbers));
}

function goes(segment: SegmentRow, numbers: Numbers, t: Say): string {
  return t('sends {flags} (segment {n})', about(segment, numbers));
}

const about = (segment: SegmentRow, numbers: Numbers): { flags: string; n: number } => ({
  flags: flagNames(segment.segment.flags),
  n: numbers.get(segment) ?? 0,
});

/** States that an end enters by sending, and what it sends then. */
const SENDS: Partial<Record<StateRow['state'], string>> = {
  'SYN-SENT': 'S',
  'SYN-RECEIVED': 'S',
  'FIN-WAIT-1': 'F',
  'LAST-ACK': 'F',
};

/** Its own next segment of the kind that this state begins with: it may have been held. */
function sentAbout(row: StateRow, segments: Segments): SegmentRow | undefined {
  const flag = SENDS[row.state];
  if (flag === undefined) return undefined;
  const own = segments
    .sentBy(row.connection, row.host)
    .filter(({ segment }) => segment.flags.includes(flag));
  const justBefore = own.findLast(({ t }) => t <= row.t && row.t - t < CAPTURE_ERROR);
  return justBefore ?? own.find(({ t }) => t >= row.t);
}

/** The segments of the rows, as states are traced back to them. */
class Segments {
  readonly #byEvent = new Map<number, SegmentRow>();
  readonly #bySender = new Map<string, SegmentRow[]>();

  constructor(rows: readonly ShownRow[]) {
    for (const row of rows) {
      if (row.kind !== 'segment') continue;
      for (const seq of seqsOf(row)) this.#byEvent.set(seq, row);
      const key = `${row.connection} ${row.from}`;
      const own = this.#bySender.get(key);
      if (own === undefined) this.#bySender.set(key, [row]);
      else own.push(row);
    }
  }

  ofEvent(seq: number | undefined): SegmentRow | undefined {
    return seq === undefined ? undefined : this.#byEvent.get(seq);
  }

  sentBy(connection: number | undefined, host: HostName): readonly SegmentRow[] {
    return this.#bySender.get(`${connection ?? ''} ${host}`) ?? [];
  }
}

/** A ladder for a first look: segments, states, and of what programs did what moved or failed. */
import type { CallRow, Row } from '../../ladder/types.ts';
import type { Item } from './items.ts';

/** Without calls that only prepare, with none of what programs print, or the lab does to the wire. */
export const briefly = (rows: readonly Row[]): Row[] =>
  rows.filter(isTold).map((row) => (row.kind === 'call' ? withoutNumber(row) : row));

/** The error's name says it. */
const withoutNumber = (row: CallRow): CallRow => ({
  ...row,
  text: row.text.replace(/ \(\d+\)$/, ''),
});

function isTold(row: Row): boolean {
  switch (row.kind) {
    case 'call':
      return !row.blocks && (isFailure(row) || !PREPARING.has(row.call));
    case 'action':
      return !['hold', 'release', 'carry', 'type'].includes(row.action.op);
    case 'program':
    case 'output':
    case 'exit':
      return false;
    default:
      return true;
  }
}

/** Is there anything to tell of the MSS: does it differ from one SYN to another? */
export function tellsMss(rows: readonly Row[]): boolean {
  const values = rows.flatMap((row) =>
    row.kind === 'segment' && row.segment.flags.includes('S') ? [row.segment.options.mss] : [],
  );
  return new Set(values).size > 1;
}

/** Their success sends nothing by itself, or the state beside it says it. */
const PREPARING = new Set([
  'accept',
  'bind',
  'connect',
  'fcntl',
  'getpeername',
  'getsockname',
  'listen',
  'poll',
  'socket',
]);

/** A call that does not wait has not failed. */
const isFailure = ({ error }: CallRow): boolean => error !== undefined && error !== 'EAGAIN';

/** That a segment was held stands beside its arrow, when it goes. */
export const isOfNote = (item: Item): boolean => item.kind !== 'segment' || item.part !== 'made';

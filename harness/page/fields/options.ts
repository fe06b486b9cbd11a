import {
  dataOf,
  fieldAt,
  octets,
  sizeOf,
  viewOf,
  wholeOf,
  within,
  type Field,
  type Part,
} from './field.ts';

/** An option of a known kind: its name, the lengths it may have, and what it says. */
interface Known {
  name: string;
  fits: (length: number) => boolean;
  read: (option: Part) => { value: string; note?: string; children?: Field[] };
}

const exactly =
  (wanted: number) =>
  (length: number): boolean =>
    length === wanted;

/** RFC 9293 3.2, RFC 7323, RFC 2018. */
const KNOWN: ReadonlyMap<number, Known> = new Map([
  [2, { name: 'Maximum segment size', fits: exactly(4), read: readMss }],
  [3, { name: 'Window scale', fits: exactly(3), read: readWindowScale }],
  [4, { name: 'SACK permitted', fits: exactly(2), read: () => ({ value: 'yes' }) }],
  [5, { name: 'SACK', fits: (length) => length >= 10 && length % 8 === 2, read: readSack }],
  [8, { name: 'Timestamps', fits: exactly(10), read: readTimestamps }],
]);

/** The options of a TCP header, one after the other, up to their end. */
export function optionFields(part: Part): Field[] {
  if (sizeOf(part) === 0) return [];
  const children: Field[] = [];
  for (let rest = part; sizeOf(rest) > 0;) {
    const option = nextOf(rest);
    children.push(option.field);
    rest = within(rest, option.length);
    if (option.last) {
      children.push(...dataOf(rest, 'Padding'));
      break;
    }
  }
  const value = children.map(({ name }) => name).join(', ');
  return [wholeOf(part, { name: 'Options', value, children })];
}

interface Option {
  field: Field;
  length: number;
  /** What follows is no option. */
  last: boolean;
}

function nextOf(rest: Part): Option {
  const kind = viewOf(rest).getUint8(0);
  const single = (name: string, last: boolean): Option => ({
    field: fieldAt(rest, 0, 1, { name, value: '' }),
    length: 1,
    last,
  });
  if (kind === 0) return single('End of options', true);
  if (kind === 1) return single('No operation', false);
  const length = sizeOf(rest) < 2 ? 0 : viewOf(rest).getUint8(1);
  if (length < 2 || length > sizeOf(rest)) return broken(rest, kind, length);
  return { field: longOption(within(rest, 0, length), kind), length, last: false };
}

/** Its length cannot be: where the next one begins nobody knows. */
function broken(rest: Part, kind: number, length: number): Option {
  const name = KNOWN.get(kind)?.name ?? `Option ${kind}`;
  const value =
    sizeOf(rest) < 2 ? 'cut: 1 of 2 octets' : `of ${octets(length)}, ${sizeOf(rest)} are left`;
  return { field: wholeOf(rest, { name, value }), length: sizeOf(rest), last: true };
}

function longOption(option: Part, kind: number): Field {
  const length = sizeOf(option);
  const known = KNOWN.get(kind);
  const head = [
    fieldAt(option, 0, 1, { name: 'Kind', value: kind }),
    fieldAt(option, 1, 1, { name: 'Length', value: octets(length) }),
  ];
  if (known?.fits(length)) {
    const { value, note, children = [] } = known.read(option);
    return wholeOf(option, { name: known.name, value, note, children: [...head, ...children] });
  }
  return wholeOf(option, {
    name: known?.name ?? `Option ${kind}`,
    value: octets(length),
    note: known === undefined ? 'unknown' : 'of a wrong length',
    children: [...head, ...dataOf(within(option, 2))],
  });
}

function readMss(option: Part): { value: string } {
  return { value: octets(viewOf(option).getUint16(2)) };
}

function readWindowScale(option: Part): { value: string; note: string } {
  const shift = viewOf(option).getUint8(2);
  // RFC 7323 2.3: a greater one is used as 14.
  return { value: String(shift), note: `times ${2 ** Math.min(shift, 14)}` };
}

function readTimestamps(option: Part): { value: string; children: Field[] } {
  const [value, echo] = [viewOf(option).getUint32(2), viewOf(option).getUint32(6)];
  return {
    value: `${value}, echo ${echo}`,
    children: [
      fieldAt(option, 2, 4, { name: 'Value', value }),
      fieldAt(option, 6, 4, { name: 'Echo reply', value: echo }),
    ],
  };
}

function readSack(option: Part): { value: string; children: Field[] } {
  const view = viewOf(option);
  const blocks = Array.from({ length: (sizeOf(option) - 2) / 8 }, (_, block) => {
    const at = 2 + block * 8;
    const value = `${view.getUint32(at)}-${view.getUint32(at + 4)}`;
    return fieldAt(option, at, 8, { name: 'Block', value });
  });
  return { value: blocks.map(({ value }) => value).join(', '), children: blocks };
}

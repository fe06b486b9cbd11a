import type { TcpOptions } from '../segment.ts';
import { dataOf, fieldAt, wholeOf, type Field, type OptionName } from './field.ts';
import {
  OPTION,
  OPTION_HEAD,
  SACK_BLOCK,
  SACK_BLOCK_LENGTH,
  sizeOf,
  within,
  type Part,
} from './layout.ts';

/** An option of a known kind: the lengths it may have, and what it says. */
interface Known {
  name: OptionName;
  fits: (length: number) => boolean;
  /** Notes it in a segment's options. */
  read: (option: Part, options: TcpOptions) => void;
  value: (option: Part) => number | string;
  fields?: (option: Part) => Field[];
}

/** The kind of an option, as it is written. */
export const KIND = {
  end: 0,
  nop: 1,
  mss: 2,
  windowScale: 3,
  sackPermitted: 4,
  sack: 5,
  timestamps: 8,
};

/** RFC 9293 3.2, RFC 7323, RFC 2018. */
const KNOWN: ReadonlyMap<number, Known> = new Map<number, Known>([
  [
    KIND.mss,
    {
      name: 'option.mss',
      fits: (length) => length === 4,
      read: (option, options) => (options.mss = OPTION.mss.read(option)),
      value: OPTION.mss.read,
    },
  ],
  [
    KIND.windowScale,
    {
      name: 'option.windowScale',
      fits: (length) => length === 3,
      read: (option, options) => (options.windowScale = OPTION.shift.read(option)),
      value: OPTION.shift.read,
    },
  ],
  [
    KIND.sackPermitted,
    {
      name: 'option.sackPermitted',
      fits: (length) => length === 2,
      read: (_option, options) => (options.sackPermitted = true),
      value: () => 1,
    },
  ],
  [
    KIND.sack,
    {
      name: 'option.sack',
      fits: (length) => length >= 10 && length % 8 === 2,
      read: (option, options) => (options.sack = blocksOf(option).map(edgesOf)),
      value: () => '',
      fields: (option) =>
        blocksOf(option).map((block) => wholeOf(block, 'option.block', edgesOf(block).join('-'))),
    },
  ],
  [
    KIND.timestamps,
    {
      name: 'option.timestamps',
      fits: (length) => length === 10,
      read: (option, options) => {
        options.timestamps = {
          value: OPTION.timestamp.read(option),
          echo: OPTION.echo.read(option),
        };
      },
      value: () => '',
      fields: (option) => [
        fieldAt(option, OPTION.timestamp, 'option.timestamp', OPTION.timestamp.read(option)),
        fieldAt(option, OPTION.echo, 'option.echo', OPTION.echo.read(option)),
      ],
    },
  ],
]);

const blocksOf = (option: Part): Part[] =>
  Array.from({ length: (sizeOf(option) - OPTION_HEAD) / SACK_BLOCK_LENGTH }, (_, block) =>
    within(option, OPTION_HEAD + block * SACK_BLOCK_LENGTH, SACK_BLOCK_LENGTH),
  );

const edgesOf = (block: Part): [left: number, right: number] => [
  SACK_BLOCK.left.read(block),
  SACK_BLOCK.right.read(block),
];

/** `option` holds its kind and length, too: all that is left of the list when its length cannot be. */
type Visit = (kind: number, option: Part, isBroken: boolean) => void;

/**
 * The options of a TCP header one after the other (RFC 9293 3.1), up to their end or to where nobody
 * knows where the next one begins. Returns what lies behind.
 */
function eachOption(list: Part, visit: Visit): Part {
  for (let rest = list; sizeOf(rest) > 0;) {
    const kind = OPTION.kind.read(rest);
    const length = kind <= KIND.nop ? 1 : lengthOf(rest);
    const isBroken = kind > KIND.nop && (length < OPTION_HEAD || length > sizeOf(rest));
    const option = isBroken ? rest : within(rest, 0, length);
    visit(kind, option, isBroken);
    rest = within(rest, sizeOf(option));
    if (kind === KIND.end) return rest;
  }
  return within(list, sizeOf(list));
}

const lengthOf = (option: Part): number =>
  sizeOf(option) < OPTION_HEAD ? 0 : OPTION.length.read(option);

/**
 * What the options of a TCP header say.
 *
 * A list that breaks off (a length below 2 or beyond the header) is read up to there, and a known
 * option of a wrong length is skipped: tshark does the same, and the segment stays evidence. Of an
 * option given twice the last counts.
 */
export function optionsOf(list: Part): TcpOptions {
  const options: TcpOptions = {};
  eachOption(list, (kind, option, isBroken) => {
    const known = KNOWN.get(kind);
    if (known !== undefined && !isBroken && known.fits(sizeOf(option))) known.read(option, options);
  });
  return options;
}

/** The same as fields: one for the list, in it one for each option and one for what lies behind the end. */
export function optionFields(list: Part): Field[] {
  if (sizeOf(list) === 0) return [];
  const fields: Field[] = [];
  const rest = eachOption(list, (kind, option, isBroken) => {
    fields.push(optionField(kind, option, isBroken));
  });
  return [wholeOf(list, 'tcp.options', '', { fields: [...fields, ...dataOf(rest, 'padding')] })];
}

function optionField(kind: number, part: Part, isBroken: boolean): Field {
  if (kind === KIND.end) return wholeOf(part, 'option.end');
  if (kind === KIND.nop) return wholeOf(part, 'option.nop');
  const known = KNOWN.get(kind);
  const name = known?.name ?? 'option';
  if (isBroken) {
    const isCut = sizeOf(part) < OPTION_HEAD;
    return wholeOf(part, name, kind, {
      remark: isCut ? { is: 'cut', of: OPTION_HEAD } : { is: 'impossible', length: lengthOf(part) },
    });
  }
  const head = [
    fieldAt(part, OPTION.kind, 'option.kind', kind),
    fieldAt(part, OPTION.length, 'option.length', sizeOf(part)),
  ];
  if (known?.fits(sizeOf(part)))
    return wholeOf(part, name, known.value(part), {
      fields: [...head, ...(known.fields?.(part) ?? [])],
    });
  return wholeOf(part, name, kind, {
    remark: { is: known === undefined ? 'unknown' : 'misshapen' },
    fields: [...head, ...dataOf(within(part, OPTION_HEAD))],
  });
}

/** A piece of a frame, as a reader is told of it. */
export interface Field {
  name: string;
  value: string;
  /** What more there is to say: a checksum is wrong, a reserved bit is set. */
  note?: string;
  /** Octets of the frame: from `begin` up to, not including, `end`. */
  begin: number;
  end: number;
  children?: Field[];
}

/** A stretch of a frame that belongs to one layer: from `begin` up to `end`, which lie inside it. */
export interface Part {
  frame: Uint8Array;
  begin: number;
  end: number;
}

export const sizeOf = ({ begin, end }: Part): number => end - begin;

export const octetsOf = ({ frame, begin, end }: Part): Uint8Array => frame.subarray(begin, end);

/** `length` octets from `offset` into the part, or as many as there are. */
export function within(part: Part, offset: number, length = Infinity): Part {
  const begin = Math.min(part.begin + offset, part.end);
  return { frame: part.frame, begin, end: Math.min(begin + length, part.end) };
}

/** A view of the part, its first octet at 0. */
export const viewOf = (part: Part): DataView => {
  const octets = octetsOf(part);
  return new DataView(octets.buffer, octets.byteOffset, octets.byteLength);
};

/** A field of these octets of a part. */
export function fieldAt(
  part: Part,
  offset: number,
  length: number,
  text: { name: string; value: string | number; note?: string | undefined; children?: Field[] },
): Field {
  const { begin, end } = within(part, offset, length);
  return {
    name: text.name,
    value: String(text.value),
    ...(text.note === undefined ? {} : { note: text.note }),
    begin,
    end,
    ...(text.children === undefined ? {} : { children: text.children }),
  };
}

/** A field of a whole part. */
export const wholeOf = (part: Part, text: Parameters<typeof fieldAt>[3]): Field =>
  fieldAt(part, 0, sizeOf(part), text);

/** What is left of a header that is not all there. */
export const cutOf = (part: Part, name: string, wanted: number): Field =>
  wholeOf(part, { name, value: `cut: ${sizeOf(part)} of ${wanted} octets` });

/** Octets that are not taken apart. */
export const dataOf = (part: Part, name = 'Data'): Field[] =>
  sizeOf(part) === 0 ? [] : [wholeOf(part, { name, value: octets(sizeOf(part)) })];

export const octets = (count: number): string => (count === 1 ? '1 octet' : `${count} octets`);

export const hex = (value: number, digits: number): string =>
  `0x${value.toString(16).padStart(digits, '0')}`;

export const macOf = (octets: Uint8Array): string =>
  [...octets].map((octet) => octet.toString(16).padStart(2, '0')).join(':');

/** A checksum, and whether it is the one that belongs there. */
export function checksumAt(
  part: Part,
  offset: number,
  { is, right, why = '' }: { is: number; right: number; why?: string },
): Field {
  const note = is === right ? 'right' : `wrong: ${hex(right, 4)} would be right${why}`;
  return fieldAt(part, offset, 2, { name: 'Checksum', value: hex(is, 4), note });
}

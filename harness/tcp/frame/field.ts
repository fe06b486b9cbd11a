/** A frame's fields as data: what they are, where their octets are, what they say. Words are the page's. */
import type { FlagName } from './flags.ts';
import {
  sizeOf,
  within,
  type ETHERNET,
  type LOOPBACK,
  type PKTAP,
  type VLAN,
  type IPV4,
  type Part,
  type Place,
  type SLL,
  type SLL2,
  type TCP,
} from './layout.ts';

type In<Layer extends string, Layout> = `${Layer}.${keyof Layout & string}`;

export type FieldName =
  | LayerName
  | In<'ethernet', typeof ETHERNET>
  | In<'vlan', typeof VLAN>
  | In<'loopback', typeof LOOPBACK>
  | In<'pktap', typeof PKTAP>
  | In<'sll', typeof SLL>
  | In<'sll2', typeof SLL2>
  | 'unused'
  | In<'ipv4', typeof IPV4>
  | `ipv4.flag.${'reserved' | 'dontFragment' | 'moreFragments'}`
  | 'ipv4.options'
  | In<'tcp', typeof TCP>
  | `tcp.flag.${FlagName}`
  | 'tcp.options'
  | OptionName
  | `option.${'kind' | 'length' | 'timestamp' | 'echo' | 'block'}`;

/** What the list of a frame's fields consists of. */
export type LayerName =
  | 'ethernet'
  | 'vlan'
  | 'loopback'
  | 'pktap'
  | 'sll'
  | 'sll2'
  | 'ipv4'
  | 'tcp'
  | 'payload'
  | 'data'
  | 'padding'
  | 'missing';

/** `option` is one of an unknown kind. */
export type OptionName =
  | 'option'
  | `option.${'end' | 'nop' | 'mss' | 'windowScale' | 'sackPermitted' | 'sack' | 'timestamps'}`;

export interface Field {
  name: FieldName;
  /**
   * A number or an address as the header has it (lengths in octets); of octets that are not taken
   * apart, how many they are; '' of what is only its parts.
   */
  value: number | string;
  /** Octets of the frame: from `begin` up to, not including, `end`. */
  begin: number;
  end: number;
  remark?: Remark;
  /** Its parts, in order. */
  fields?: readonly Field[];
}

/** What there is to say about a field beside its value. */
export type Remark =
  /** Of `of` octets some are not here. */
  | { is: 'cut'; of: number }
  /** An option that claims more octets than are left, or too few to be one. */
  | { is: 'impossible'; length: number }
  | { is: 'another-version' }
  /** A header's length that cannot be. */
  | { is: 'too-short' }
  | { is: 'too-long' }
  /** Of a checksum. */
  | { is: 'right' }
  | { is: 'wrong'; right: number }
  | { is: 'not-checked' }
  /** An option of an unknown kind, or of a length that its kind never has. */
  | { is: 'unknown' }
  | { is: 'misshapen' }
  /** Nobody looks at it unless that flag is set. */
  | { is: 'unused'; without: 'ACK' | 'URG' }
  /** A window that is yet to be scaled. */
  | { is: 'unscaled' };

/** Makes the field of a layer when somebody wants it: segments are decoded by the thousand without. */
export type Layer = () => Field;

export type More = Partial<Pick<Field, 'remark' | 'fields'>>;

/** A field of a whole part. */
export const wholeOf = (
  { begin, end }: Part,
  name: FieldName,
  value: number | string = '',
  more: More = {},
): Field => ({ name, value, begin, end, ...more });

/** A field of some octets of a part. */
export const fieldAt = (
  part: Part,
  { at, size }: Pick<Place, 'at' | 'size'>,
  name: FieldName,
  value: number | string,
  more?: More,
): Field => wholeOf(within(part, at, size), name, value, more);

/** All fields that a header's layout names, in its order. */
export function fieldsIn<Name extends string, Layout extends Record<string, Place>>(
  header: Part,
  layer: In<Name, Layout> extends FieldName ? Name : never,
  layout: Layout,
  more: Partial<Record<keyof Layout, More | undefined>> = {},
): Field[] {
  return Object.entries(layout).map(([name, place]) =>
    fieldAt(header, place, `${layer}.${name}` as FieldName, place.read(header), more[name]),
  );
}

/** Octets that are not taken apart. */
export const dataOf = (part: Part, name: FieldName = 'data'): Field[] =>
  sizeOf(part) === 0 ? [] : [wholeOf(part, name, sizeOf(part))];

/** The same as a layer. */
export function addData(part: Part, into: Layer[] | undefined, name?: FieldName): void {
  if (sizeOf(part) > 0) into?.push(() => wholeOf(part, name ?? 'data', sizeOf(part)));
}

/** What there is of a header of `of` octets that is not all there. */
export const cutOf = (part: Part, name: FieldName, of: number): Field =>
  wholeOf(part, name, sizeOf(part), { remark: { is: 'cut', of } });

/** Whether the length that a header claims can be, `least` octets of it being fixed. */
export function lengthRemark(length: number, header: Part, least: number): More | undefined {
  if (length < least) return { remark: { is: 'too-short' } };
  return length > sizeOf(header) ? { remark: { is: 'too-long' } } : undefined;
}

export const checksumRemark = (is: number, right: number): More => ({
  remark: is === right ? { is: 'right' } : { is: 'wrong', right },
});

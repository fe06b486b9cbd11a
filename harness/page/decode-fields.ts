/** A frame taken apart for a reader, field by field, each with its octets. */
import {
  cutOf,
  dataOf,
  sizeOf,
  viewOf,
  wholeOf,
  within,
  type Field,
  type Part,
} from './fields/field.ts';
import { ipv4Fields } from './fields/ipv4.ts';
import {
  ETHERNET_HEADER,
  IPV4,
  SLL2_HEADER,
  SLL_HEADER,
  typeAt,
  type LinkHeader,
} from './fields/link.ts';

export type { Field };

/** Link types (tcpdump.org/linktypes.html) as captures of ours have them. */
export const ETHERNET = 1;
export const LINUX_SLL = 113;
export const LINUX_SLL2 = 276;

/**
 * The fields of a frame, one for each layer and for what it carries: Ethernet or Linux cooked,
 * IPv4, TCP, payload. Never throws: what is cut says so, what is unknown is data.
 */
export function fieldsOf(frame: Uint8Array, linkType = ETHERNET): Field[] {
  const whole: Part = { frame, begin: 0, end: frame.length };
  switch (linkType) {
    case ETHERNET:
      return linkFields(whole, ETHERNET_HEADER);
    case LINUX_SLL:
      return linkFields(whole, SLL_HEADER);
    case LINUX_SLL2:
      return linkFields(whole, SLL2_HEADER);
    default:
      return dataOf(whole);
  }
}

function linkFields(frame: Part, { name, length, type, fields }: LinkHeader): Field[] {
  if (sizeOf(frame) < length) return [cutOf(frame, name, length)];
  const header = within(frame, 0, length);
  const protocol = viewOf(header).getUint16(type);
  const payload = within(frame, length);
  return [
    wholeOf(header, { name, ...fields(header, typeAt(header, type)) }),
    ...(protocol === IPV4 ? ipv4Fields(payload) : dataOf(payload)),
  ];
}

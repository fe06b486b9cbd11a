/**
 * Segments that a lab injects, told in tcpdump's letters as in packet patterns:
 *
 *     S seq=1000 win=64240 mss=1460
 *     R seq=7
 *     P. seq=1001 ack=501 "hello"
 *
 * First the flags, in tcpdump's letters and order, or `none`. Then any of `seq`, `ack`, `tsval` and
 * `tsecr` (an integer, taken modulo 2^32), `win` (as in the header, not scaled), `mss`, `wscale`,
 * `sackOK`. Last, if it carries data, either `len=N` for N octets of `x` or a text of printable ASCII
 * in double quotes. What is not written is 0, the window 64240, and of the options none.
 */
import { NotationError, told, type Told } from '../../told.ts';
import { MOST_PAYLOAD, type Outgoing } from './encode.ts';
import { FLAGS, flagBits, flagLetters } from './flags.ts';

const WINDOW = 64_240;

/** The largest value of each field; undefined where numbers are taken modulo 2^32. */
const LARGEST = {
  seq: undefined,
  ack: undefined,
  win: 0xffff,
  mss: 0xffff,
  wscale: 0xff,
  tsval: undefined,
  tsecr: undefined,
  len: MOST_PAYLOAD,
} as const;
type Field = keyof typeof LARGEST;

const FIELDS = [...Object.keys(LARGEST).map((name) => `${name}=`), 'sackOK'].join(', ');

/** A text that is no segment: the message is one line, with what would be right. */
export class InjectError extends NotationError {
  override readonly name = 'InjectError';

  constructor(text: string, problem: Told, hint: Told) {
    const line = text.trim().replace(/\s+/g, ' ');
    super(told("injected segment '{line}': {why}: {hint}", { line, why: problem, hint }));
  }
}

type Fail = (problem: Told, hint: Told) => InjectError;

/**
 * Reads an injected segment.
 * @throws InjectError
 */
export function parseInjected(text: string): Outgoing {
  const fail: Fail = (problem, hint) => new InjectError(text, problem, hint);
  const { words, quoted } = split(text, fail);
  const [flags, ...conditions] = words;
  const bits = readFlags(flags, fail);
  const fields = readFields(conditions, fail);
  const { seq = 0, ack, win = WINDOW, mss, wscale, tsval, tsecr, len } = fields.values;
  if (ack !== undefined && !(bits & FLAGS.ACK.bit)) {
    const flags = flagLetters(bits | FLAGS.ACK.bit);
    throw fail(
      told('ack= says nothing without the ACK flag'),
      told('write {flags}, or leave ack= out', { flags }),
    );
  }
  if (len !== undefined && quoted !== undefined) {
    throw fail(told('both len= and a text'), told('write one of them'));
  }
  const stamped = tsval !== undefined || tsecr !== undefined;
  return {
    flags: flagLetters(bits),
    seq,
    ack: ack ?? 0,
    window: win,
    options: {
      ...(mss === undefined ? {} : { mss }),
      ...(wscale === undefined ? {} : { windowScale: wscale }),
      ...(fields.sackOK ? { sackPermitted: true } : {}),
      ...(stamped ? { timestamps: { value: tsval ?? 0, echo: tsecr ?? 0 } } : {}),
    },
    payload: Buffer.from(quoted ?? 'x'.repeat(len ?? 0), 'latin1'),
  };
}

function split(text: string, fail: Fail): { words: string[]; quoted?: string } {
  const found = /^([^"]*)(?:"([^"]*)"\s*)?$/.exec(text);
  if (!found)
    throw fail(told('its quotes do not fit'), told('one text in double quotes, at the end'));
  const [, before = '', quoted] = found;
  const words = before.split(/\s+/).filter((word) => word !== '');
  if (quoted === undefined) return { words };
  const odd = /[^ -~]/u.exec(quoted)?.[0];
  if (odd === undefined) return { words, quoted };
  throw fail(
    told('its text holds {line}', { line: JSON.stringify(odd) }),
    told('only printable ASCII can be sent'),
  );
}

function readFlags(flags: string | undefined, fail: Fail): number {
  const example = told('the flags come first: S, S., ., P., F., R, R. or none');
  if (flags === undefined) throw fail(told('it says nothing'), example);
  const bits = flagBits(flags);
  if (bits === undefined) throw fail(told('"{flags}" are not flags', { flags }), example);
  const ordered = flagLetters(bits);
  if (ordered === flags) return bits;
  throw fail(
    told('"{flags}" is not as tcpdump prints these flags', { flags }),
    told('write {ordered}', { ordered }),
  );
}

interface Fields {
  values: Partial<Record<Field, number>>;
  sackOK: boolean;
}

function readFields(words: readonly string[], fail: Fail): Fields {
  const fields: Fields = { values: {}, sackOK: false };
  const seen = new Set<string>();
  for (const word of words) {
    const [, name = word, value] = /^(.*?)=(.*)$/.exec(word) ?? [];
    if (seen.has(name))
      throw fail(told('{name} stands there twice', { name }), told('write it once'));
    seen.add(name);
    if (word === 'sackOK') fields.sackOK = true;
    else if (isField(name)) fields.values[name] = readValue(name, value, fail);
    else
      throw fail(
        told('there is no field "{field}"', { field: word }),
        told('fields are {fields}', { fields: FIELDS }),
      );
  }
  return fields;
}

const isField = (name: string): name is Field => Object.hasOwn(LARGEST, name);

function readValue(name: Field, written: string | undefined, fail: Fail): number {
  const largest = LARGEST[name];
  const known = { field: name, range: rangeOf(largest) };
  if (written === undefined)
    throw fail(told('{field} has no value', known), told('write {field}=, {range}', known));
  const problem = { value: `"${name}=${written}"` };
  const hint = told('{field} is {range}', known);
  if (!/^-?\d+$/.test(written)) throw fail(told('{value} is not a number', problem), hint);
  const value = BigInt(written);
  if (largest === undefined) return Number(BigInt.asUintN(32, value));
  if (value >= 0 && value <= largest) return Number(value);
  throw fail(told('{value} does not fit', problem), hint);
}

const rangeOf = (largest: number | undefined): Told =>
  largest === undefined ? told('any integer') : told('an integer from 0 to {n}', { n: largest });

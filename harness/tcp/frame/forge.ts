/**
 * Segments that a lab forges, told in tcpdump's letters as in packet patterns:
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
export class ForgeError extends Error {
  override readonly name = 'ForgeError';

  constructor(text: string, problem: string, hint: string) {
    super(`forged segment '${text.trim().replace(/\s+/g, ' ')}': ${problem}: ${hint}`);
  }
}

type Fail = (problem: string, hint: string) => ForgeError;

/**
 * Reads a forged segment.
 * @throws ForgeError
 */
export function parseForged(text: string): Outgoing {
  const fail: Fail = (problem, hint) => new ForgeError(text, problem, hint);
  const { words, quoted } = split(text, fail);
  const [flags, ...conditions] = words;
  const bits = readFlags(flags, fail);
  const fields = readFields(conditions, fail);
  const { seq = 0, ack, win = WINDOW, mss, wscale, tsval, tsecr, len } = fields.values;
  if (ack !== undefined && !(bits & FLAGS.ACK.bit)) {
    const withAck = flagLetters(bits | FLAGS.ACK.bit);
    throw fail('ack= says nothing without the ACK flag', `write ${withAck}, or leave ack= out`);
  }
  if (len !== undefined && quoted !== undefined) {
    throw fail('both len= and a text', 'write one of them');
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
  if (!found) throw fail('its quotes do not fit', 'one text in double quotes, at the end');
  const [, before = '', quoted] = found;
  const words = before.split(/\s+/).filter((word) => word !== '');
  if (quoted === undefined) return { words };
  const odd = /[^ -~]/u.exec(quoted)?.[0];
  if (odd === undefined) return { words, quoted };
  throw fail(`its text holds ${JSON.stringify(odd)}`, 'only printable ASCII can be sent');
}

function readFlags(flags: string | undefined, fail: Fail): number {
  const example = 'the flags come first: S, S., ., P., F., R, R. or none';
  if (flags === undefined) throw fail('it says nothing', example);
  const bits = flagBits(flags);
  if (bits === undefined) throw fail(`"${flags}" is no flags`, example);
  const ordered = flagLetters(bits);
  if (ordered === flags) return bits;
  throw fail(`"${flags}" is not as tcpdump prints these flags`, `write ${ordered}`);
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
    if (seen.has(name)) throw fail(`${name} stands there twice`, 'write it once');
    seen.add(name);
    if (word === 'sackOK') fields.sackOK = true;
    else if (isField(name)) fields.values[name] = readValue(name, value, fail);
    else throw fail(`there is no field "${word}"`, `fields are ${FIELDS}`);
  }
  return fields;
}

const isField = (name: string): name is Field => Object.hasOwn(LARGEST, name);

function readValue(name: Field, written: string | undefined, fail: Fail): number {
  const largest = LARGEST[name];
  const range = largest === undefined ? 'any integer' : `an integer from 0 to ${largest}`;
  if (written === undefined) throw fail(`${name} has no value`, `write ${name}=, ${range}`);
  const problem = `"${name}=${written}"`;
  if (!/^-?\d+$/.test(written)) throw fail(`${problem} is no number`, `${name} is ${range}`);
  const value = BigInt(written);
  if (largest === undefined) return Number(BigInt.asUintN(32, value));
  if (value >= 0 && value <= largest) return Number(value);
  throw fail(`${problem} does not fit`, `${name} is ${range}`);
}

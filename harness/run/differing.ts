import { listed, told, verbatim, type Told } from '../told.ts';

/** A field of two records that is not the same in both, by its path: `params.port`. */
interface Field {
  path: string;
  values: readonly [unknown, unknown];
}

/** The fields in which two values differ, to the innermost. */
export function differing(one: unknown, other: unknown, path = ''): Field[] {
  if (!isNode(one) || !isNode(other) || Array.isArray(one) !== Array.isArray(other))
    return Object.is(one, other) ? [] : [{ path, values: [one, other] }];
  const keys = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...keys].flatMap((key) =>
    differing(one[key], other[key], path === '' ? key : `${path}.${key}`),
  );
}

const isNode = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

/** So many are told. */
const MOST = 3;

/** Them as the first of both has them (0), or the second (1): `text: bind 3 10.0.0.1:6000`. */
export const asIn = (which: 0 | 1, fields: readonly Field[]): Told =>
  listed(
    fields.slice(0, MOST).map(({ path, values }) => {
      const name = path.slice(path.lastIndexOf('.') + 1);
      return told('{name}: {value}', { name, value: shown(values[which], values[1 - which]) });
    }),
  );

/** Characters of a value that are told. */
const LONGEST = 120;

/** A value; of a text of several lines the first that is not the same as the other's. */
function shown(value: unknown, other: unknown): Told | string {
  if (value === undefined) return told('nothing');
  if (typeof value !== 'string') return short(JSON.stringify(value));
  const lines = value.split('\n');
  const others = typeof other === 'string' ? other.split('\n') : [];
  const line = lines.find((text, i) => text !== others[i]) ?? lines[0] ?? '';
  return line.trim() === '' ? verbatim(JSON.stringify(line)) : short(line.trim());
}

const short = (text: string): string =>
  text.length <= LONGEST ? text : `${text.slice(0, LONGEST)}…`;

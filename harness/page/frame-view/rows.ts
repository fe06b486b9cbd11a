import type { Field } from '../decode-fields.ts';

/** A field as a line of the tree. */
export interface FieldRow {
  field: Field;
  /** Its place among its siblings, from 0, below those of its parents: `1.6.2`. */
  path: string;
  level: number;
  position: number;
  siblings: number;
  /** Absent for a field that has no parts. */
  isOpen?: boolean;
}

/** The fields that can be seen, those inside of open ones among them, in order. */
export function rowsOf(
  fields: readonly Field[],
  open: ReadonlySet<string>,
  above = '',
): FieldRow[] {
  return fields.flatMap((field, i) => {
    const path = above === '' ? String(i) : `${above}.${i}`;
    const level = path.split('.').length;
    const row = { field, path, level, position: i + 1, siblings: fields.length };
    if (field.children === undefined) return [row];
    const isOpen = open.has(path);
    return [{ ...row, isOpen }, ...(isOpen ? rowsOf(field.children, open, path) : [])];
  });
}

export const parentOf = (path: string): string => path.slice(0, Math.max(path.lastIndexOf('.'), 0));

/** All that must be open for a field to be seen. */
export function aboveOf(path: string): string[] {
  const parent = parentOf(path);
  return parent === '' ? [] : [...aboveOf(parent), parent];
}

/** The innermost field that holds an octet; of several the first. */
export function pathAt(fields: readonly Field[], octet: number, above = ''): string | undefined {
  const i = fields.findIndex(({ begin, end }) => begin <= octet && octet < end);
  if (i === -1) return undefined;
  const path = above === '' ? String(i) : `${above}.${i}`;
  return pathAt(fields[i]?.children ?? [], octet, path) ?? path;
}

/** What a key does in a tree (ARIA Authoring Practices, Tree View): where to go, what to open. */
export interface Turn {
  to?: string;
  toggle?: string;
}

export function turnFor(key: string, rows: readonly FieldRow[], at: string): Turn | undefined {
  const index = rows.findIndex(({ path }) => path === at);
  const row = rows[index];
  const to = (path: string | undefined): Turn => (path === undefined ? {} : { to: path });
  switch (key) {
    case 'ArrowDown':
      return to(rows[index + 1]?.path);
    case 'ArrowUp':
      return to(rows[index - 1]?.path);
    case 'Home':
      return to(rows[0]?.path);
    case 'End':
      return to(rows.at(-1)?.path);
    case 'ArrowRight':
      if (row?.isOpen === undefined) return {};
      return row.isOpen ? to(rows[index + 1]?.path) : { toggle: at };
    case 'ArrowLeft':
      if (row?.isOpen === true) return { toggle: at };
      return to(parentOf(at) === '' ? undefined : parentOf(at));
    case 'Enter':
    case ' ':
      return row?.isOpen === undefined ? {} : { toggle: at };
    default:
      return undefined;
  }
}

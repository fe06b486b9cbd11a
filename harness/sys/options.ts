import { parseArgs } from 'node:util';

import { isDottedQuad } from './address.ts';
import { eprint, printf } from './stdio.ts';

interface Kind<T> {
  /** What stands behind the option in messages; empty for a flag. */
  hint: string;
  read: (text: string) => T | undefined;
}

interface Option<T> {
  kind: Kind<T>;
  default: T;
  help: string;
}

type Values<Spec> = { [Name in keyof Spec]: Spec[Name] extends Option<infer T> ? T : never };

const ADDRESS: Kind<string> = {
  hint: 'A.B.C.D',
  read: (text) => (isDottedQuad(text) ? text : undefined),
};
const PORT: Kind<number> = { hint: '0-65535', read: (text) => integer(text, 0, 65535) };
const INTEGER: Kind<number> = { hint: 'N', read: (text) => integer(text, -(2 ** 31), 2 ** 31 - 1) };
const FLAG: Kind<boolean> = { hint: '', read: () => undefined };

/** The kinds of option: `address('127.0.0.1', 'what for')`, ... */
export const address = (value: string, help: string): Option<string> =>
  option(ADDRESS, value, help);
export const port = (value: number, help: string): Option<number> => option(PORT, value, help);
export const count = (value: number, help: string): Option<number> => option(INTEGER, value, help);
export const flag = (help: string): Option<boolean> => option(FLAG, false, help);

/**
 * Reads the program's command line. `--help` prints the options and exits with 0; anything that is
 * no valid option gets one line on standard error that lists the valid ones, and status 2.
 */
export function options<Spec extends Record<string, Option<string | number | boolean>>>(
  program: string,
  spec: Spec,
): Values<Spec> {
  try {
    const given = parse(spec);
    if (given.help === true) help(program, spec);
    const values = Object.entries(spec).map(([name, { kind, default: value }]) => [
      name,
      typeof given[name] === 'string' ? read(name, kind, given[name]) : (given[name] ?? value),
    ]);
    return Object.fromEntries(values) as Values<Spec>;
  } catch (error) {
    eprint(`${program}: ${reason(error)} (valid: ${[...usages(spec), '--help'].join(', ')})`);
    process.exit(2);
  }
}

type Spec = Record<string, Option<string | number | boolean>>;

function parse(spec: Spec): Record<string, unknown> {
  const kinds = Object.entries(spec).map(([name, { kind }]) => [
    name,
    { type: kind === FLAG ? 'boolean' : 'string' },
  ]);
  const known = Object.fromEntries(kinds) as Record<string, { type: 'boolean' | 'string' }>;
  return parseArgs({ options: { ...known, help: { type: 'boolean' } } }).values;
}

function read(name: string, kind: Kind<unknown>, text: string): unknown {
  const value = kind.read(text);
  if (value === undefined) throw new Error(`--${name} wants ${kind.hint}, not '${text}'`);
  return value;
}

function help(program: string, spec: Spec): never {
  const width = Math.max(...usages(spec).map((usage) => usage.length));
  const lines = Object.values(spec).map(({ kind, help: what, default: value }, index) => {
    const suffix = kind === FLAG || value === '' ? '' : ` (${String(value)})`;
    return `  ${(usages(spec)[index] ?? '').padEnd(width)}  ${what}${suffix}`;
  });
  printf('%s', `usage: ${program} [options]\n${lines.join('\n')}\n`);
  process.exit(0);
}

const usages = (spec: Spec): string[] =>
  Object.entries(spec).map(([name, { kind }]) =>
    kind === FLAG ? `--${name}` : `--${name}=${kind.hint}`,
  );

/** Node's messages go on with advice of their own after the first sentence. */
const reason = (error: unknown): string =>
  String(error instanceof Error ? error.message : error).split(/\.\s/)[0] ?? '';

function integer(text: string, least: number, most: number): number | undefined {
  const value = /^-?\d+$/.test(text) ? Number(text) : NaN;
  return value >= least && value <= most ? value : undefined;
}

function option<T>(kind: Kind<T>, value: T, what: string): Option<T> {
  return { kind, default: value, help: what };
}

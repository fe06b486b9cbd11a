import { told, verbatim } from '../../../told.ts';
import type { Cursor } from './cursor.ts';
import { FIELD_NAMES, fieldOf, isFieldName } from './fields.ts';
import type { FieldName } from './fields.ts';
import type { Comparison, Condition, Operator, Term } from './types.ts';

const MAX_NUMBER = 2 ** 32 - 1;

/** A name's use, told to the caller as it is read, for the check that it is bound by then. */
export type OnName = (name: string, at: number, binds: boolean) => void;

/** Reads one condition: `ack=s+1`, `len>0`, `sackOK`, `!mss`. */
export function readCondition(cursor: Cursor, onName: OnName): Condition {
  const at = cursor.at;
  const absent = cursor.take(/!(?!=)/y) !== undefined;
  const field = readField(cursor);
  const operator = cursor.take(/!=|<=|>=|=|<|>/y)?.[0] as Operator | undefined;
  if (operator === undefined) return presence(cursor, field, !absent, at);
  if (absent) {
    const problem = told('! asks for absence, so no value can follow');
    throw cursor.error(problem, verbatim(`!${field}`), at);
  }
  if (fieldOf(field).kind === 'mark') {
    const hint = told('write {field} or !{field}', { field });
    throw cursor.error(told('{field} has no value', { field }), hint, at);
  }
  return comparison(field, operator, readTerms(cursor), onName);
}

function presence(cursor: Cursor, field: FieldName, present: boolean, at: number): Condition {
  if (fieldOf(field).always) {
    const hint = told('say which: {field}=..., {field}>...', { field });
    throw cursor.error(told('every segment has {field}', { field }), hint, at);
  }
  return { kind: 'presence', field, present };
}

function readField(cursor: Cursor): FieldName {
  const at = cursor.at;
  const word = cursor.word();
  const name = cursor.take(/[A-Za-z]\w*/y)?.[0];
  if (name === undefined) {
    const problem = told('expected a field, found {what}', { what: word });
    throw cursor.error(problem, told('for example seq=x, ack=x+1, len>0'), at);
  }
  if (isFieldName(name)) return name;
  const meant = FIELD_NAMES.find((field) => alike(field.toLowerCase(), name.toLowerCase()));
  const hint = meant
    ? told('did you mean {field}?', { field: meant })
    : told('fields are {fields}', { fields: FIELD_NAMES.join(', ') });
  throw cursor.error(told('there is no field "{field}"', { field: name }), hint, at);
}

function alike(field: string, word: string): boolean {
  return word.startsWith(field) || (word.length > 1 && field.startsWith(word));
}

function comparison(
  field: FieldName,
  operator: Operator,
  terms: PlacedTerm[],
  onName: OnName,
): Comparison {
  const condition: Comparison = { kind: 'comparison', field, operator, terms: terms.map(bare) };
  const binds = bindingName(condition) !== undefined;
  for (const { term, at } of terms) if (term.kind === 'name') onName(term.name, at, binds);
  return condition;
}

/** The name that a condition binds where it is not known yet: it stands alone, as in `seq=s`. */
export function bindingName({ operator, terms }: Comparison): string | undefined {
  const [term, ...others] = terms;
  const alone = operator === '=' && others.length === 0;
  return alone && term?.kind === 'name' ? term.name : undefined;
}

interface PlacedTerm {
  term: Term;
  at: number;
}

const bare = ({ term }: PlacedTerm): Term => term;

function readTerms(cursor: Cursor): PlacedTerm[] {
  const terms = [readTerm(cursor, 1)];
  let sign: string | undefined;
  while ((sign = cursor.take(/[+-]/y)?.[0])) terms.push(readTerm(cursor, sign === '+' ? 1 : -1));
  return terms;
}

function readTerm(cursor: Cursor, sign: 1 | -1): PlacedTerm {
  const at = cursor.at;
  const digits = cursor.take(/\d+(?!\w)/y)?.[0];
  if (digits !== undefined)
    return { at, term: { kind: 'number', sign, value: limited(cursor, digits, at) } };
  const word = cursor.take(/[A-Za-z]\w*/y)?.[0];
  if (word === undefined) {
    const problem = told('expected a number or a name, found {what}', { what: cursor.word() });
    throw cursor.error(problem, told('for example len=0, ack=x+1'));
  }
  if (!isFieldName(word)) return { at, term: { kind: 'name', sign, name: word } };
  if (fieldOf(word).kind !== 'mark') return { at, term: { kind: 'field', sign, field: word } };
  const hint = told('give the name another spelling');
  throw cursor.error(told('{field} has no value', { field: word }), hint, at);
}

function limited(cursor: Cursor, digits: string, at: number): number {
  const value = Number(digits);
  if (value <= MAX_NUMBER) return value;
  const hint = told('numbers go up to {n}', { n: MAX_NUMBER });
  throw cursor.error(told('the number is too large'), hint, at);
}

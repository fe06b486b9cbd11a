import type { Condition, Item, Line, Pattern, Side, Term } from './types.ts';

/** The pattern as text again, comments and free spacing gone. */
export function formatPattern(pattern: Pattern): string {
  return pattern.items.map(formatItem).join('\n');
}

function formatItem(item: Item): string {
  return item.kind === 'between' ? '...' : formatLine(item);
}

/** One line as the language writes it: `+1s  client > server  S  seq=x  x3`. */
export function formatLine(line: Line): string {
  return lineParts(line, AS_WRITTEN).join('  ');
}

/** How the parts of a line are told. */
export interface LineWords {
  direction: (line: Pick<Line, 'from' | 'inside'>) => string;
  /** Each of them in tcpdump's letters; none for `*`. */
  flags: (flags: readonly string[]) => string;
  condition: (condition: Condition) => string;
}

const AS_WRITTEN: LineWords = {
  direction: formatDirection,
  flags: (flags) => (flags.length > 0 ? flags.join('|') : '*'),
  condition: formatCondition,
};

/** The parts of a line that are there. */
export function lineParts(line: Line, say: LineWords): string[] {
  const parts = [
    line.gap?.written ?? '',
    say.direction(line),
    say.flags(line.flags),
    line.conditions.map(say.condition).join(' '),
    formatTimes(line),
  ];
  return parts.filter((part) => part !== '');
}

export function formatDirection({ from, inside }: { from: Side; inside?: boolean }): string {
  const to = (from === 'server') === (inside ?? false) ? 'server' : 'client';
  return `${from} > ${to}`;
}

export function formatCondition(condition: Condition): string {
  if (condition.kind === 'presence') return `${condition.present ? '' : '!'}${condition.field}`;
  return `${condition.field}${condition.operator}${formatTerms(condition.terms)}`;
}

function formatTerms(terms: readonly Term[]): string {
  return terms.map((term, index) => `${sign(term, index)}${operand(term)}`).join('');
}

function sign(term: Term, index: number): string {
  return term.sign < 0 ? '-' : index > 0 ? '+' : '';
}

function operand(term: Term): string {
  if (term.kind === 'number') return String(term.value);
  return term.kind === 'name' ? term.name : term.field;
}

function formatTimes({ min, max }: Line): string {
  if (min === 1 && max === 1) return '';
  if (min === 0 && max === 1) return '?';
  if (max === Infinity) return `x${min}+`;
  return min === max ? `x${min}` : `x${min}..${max}`;
}

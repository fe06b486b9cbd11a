import type { Claim } from '../../evidence/claim.ts';
import type { Style } from './style.ts';
import { hang, pad, widthOf, wrap } from './wrap.ts';

type Verdict = Claim['verdict'];

/** What the last column says; where there is more to say, it follows below. */
const WORDS = {
  holds: 'holds',
  differs: 'differs:',
  'not tried here': 'not tried:',
} as const satisfies Record<Verdict, string>;

const GAP = '  ';
/** Long lines are not read well, however wide the terminal. */
const WIDEST = 120;

/**
 * Claims as a table: document, claim, lab, verdict; below a claim that does not simply hold, what
 * Linux does. `whole` adds the document's own words, the reasons, and since when.
 */
export function renderClaims(
  claims: readonly Claim[],
  terminal: Style,
  { whole = false } = {},
): string[] {
  const style = { ...terminal, columns: Math.min(terminal.columns, WIDEST) };
  const lab = Math.max(0, ...claims.map((claim) => claim.lab.length));
  const verdict = Math.max(0, ...claims.map((claim) => widthOf(style.t(WORDS[claim.verdict]))));
  const rows = claims.map((claim) => [
    ...renderRow(claim, { lab, verdict }, style),
    ...renderDetails(claim, style, whole),
  ]);
  const apart = whole ? rows.map((lines) => [...lines, '']) : [...rows, ['']];
  return [...apart.flat(), countOf(claims, style)];
}

function renderRow(claim: Claim, width: Record<'lab' | 'verdict', number>, style: Style): string[] {
  const before = `${claim.document}${GAP}`;
  const after = GAP.length + width.lab + GAP.length + width.verdict;
  const room = style.columns - before.length - after;
  const [first = '', ...rest] = wrap(style.t(claim.claim), room);
  const word = style.t(WORDS[claim.verdict]);
  const cells = [`${before}${pad(first, room)}`, claim.lab.padEnd(width.lab)];
  return [
    [...cells, colorOf(claim.verdict, style)(word)].join(GAP),
    ...rest.map((line) => `${' '.repeat(before.length)}${line}`),
  ];
}

function renderDetails(claim: Claim, style: Style, whole: boolean): string[] {
  const color = colorOf(claim.verdict, style);
  const { t } = style;
  const { dim } = style.colors;
  const indent = ' '.repeat(7);
  const told = (text: string): string[] => hang(indent, text, style.columns);
  const words = breakAnywhere(`${claim.section}: ${claim.quote}`, style.columns - indent.length);
  const source = whole ? words.map((line) => dim(`${indent}${line}`)) : [];
  switch (claim.verdict) {
    case 'holds':
      return source;
    case 'differs': {
      const reasons = [
        ...told(t('Why: {why}', { why: t(claim.why) })),
        ...told(t('Since: {what}', { what: t(claim.since) })),
      ];
      return [...source, ...told(t(claim.kernel)).map(color), ...(whole ? reasons : [])];
    }
    case 'not tried here':
      return [...source, ...told([t(claim.why), t(claim.kernel)].join(t('; '))).map(color)];
  }
}

function colorOf(verdict: Verdict, { colors }: Style): (text: string) => string {
  return { holds: colors.green, differs: colors.yellow, 'not tried here': colors.dim }[verdict];
}

function countOf(claims: readonly Claim[], { t }: Style): string {
  const of = (verdict: Verdict): number => claims.filter((c) => c.verdict === verdict).length;
  return t('{all} claims: {hold} hold, {differ} differ, {untried} not tried here', {
    all: claims.length,
    hold: of('holds'),
    differ: of('differs'),
    untried: of('not tried here'),
  });
}

/** Chinese has no blanks to break lines at, and needs none: words are not broken, all else may be. */
function breakAnywhere(text: string, columns: number): string[] {
  const lines = [''];
  for (const [piece] of text.matchAll(/\w+|\W/gu)) {
    const last = lines.at(-1) ?? '';
    if (widthOf(last + piece) > columns) lines.push(piece.trimStart());
    else lines[lines.length - 1] = last + piece;
  }
  return lines.map((line) => line.trimEnd());
}

import type { LabEvent } from '../../evidence/events.ts';
import { historyOf, type History } from '../../history/history.ts';
import type { LabStep, Stated } from '../../history/lab.ts';
import { askedInWords, patternInWords, seenInWords, type Seen } from '../../words/verdicts.ts';
import { duration } from '../../words/units.ts';
import type { Style } from './style.ts';
import { hang, pad } from './wrap.ts';

/** Between an expectation's text and the time it took. */
const GAP = 2;

/** Steps with their expectations, in order: what was expected, what was seen, how long it took. */
export function renderExpectations(events: readonly LabEvent[], style: Style): string[] {
  const history = historyOf(events);
  const lines: string[] = [];
  let inside: number | undefined;
  for (const event of events) {
    if (event.type === 'step' && event.phase === 'begin') {
      const step = history.lab.step(event.id);
      if (step !== undefined) lines.push('', renderStep(step, style));
      inside = event.id;
    } else if (event.type === 'expect') {
      const stated = history.lab.expectation(event.id);
      // What follows a step without belonging to it stands apart.
      if (inside !== undefined && event.step === undefined) lines.push('');
      inside = event.step;
      if (stated !== undefined) lines.push(...renderExpectation(stated, history, style));
    }
  }
  return lines[0] === '' ? lines.slice(1) : lines;
}

function renderStep({ title, begin, end }: LabStep, style: Style): string {
  const took = end === undefined ? '' : duration(end.t - begin.t);
  const told = style.t(title);
  return withTime(told, took, style)
    .replace(told, () => style.colors.bold(told))
    .trimEnd();
}

function renderExpectation(stated: Stated, history: History, style: Style): string[] {
  const { colors, signs, t } = style;
  const { expect, verdict } = stated;
  const seen = seenInWords(stated, history, t);
  if (verdict === undefined || seen === undefined) {
    const text = t('{what}: not tried to the end', { what: askedInWords(expect, t) });
    return hang(`${signs.untried} `, text, style.columns).map((line) => colors.yellow(line));
  }
  const took = duration(verdict.t - expect.t);
  if (verdict.verdict === 'failed') return renderFailure(stated, seen, took, style);
  // A call as strace prints it says what was expected and seen in one.
  if (expect.kind === 'call-returns') {
    const text = `${t(expect.params.host)}: ${seen.text}`;
    return [...titled([text], signs.met, took, style), ...detailed(seen, style)];
  }
  const told = seenBelow(seen, style).map((line) => colors.dim(line));
  return [...titled(linesOf(stated, style), signs.met, took, style), ...told];
}

const seenBelow = (seen: Seen, { columns }: Style): string[] => [
  ...hang('    ', seen.text, columns),
  ...seen.details.flatMap((line) => hang('    ', line, columns)),
];

const detailed = ({ details }: Seen, { colors }: Style): string[] =>
  details.map((line) => colors.dim(`    ${line}`));

/** What is expected; a packet pattern with its own lines below it. */
function linesOf({ expect }: Stated, { t }: Style): string[] {
  const pattern = patternInWords(expect, t);
  if (pattern === undefined) return [askedInWords(expect, t)];
  const { intro, lines } = pattern;
  return lines.length === 1 ? [`${intro} ${lines.join('')}`] : [intro, ...lines];
}

function titled(texts: readonly string[], sign: string, took: string, style: Style): string[] {
  const { columns, colors } = style;
  const [first = '', ...rest] = texts.flatMap((text, i) =>
    hang(i === 0 ? `${sign} ` : '  ', text, columns - took.length - GAP),
  );
  return [withTime(first, took, style).replace(sign, colors.green(sign)), ...rest];
}

/**
 * The reason, where the lab says what it expected, and the candidates below as they are: their columns
 * are aligned.
 */
function renderFailure(stated: Stated, seen: Seen, took: string, style: Style): string[] {
  const { colors, signs, columns } = style;
  const width = columns - took.length - GAP;
  const [first = '', ...rest] = reasonOf(stated, seen, style).flatMap((text, i) =>
    hang(i === 0 ? `${signs.failed} ` : '  ', text, width),
  );
  const { at } = stated.expect;
  return [
    ...[withTime(first, took, style), ...rest].map((line) => colors.red(line)),
    ...(at === undefined ? [] : [colors.dim(`    ${at.file}:${at.line}`)]),
    ...seen.details.map((line) => `    ${line}`),
  ];
}

/** In one sentence; where a packet pattern has several lines, it stands between its two halves. */
function reasonOf({ expect }: Stated, { text: seen }: Seen, { t }: Style): string[] {
  const { intro, lines } = patternInWords(expect, t) ?? { intro: '', lines: [] };
  if (lines.length < 2)
    return [t('expected {what}, saw {seen}', { what: askedInWords(expect, t), seen })];
  return [t('expected {what}', { what: intro }), ...lines, t('saw {seen}', { seen })];
}

/** A line with a duration at its right end. */
function withTime(line: string, took: string, { columns, colors }: Style): string {
  return `${pad(line, columns - took.length - GAP)}${' '.repeat(GAP)}${colors.dim(took)}`;
}

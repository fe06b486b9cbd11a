import type { LabEvent } from '../../evidence/events.ts';
import { historyOf, type History } from '../../history/history.ts';
import { placeOf } from '../../history/matrix.ts';
import type { LabStep, Stated } from '../../history/lab.ts';
import {
  askedInWords,
  brieflyInWords,
  patternInWords,
  seenInWords,
  statementInWords,
  type Seen,
} from '../../words/verdicts.ts';
import type { Style } from './style.ts';
import { hang } from './wrap.ts';

/** A stretch of the lab: a step with its expectations, or what stands outside of every step. */
interface Stretch {
  step?: LabStep | undefined;
  stated: Stated[];
}

function stretchesOf(history: History): Stretch[] {
  const stretches: Stretch[] = [];
  const at = (step: LabStep | undefined): Stretch => {
    const last = stretches.at(-1);
    if (last !== undefined && last.step === step) return last;
    const next: Stretch = { stated: [], ...(step && { step }) };
    stretches.push(next);
    return next;
  };
  const begun = [
    ...history.lab.steps.map((step) => ({ seq: step.begin.seq, step, stated: undefined })),
    ...history.lab.expectations.map((stated) => ({
      ...{ seq: stated.expect.seq, step: stated.step, stated },
    })),
  ].sort((a, b) => a.seq - b.seq);
  for (const { step, stated } of begun) {
    const stretch = at(step);
    if (stated !== undefined) stretch.stated.push(stated);
  }
  return stretches;
}

/** Every step with its expectations, in order: what was stated, and below it what was seen. */
export function renderExpectations(events: readonly LabEvent[], style: Style): string[] {
  const history = historyOf(events);
  return stretchesOf(history).flatMap(({ step, stated }, i) => [
    ...(i === 0 ? [] : ['']),
    ...(step === undefined ? [] : [style.colors.bold(style.t(step.title))]),
    ...stated.flatMap((one) => renderExpectation(one, history, style)),
  ]);
}

/** What has been met and `renderSteps` does not count in any line: calls that prepare, cells of a table. */
export function untold(events: readonly LabEvent[]): { calls: number; cells: number } {
  const stretches = stretchesOf(historyOf(events));
  const cells = stretches.filter(inTable);
  const alone = stretches.filter(({ step }) => step === undefined);
  return {
    cells: cells.flatMap(({ stated }) => stated).length,
    calls: alone
      .flatMap(({ stated }) => stated)
      .filter(isMet)
      .filter(prepares).length,
  };
}

const isMet = ({ verdict }: Stated): boolean => verdict?.verdict === 'met';
/** A call that did as it was told only prepares what comes. */
const prepares = ({ expect }: Stated): boolean => expect.kind === 'call-returns';
/** A cell of a table stands there (matrix-text.ts). */
const inTable = ({ step, stated }: Stretch): boolean =>
  step?.end !== undefined && placeOf(step.title) !== undefined && stated.every(isMet);

/** A line for each step, and for each expectation outside of them; what failed is told in full. */
export function renderSteps(events: readonly LabEvent[], style: Style): string[] {
  const history = historyOf(events);
  return stretchesOf(history).flatMap(({ step, stated }) => {
    const unmet = stated.filter(({ verdict }) => verdict?.verdict !== 'met');
    const told = unmet.flatMap((one) => renderExpectation(one, history, style));
    if (inTable({ step, stated })) return [];
    if (step !== undefined) return [...renderStep(step, stated, style), ...told];
    return stated.flatMap((one) => {
      if (unmet.includes(one)) return renderExpectation(one, history, style);
      return prepares(one) ? [] : metLines(briefly(one, history, style.t), style);
    });
  });
}

function renderStep(step: LabStep, stated: readonly Stated[], style: Style): string[] {
  const { colors, signs, columns, t } = style;
  const title = t(step.title);
  const verdicts = stated.map(({ verdict }) => verdict?.verdict);
  if (verdicts.includes('failed'))
    return hang(`${signs.failed} `, title, columns).map((line) => colors.red(line));
  if (verdicts.includes(undefined) || step.end === undefined)
    return hang(`${signs.untried} `, title, columns).map((line) => colors.yellow(line));
  const n = stated.length;
  if (n === 0) return metLines(title, style);
  const counted =
    n === 1 ? t('{title} (1 check)', { title }) : t('{title} ({n} checks)', { title, n });
  return metLines(counted, style);
}

const metLines = (text: string, { colors, signs, columns }: Style): string[] =>
  hang(`${signs.met} `, text, columns).map((line) =>
    line.replace(signs.met, colors.green(signs.met)),
  );

const briefly = (stated: Stated, history: History, t: Style['t']): string =>
  stated.expect.kind === 'call-returns'
    ? (metInWords(stated, history, t)[0] ?? '')
    : brieflyInWords(stated.expect, t, history);

function renderExpectation(stated: Stated, history: History, style: Style): string[] {
  const { colors, signs, columns, t } = style;
  const { expect, verdict } = stated;
  const seen = seenInWords(stated, history, t);
  if (verdict === undefined || seen === undefined) {
    const text = t('expected {what}: not tried to the end', {
      what: askedInWords(expect, t, history),
    });
    return hang(`${signs.untried} `, text, columns).map((line) => colors.yellow(line));
  }
  if (verdict.verdict === 'failed') return renderFailure(stated, seen, history, style);
  const lines = linesOf(stated, history, t).flatMap((line, i) =>
    hang(i === 0 ? `${signs.met} ` : '  ', line, columns),
  );
  const [first = '', ...rest] = lines;
  // A call as strace prints it says what was expected and seen in one.
  const below = expect.kind === 'call-returns' ? [] : [seen.text];
  return [
    first.replace(signs.met, colors.green(signs.met)),
    ...rest,
    ...[...below, ...seen.details]
      .flatMap((line) => hang('    ', line, columns))
      .map((line) => colors.dim(line)),
  ];
}

/** What is so; a packet pattern with its own lines below it. */
function linesOf(stated: Stated, history: History, t: Style['t']): string[] {
  const pattern = patternInWords(stated.expect, t);
  if (pattern === undefined || pattern.lines.length === 1) return metInWords(stated, history, t);
  return [pattern.intro, ...pattern.lines];
}

const metInWords = (stated: Stated, history: History, t: Style['t']): string[] => [
  stated.expect.kind === 'call-returns'
    ? `${t(stated.expect.params.host)}: ${seenInWords(stated, history, t)?.text ?? ''}`
    : statementInWords(stated.expect, t, history),
];

/**
 * The reason, where the lab says what it expected, and the candidates below as they are: their columns
 * are aligned.
 */
function renderFailure(stated: Stated, seen: Seen, history: History, style: Style): string[] {
  const { colors, signs, columns } = style;
  const lines = reasonOf(stated, seen, history, style).flatMap((text, i) =>
    hang(i === 0 ? `${signs.failed} ` : '  ', text, columns),
  );
  const { at } = stated.expect;
  return [
    ...lines.map((line) => colors.red(line)),
    ...(at === undefined ? [] : [colors.dim(`    ${at.file}:${at.line}`)]),
    ...seen.details.map((line) => `    ${line}`),
  ];
}

/** In one sentence; where a packet pattern has several lines, it stands between its two halves. */
function reasonOf(
  { expect }: Stated,
  { text: seen }: Seen,
  history: History,
  { t }: Style,
): string[] {
  const { intro, lines } = patternInWords(expect, t) ?? { intro: '', lines: [] };
  if (lines.length < 2)
    return [t('expected {what}, saw {seen}', { what: askedInWords(expect, t, history), seen })];
  return [t('expected {what}', { what: intro }), ...lines, t('saw {seen}', { seen })];
}

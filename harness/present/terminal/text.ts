import type { Definition } from '../../vocabulary/define.ts';
import { misconceptionOf, scoreOf } from '../../evidence/answers.ts';
import { HOSTS, type LabEvent, type LabStatus } from '../../evidence/events.ts';
import type { Difference } from '../../evidence/summary.ts';
import { historyOf, type History } from '../../history/history.ts';
import { matrixOf } from '../../history/matrix.ts';
import { reasonInWords } from '../../words/verdicts.ts';
import { NAMES, scoreInWords } from '../../words/quiz.ts';
import { duration } from '../../words/units.ts';
import { renderExpectations, renderSteps, untold } from './expectations-text.ts';
import { renderLadder } from './ladder/ladder-text.ts';
import { ladderOf } from '../ladder/ladder.ts';
import { renderMatrix } from './matrix-text.ts';
import type { Style } from './style.ts';
import { hang, wrap, wrapQuoted } from './wrap.ts';

/** What a lab says of itself. */
export type LabWords = Pick<Definition, 'explanation' | 'sources' | 'notice' | 'next'>;

/** What is known about a run beside its events, and how much of it is told. */
export interface About {
  /** The lab's own words, where the lab is there. */
  lab?: LabWords;
  /** Where the documents say otherwise than the lab shows. */
  claims?: readonly Difference[];
  /** Each expectation with what was seen, every call, where all of it comes from. */
  isVerbose?: boolean;
  /** A command of ours, with its arguments, as it is typed here. */
  typed?: (args: string) => string;
  /** Its ladder has been drawn while it ran. */
  isDrawn?: boolean;
  /** Where the bundle is. */
  bundle?: string;
}

const asInstalled = (args: string): string => `socket-lab ${args}`;

/** Prose is not read well in longer lines. */
const PROSE = 92;

/**
 * A run as a student reads it, from the claim to the verdict: lines without line ends. Of a run that
 * passed about forty; with `isVerbose` all that there is. A table that it has filled in stands in the
 * ladder's place.
 */
export function renderResult(events: readonly LabEvent[], about: About, terminal: Style): string[] {
  const prose = { ...terminal, columns: Math.min(terminal.columns, PROSE) };
  const { isVerbose = false, isDrawn = false } = about;
  const matrix = matrixOf(historyOf(events));
  const table = matrix === undefined ? [] : renderMatrix(matrix, prose);
  // A lab that fills in a table is about that, and its ladder would be as long as the table is large.
  const wantsLadder = !isDrawn && (isVerbose || matrix === undefined);
  const ladder = wantsLadder
    ? renderLadder(ladderOf(events), terminal, { isBrief: !isVerbose })
    : [];
  const told = (isVerbose ? renderExpectations : renderSteps)(events, prose);
  const paragraphs = [
    renderTitle(events, about, prose),
    renderWorld(events, about, prose),
    table,
    ...(isVerbose ? [told, ladder] : [ladder, told]),
    renderNotes(events, prose),
    renderLesson(events, about, prose),
    renderDifferences(events, about, prose),
    [
      ...renderVerdict(events, prose),
      ...renderUntold(events, about, prose),
      ...renderScore(events, prose),
      ...renderBundle(about, terminal),
    ],
  ];
  return paragraphs.filter((lines) => lines.length > 0).flatMap((lines) => [...lines, '']);
}

function renderTitle(events: readonly LabEvent[], about: About, style: Style): string[] {
  const { t } = style;
  const { bold, dim } = style.colors;
  const { lab, isVerbose } = about;
  const { run } = historyOf(events);
  const title =
    run === undefined
      ? []
      : wrapQuoted(`${run.lab}: ${t(run.title)}`, style.columns).map((l) => bold(l));
  if (lab === undefined) return title;
  const sources = hang(t('Sources: '), lab.sources.join('; '), style.columns).map((l) => dim(l));
  return [
    ...title,
    '',
    ...wrap(t(lab.explanation), style.columns),
    ...(isVerbose === true && lab.sources.length > 0 ? sources : []),
  ];
}

/** Where it ran: backend (and why that one), kernel, addresses. */
function renderWorld(events: readonly LabEvent[], { isVerbose }: About, style: Style): string[] {
  const { run, hosts: known } = historyOf(events);
  if (run === undefined) return [];
  const { colors, columns, t } = style;
  const hosts = HOSTS.flatMap((host) => known[host] ?? []);
  const addresses = hosts.map(({ host, address }) => `${t(host)} ${address}`);
  const kernel = hosts[0] === undefined ? [] : [`Linux ${hosts[0].kernel}`];
  const machine = [...kernel, ...addresses].join(t(', '));
  const lines =
    isVerbose === true
      ? [`${run.backend}: ${t(run.reason)}`, machine]
      : [[run.backend, machine].filter(Boolean).join(t(', '))];
  return lines
    .filter((text) => text !== '')
    .flatMap((text) => wrapQuoted(text, columns))
    .map((line) => colors.dim(line));
}

/** What to take away from it, and where to go on: once it has shown what it says. */
function renderLesson(events: readonly LabEvent[], about: About, style: Style): string[] {
  const { lab, typed = asInstalled } = about;
  if (statusOf(events) !== 'passed' || lab === undefined) return [];
  const { t, columns } = style;
  const { notice, next } = lab;
  return [
    ...(notice === undefined ? [] : hang(t('Notice: '), t(notice), columns)),
    ...(next === undefined ? [] : [t('Next: {command}', { command: typed(next) })]),
  ];
}

function renderNotes(events: readonly LabEvent[], style: Style): string[] {
  return historyOf(events).notes.flatMap((note) =>
    hang(style.t('note: '), style.t(note), style.columns),
  );
}

/** The documents' notes: of use once the run has shown what they say. */
function renderDifferences(events: readonly LabEvent[], about: About, style: Style): string[] {
  const { claims = [], isVerbose, typed = asInstalled } = about;
  if (statusOf(events) !== 'passed' || claims.length === 0) return [];
  const { t, columns } = style;
  const { bold, dim } = style.colors;
  if (isVerbose !== true) {
    const { run } = historyOf(events);
    const command = typed(`claims ${run?.lab ?? ''}`);
    const n = claims.length;
    const documents = [...new Set(claims.map(({ document }) => document))].join(t(', '));
    const text =
      n === 1
        ? t(
            'One statement of the documents that the labs were made from ({documents}) is not so here; which, and why: {command}',
            { documents, command },
          )
        : t(
            '{n} statements of the documents that the labs were made from ({documents}) are not so here; which, and why: {command}',
            { n, documents, command },
          );
    return wrapQuoted(text, columns).map((line) => dim(line));
  }
  return [
    bold(t('What the documents say, and is not so here')),
    ...claims.flatMap(({ document, claim, kernel, why, since }) => [
      ...hang(`${document}: `, t(claim), columns),
      ...hang('     ', t('Linux: {what}.', { what: t(kernel) }), columns),
      ...hang(
        '     ',
        t('Why: {why}. Since: {what}.', { why: t(why), what: t(since) }),
        columns,
      ).map((line) => dim(line)),
    ]),
  ];
}

function renderVerdict(events: readonly LabEvent[], style: Style): string[] {
  const { colors, signs, columns, t } = style;
  const status = statusOf(events);
  const history = historyOf(events);
  const met = count(history, 'met');
  const took = duration((events.at(-1)?.t ?? 0) - (events[0]?.t ?? 0));
  if (status === 'passed') {
    const passed = t('passed: all {met} checks, in {took}', { met, took });
    return [colors.green(`${signs.met} ${passed}`)];
  }
  if (status === 'failed') {
    const params = { met, failed: count(history, 'failed'), took };
    const failed = t('failed: {met} checks passed, {failed} not, in {took}', params);
    return [colors.red(`${signs.failed} ${failed}`)];
  }
  if (status === 'interrupted')
    return [colors.yellow(`${signs.untried} ${t('interrupted after {took}', { took })}`)];
  const why = reasonInWords(history, t) ?? t('it ended without a verdict');
  const broken = t('broken off after {took}: {why}', { took, why });
  // What is quoted keeps its lines: below one stands its caret.
  const [first = '', ...quoted] = broken.split('\n');
  const lines = [...hang(`${signs.failed} `, first, columns), ...quoted.map((line) => `  ${line}`)];
  return lines.map((line) => colors.red(line));
}

/** What the verdict counts and no line above it: all lines and this one come to its number. */
function renderUntold(events: readonly LabEvent[], { isVerbose }: About, style: Style): string[] {
  const { t, columns } = style;
  const { calls, cells } = untold(events);
  if (isVerbose === true || statusOf(events) !== 'passed') return [];
  return [
    ...(cells === 0 ? [] : [t('{n} of these stand in the table', { n: cells })]),
    ...(calls === 0
      ? []
      : [t('{n} of these are calls that only prepare; -v shows them', { n: calls })]),
  ].flatMap((text) => hang('  ', text, columns));
}

/** How well somebody predicted, and which wrong ideas showed. */
function renderScore(events: readonly LabEvent[], { columns, t }: Style): string[] {
  const { answers } = historyOf(events);
  if (answers.length === 0) return [];
  const wrong = [...new Set(answers.flatMap((one) => misconceptionOf(one) ?? []))];
  const names = wrong.map((name) => t(NAMES[name])).join(t('; '));
  return [
    `  ${t('predicted: {score}', { score: scoreInWords(scoreOf(answers), t) })}`,
    ...(wrong.length === 0 ? [] : hang(`  ${t('misconceptions: ')}`, names, columns)),
  ];
}

function renderBundle({ bundle }: About, style: Style): string[] {
  return bundle === undefined
    ? []
    : [style.colors.dim(`  ${style.t('bundle: {bundle}', { bundle })}`)];
}

const count = ({ lab }: History, verdict: 'met' | 'failed'): number =>
  lab.expectations.filter((stated) => stated.verdict?.verdict === verdict).length;

const statusOf = (events: readonly LabEvent[]): LabStatus =>
  historyOf(events).end?.status ?? 'broken';

import type { Say } from '../../texts/say.ts';
import { duration } from '../../words/units.ts';
import { isWell } from './cases.ts';
import { countsOf } from './json.ts';
import { firstLine, plain, plainLine } from './plain.ts';
import { LAB_STATUSES, type LabReport, type ReportedStatus, type RunReport } from './run-report.ts';
import { scoreInWords } from '../../words/quiz.ts';

/** Octets that GitHub takes of a step's summary; of a longer one it takes nothing at all. */
export const SUMMARY_LIMIT = 1 << 20;

/** Characters of a reason in the table. */
const REASON = 160;

const SIGNS: Record<ReportedStatus, string> = {
  passed: '✅',
  failed: '❌',
  'timed out': '⏱️',
  broken: '⚠️',
  interrupted: '⏹️',
  'not run': '⏭️',
};

/**
 * The job summary, in GitHub's Markdown, of a run whose reasons are in the reader's language already:
 * the labs in a table, and below it of each that did not pass
 * its message and its picture. What does not fit into `room` (octets) is left out, and it says so.
 */
export function summary(run: RunReport, t: Say, room = SUMMARY_LIMIT): string {
  const told = run.labs.filter((lab) => !isWell(lab) && lab.status !== 'not run');
  const parts = [
    head(run, t),
    ...run.labs.map((lab) => row(lab, t)),
    ...told.map((lab) => section(lab, t)),
  ];
  return fitting(parts, `\n${t('More did not fit here: the bundles have it.')}\n`, room);
}

function head(run: RunReport, t: Say): string {
  const all = countsOf(run);
  const counts = LAB_STATUSES.flatMap((status) => {
    const n = all[status];
    return n === 0 ? [] : [`${n} ${word(status, t)}`];
  });
  const kernel = run.labs.find((lab) => lab.kernel !== undefined)?.kernel;
  const world = [
    `socket-lab ${run.harness}`,
    run.backend,
    ...(kernel === undefined ? [] : [`Linux ${kernel}`]),
    duration(run.took * 1e6),
  ];
  const columns = [t('lab'), t('result'), t('checks'), t('took'), t('why')];
  return [
    `## Socket Lab: ${counts.join(', ')}`,
    '',
    cell(world.join(', ')),
    '',
    `| ${columns.join(' | ')} |`,
    '| --- | --- | --- | ---: | --- |',
    '',
  ].join('\n');
}

function row(lab: LabReport, t: Say): string {
  const { status, expectations, message, troubles, took, score } = lab;
  const count = (wanted: string): number =>
    expectations.filter((expectation) => expectation.status === wanted).length;
  const all = expectations.length - count('skipped');
  const skipped = count('skipped') === 0 ? '' : `, ${t('{n} skipped', { n: count('skipped') })}`;
  const reason = firstLine([message, ...troubles].find((text) => text !== undefined) ?? '');
  const cells = [
    `**${cell(lab.lab)}** ${cell(t(lab.title))}`,
    `${isWell({ status, troubles }) ? SIGNS.passed : SIGNS[status === 'passed' ? 'broken' : status]} ${word(status, t)}`,
    all === 0 ? '' : `${t('{met} of {all} met', { met: count('met'), all })}${skipped}`,
    took === undefined ? '' : duration(took * 1e6),
    cell(
      reason === '' && score
        ? t('predicted: {score}', { score: scoreInWords(score, t) })
        : reason.slice(0, REASON),
    ),
  ];
  return `| ${cells.join(' | ')} |\n`;
}

function section(lab: LabReport, t: Say): string {
  const { message, troubles, picture, bundle, status } = lab;
  const texts = [...(message === undefined ? [] : [message]), ...troubles];
  return [
    '',
    `### ${cell(lab.lab)}: ${word(status, t)}`,
    ...texts.flatMap((text) => ['', fenced(text)]),
    ...(picture.length === 0
      ? []
      : [
          '',
          `<details><summary>${t('what was on the wire')}</summary>`,
          '',
          fenced(picture.join('\n')),
          '',
          '</details>',
        ]),
    ...(bundle === undefined ? [] : ['', `${t('bundle')}: ${cell(bundle.folder)}`]),
    '',
  ].join('\n');
}

/** What people call it. */
const word = (status: ReportedStatus, t: Say): string =>
  t(status === 'broken' ? 'could not be tried' : status);

/** In a table, and anywhere else where a text must not become Markdown or HTML. */
const cell = (text: string): string =>
  plainLine(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replace(/[\\`*_{}[\]#|~!>@]/g, '\\$&');

/** As it is: the fence is longer than any run of backticks in it. */
function fenced(text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}text\n${plain(text)}\n${fence}`;
}

/** As many parts as there is room for, in order; when some are left out, `note` says so. */
function fitting(parts: readonly string[], note: string, room: number): string {
  if (octets(parts.join('')) <= room) return parts.join('');
  let left = room - octets(note);
  if (left < 0) return '';
  const kept = parts.filter((part) => {
    const fits = octets(part) <= left;
    if (fits) left -= octets(part);
    return fits;
  });
  return `${kept.join('')}${note}`;
}

const octets = (text: string): number => Buffer.byteLength(text);

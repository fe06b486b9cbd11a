import type { EventOf, LabEvent } from '../evidence/events.ts';
import { duration } from './duration.ts';
import type { Style } from './style.ts';
import { hang, pad } from './wrap.ts';

type Verdict = EventOf<'verdict'>;

/** Between an expectation's text and the time it took. */
const GAP = 2;

/** Steps with their expectations, in order: what was expected, what was seen, how long it took. */
export function renderExpectations(events: readonly LabEvent[], style: Style): string[] {
  const verdicts = new Map(
    events.flatMap((event) => (event.type === 'verdict' ? [[event.id, event] as const] : [])),
  );
  const lines: string[] = [];
  let inside: number | undefined;
  for (const event of events) {
    if (event.type === 'step' && event.phase === 'begin') {
      lines.push('', renderStep(event, events, style));
      inside = event.id;
    } else if (event.type === 'expect') {
      // What follows a step without belonging to it stands apart.
      if (inside !== undefined && event.step === undefined) lines.push('');
      inside = event.step;
      lines.push(...renderExpectation(event, verdicts.get(event.id), style));
    }
  }
  return lines[0] === '' ? lines.slice(1) : lines;
}

function renderStep(
  { id, title, t }: EventOf<'step'>,
  events: readonly LabEvent[],
  style: Style,
): string {
  const end = events.find(
    (event) => event.type === 'step' && event.phase === 'end' && event.id === id,
  );
  const took = end === undefined ? '' : duration(end.t - t);
  const told = style.t(title);
  return withTime(told, took, style)
    .replace(told, () => style.colors.bold(told))
    .trimEnd();
}

function renderExpectation(
  expectation: EventOf<'expect'>,
  verdict: Verdict | undefined,
  style: Style,
): string[] {
  const { colors, signs, t } = style;
  if (verdict === undefined) {
    return hang(
      `${signs.untried} `,
      t('{what}: not tried to the end', { what: expectation.text }),
      style.columns,
    ).map((line) => colors.yellow(line));
  }
  const took = duration(verdict.t - expectation.t);
  if (verdict.verdict === 'failed') return renderFailure(verdict.seen, took, style);
  const call = typedCall(expectation.text);
  if (call !== undefined) return renderCall(call, verdict.seen, took, style);
  const [first = '', ...rest] = patternLines(expectation.text).flatMap((text, i) =>
    hang(i === 0 ? `${signs.met} ` : '  ', t(text), style.columns - took.length - GAP),
  );
  const seen = hang('    ', t(verdict.seen), style.columns).map((line) => colors.dim(line));
  const sign = colors.green(signs.met);
  const titled = withTime(first, took, style).replace(signs.met, sign);
  return [titled, ...rest, ...seen];
}

/** At which host a call was typed, of an expectation that is about one. */
const typedCall = (text: string): string | undefined =>
  /^'.*' at the (server|client) to /.exec(text)?.[1];

/** A call as strace prints it says what was expected and seen in one. */
function renderCall(host: string, seen: string, took: string, style: Style): string[] {
  const { colors, signs, t } = style;
  const [first = '', ...rest] = hang(
    `${signs.met} ${t(host)}: `,
    seen,
    style.columns - took.length - GAP,
  );
  return [withTime(first, took, style).replace(signs.met, colors.green(signs.met)), ...rest];
}

/** The reason in one line, and the candidates below as they are: their columns are aligned. */
function renderFailure(message: string, took: string, style: Style): string[] {
  const { colors, signs, t } = style;
  const [reason = '', ...details] = t(message).split('\n');
  const [first = '', ...rest] = hang(`${signs.failed} `, reason, style.columns - took.length - GAP);
  const lines = [withTime(first, took, style), ...rest].map((line) => colors.red(line));
  return [...lines, ...details.map((line) => `  ${line}`)];
}

/** A packet pattern is told in one line, its own lines parted by ` / `. */
function patternLines(text: string): string[] {
  const [, intro, first = '', rest = ''] =
    /^(on the wire(?: nothing but)?) (.*?)( \/ .*)$/.exec(text) ?? [];
  return intro === undefined ? [text] : [intro, first, ...rest.split(' / ').slice(1)];
}

/** A line with a duration at its right end. */
function withTime(line: string, took: string, { columns, colors }: Style): string {
  return `${pad(line, columns - took.length - GAP)}${' '.repeat(GAP)}${colors.dim(took)}`;
}

import type { EventOf, LabEvent } from '../../../evidence/events.ts';
import type { History } from '../../../history/history.ts';
import type { Say } from '../../../texts/say.ts';
import { askedInWords, reasonInWords, seenInWords } from '../../../words/verdicts.ts';
import { formatSegment } from '../../../tcp/frame/format.ts';
import { gradeInWords, questionInWords } from '../../../words/quiz.ts';

/** A call as strace prints it. */
export function errnoWords({
  call,
  args,
  phase,
  result,
  code,
  errno,
  out,
}: EventOf<'call'>): string {
  const typed = `${call}(${args.join(', ')})`;
  if (phase === 'enter') return `${typed} ...`;
  const error = code === undefined ? '' : ` ${code} (${errno ?? '?'})`;
  const filled = out === undefined ? '' : `  ${JSON.stringify(out)}`;
  return `${typed} = ${result ?? ''}${error}${filled}`;
}

/** What the wire did to a segment. */
function wireWords({ phase, segment }: EventOf<'wire'>, t: Say): string {
  const which = { segment: segment === undefined ? '' : formatSegment(segment) };
  switch (phase) {
    case 'waits':
      return t('waits: {segment}', which);
    case 'goes':
      return t('what waited goes on');
    case 'dropped':
      return t('what waited is dropped');
    case 'copied':
      return t('a copy of what waits goes on');
    case 'left-out':
      return t('a copy is left out');
    case 'passes':
      return t('passes the queue: {segment}', which);
    case 'lost':
      return t('lost on arrival: {segment}', which);
  }
}

/** Any event in one line, for the table of all. */
export function eventWords(event: LabEvent, history: History, t: Say): string {
  switch (event.type) {
    case 'run':
      return `${event.lab}: ${t(event.title)}`;
    case 'host':
      return `${event.address}, Linux ${event.kernel}`;
    case 'step':
      return `${t(event.title)} (${t(event.phase)})`;
    case 'action':
      return `${event.op} (${t(event.phase)})`;
    case 'expect':
      return t('expected {what}', { what: askedInWords(event, t, history) });
    case 'verdict': {
      const stated = history.lab.expectation(event.id);
      const seen = stated && seenInWords(stated, history, t);
      return `${t(event.verdict)}: ${seen?.text ?? ''}`;
    }
    case 'deadline':
      return t('the time for it is over');
    case 'program':
      return `${event.argv.join(' ')} (${event.pid})`;
    case 'output':
      return event.line;
    case 'call':
      return errnoWords(event);
    case 'limit':
      return `${event.limit} > ${event.most}`;
    case 'exit':
      return event.signal ?? String(event.status);
    case 'packet':
      return `${event.direction} ${event.segment === undefined ? (event.other ?? '') : formatSegment(event.segment)}`;
    case 'wire':
      return wireWords(event, t);
    case 'sample':
      return event.rows
        .map(({ state, local }) => `${state} ${local.address}:${local.port}`)
        .join(', ');
    case 'transition':
      return `${event.from} -> ${event.to}, ${event.local.address}:${event.local.port}`;
    case 'marker':
      return `${event.from} ${event.nonce}`;
    case 'note':
      return t(event);
    case 'answer':
      return `${questionInWords(event.question, history, t)} ${gradeInWords(event, t)}`;
    case 'end':
      return [t(event.status), reasonInWords(history, t) ?? ''].filter(Boolean).join(': ');
  }
}

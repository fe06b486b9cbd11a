import type { EventOf, Json, LabEvent } from '../../../evidence/events.ts';
import type { History } from '../../../history/history.ts';
import type { Say } from '../../../texts/say.ts';
import { askedInWords, failureInWords } from '../../../words/verdicts.ts';
import type { Style } from '../style.ts';

/** What the lab does, as somebody who walks should know it; undefined where it is of no interest. */
export function eventLine(
  event: LabEvent,
  history: History,
  { t, style }: { t: Say; style: Style },
): string | undefined {
  const { bold, dim } = style.colors;
  if (event.type === 'step' && event.phase === 'begin') return bold(`\n${t(event.title)}`);
  if (event.type === 'verdict') return dim(verdictLine(event, history, style));
  if (event.type !== 'action' || event.phase !== 'begin') return undefined;
  const text = actionText(event, t);
  return text === undefined ? undefined : dim(`  ${text}`);
}

/** The reason of a failure says what was expected, too; its evidence comes with the result. */
export function verdictLine(
  { id, verdict }: EventOf<'verdict'>,
  history: History,
  { signs, t }: Style,
): string {
  const stated = history.lab.expectation(id);
  if (stated === undefined) return signs[verdict];
  return verdict === 'met'
    ? `${signs.met} ${askedInWords(stated.expect, t)}`
    : `${signs.failed} ${failureInWords(stated, history, t)}`;
}

function actionText({ op, host = 'server', args }: EventOf<'action'>, t: Say): string | undefined {
  const at = t(host);
  const text = (name: string): string => String(field(args, name) ?? '').trim();
  switch (op) {
    case 'run':
      return t('{name} starts at the {host}', { name: text('name'), host: at });
    case 'type':
      return t('typed at the {host}: {text}', { text: text('text'), host: at });
    case 'signal':
      return t('{signal} to a program of the {host}', { signal: text('signal'), host: at });
    case 'drop':
      return text('count') === ''
        ? t('what comes to the {host} with flags {flags} is lost', {
            host: at,
            flags: text('flags'),
          })
        : t('the next {count} that come to the {host} with flags {flags} are lost', {
            count: text('count'),
            host: at,
            flags: text('flags'),
          });
    case 'undrop':
      return t('nothing more is lost at the {host}', { host: at });
    case 'forge':
      return t('forged by the {host}: {segment}', { host: at, segment: text('segment') });
    default:
      return undefined;
  }
}

function field(args: Json | undefined, name: string): string | number | undefined {
  const value =
    args !== null && typeof args === 'object' && !Array.isArray(args) ? args[name] : undefined;
  return typeof value === 'string' || typeof value === 'number' ? value : undefined;
}

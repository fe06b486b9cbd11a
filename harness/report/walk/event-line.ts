import type { EventOf, Json, LabEvent } from '../../evidence/events.ts';
import type { Say } from '../../texts/say.ts';
import type { Style } from '../style.ts';

/** What the lab does, as somebody who walks should know it; undefined where it is of no interest. */
export function eventLine(
  event: LabEvent,
  texts: ReadonlyMap<number, string>,
  { t, style }: { t: Say; style: Style },
): string | undefined {
  const { bold, dim } = style.colors;
  if (event.type === 'step' && event.phase === 'begin') return bold(`\n${t(event.title)}`);
  if (event.type === 'verdict') return dim(verdictLine(event, texts.get(event.id) ?? '', t, style));
  if (event.type !== 'action' || event.phase !== 'begin') return undefined;
  const text = actionText(event, t);
  return text === undefined ? undefined : dim(`  ${text}`);
}

function verdictLine(
  { verdict, seen }: EventOf<'verdict'>,
  text: string,
  t: Say,
  style: Style,
): string {
  const oneLine = (said: string): string => t(said).replace(/\s+/g, ' ').trim();
  return verdict === 'met'
    ? `${style.signs.met} ${oneLine(text)}`
    : `${style.signs.failed} ${oneLine(seen.split('\n')[0] ?? '')}`;
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

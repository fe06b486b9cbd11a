import type { Begun } from '../../../evidence/actions.ts';
import type { EventOf, LabEvent } from '../../../evidence/events.ts';
import type { History } from '../../../history/history.ts';
import type { Say } from '../../../texts/say.ts';
import { flagsInWords } from '../../../words/segments.ts';
import { failureInWords, statementInWords } from '../../../words/verdicts.ts';
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
    ? `${signs.met} ${statementInWords(stated.expect, t, history)}`
    : `${signs.failed} ${failureInWords(stated, history, t)}`;
}

function actionText(action: Begun, t: Say): string | undefined {
  const host = t(action.host);
  switch (action.op) {
    case 'run':
      return t('{name} starts at the {host}', { name: action.args.name, host });
    case 'type':
      return t('typed at the {host}: {text}', { text: action.args.text.trim(), host });
    case 'signal':
      return t('{signal} to a program of the {host}', { signal: action.args.signal, host });
    case 'drop': {
      const { flags, count } = action.args;
      const words = flags === '*' ? t('segment') : flagsInWords(flags, t);
      return count === undefined
        ? t('every {flags} that comes to the {host} is lost', { host, flags: words })
        : t('the next {flags} that come to the {host} are lost: {count}', {
            ...{ count, host, flags: words },
          });
    }
    case 'undrop':
      return t('nothing more is lost at the {host}', { host });
    case 'inject':
      return t('injected by the {host}: {segment}', { host, segment: action.args.segment });
    default:
      return undefined;
  }
}

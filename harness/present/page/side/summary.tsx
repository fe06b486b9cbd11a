import type { JSX } from 'preact';
import type { History } from '../../../history/history.ts';
import { duration } from '../../../words/units.ts';
import { useSay } from '../contexts.ts';
import type { Choosing } from '../view.ts';
import { Failures } from './expectations.tsx';
import { Turns } from './turns.tsx';

/** What the lab shows, how it came out, and what to take away from it. */
export function Summary({ scene, view, pick, choose }: Choosing): JSX.Element {
  const t = useSay();
  const { about, history } = scene.run;
  const { lab } = about;
  return (
    <div class="summary">
      <Failures {...{ scene, choose }} />
      {lab !== undefined && <p>{t(tidy(lab.explanation))}</p>}
      <Turns {...{ scene, view, pick }} />
      {lab?.notice !== undefined && history.end?.status === 'passed' && (
        <p class="notice">
          <b>{t('Notice: ')}</b>
          {t(tidy(lab.notice))}
        </p>
      )}
      {lab?.next !== undefined && (
        <p class="dim">
          {t('Next: {command}', { command: '' })}
          <code>{lab.next}</code>
        </p>
      )}
      <Facts history={history} />
    </div>
  );
}

/** Passed or not, and how much of it. */
export function Verdict({ history }: { history: History }): JSX.Element {
  const t = useSay();
  const { lab, end } = history;
  const verdicts = lab.expectations.flatMap(({ verdict }) => verdict ?? []);
  const met = verdicts.filter(({ verdict }) => verdict === 'met').length;
  const status = end?.status ?? 'broken';
  return (
    <span class="verdict-line">
      <b class={`status ${status}`}>
        {status === 'passed' ? '✓' : '✗'} {t(status)}
      </b>{' '}
      <small>{t('{met} of {all} checks passed', { met, all: verdicts.length })}</small>
    </span>
  );
}

/** Where, when and for how long it ran. */
function Facts({ history }: { history: History }): JSX.Element {
  const t = useSay();
  const { events, run, hosts } = history;
  const host = hosts.server ?? hosts.client;
  const took = duration((events.at(-1)?.t ?? 0) - (events[0]?.t ?? 0));
  return (
    <p class="facts">
      {run !== undefined && <time dateTime={run.startedAt}>{run.startedAt.slice(0, 10)}</time>}
      <span>{t('in {took}', { took })}</span>
      {host !== undefined && <span>Linux {host.kernel}</span>}
      {run !== undefined && <span>{run.backend}</span>}
    </p>
  );
}

/** Labs' explanations are broken into lines in their source. */
export const tidy = (text: string): string => text.replace(/\s+/g, ' ').trim();

import type { ComponentChildren, JSX } from 'preact';
import type { History } from '../../history/history.ts';
import { duration } from '../../words/units.ts';
import type { Run } from './run.ts';
import { useSay } from './contexts.ts';

/** What the lab is about, and how the run came out. */
export function Header({
  run,
  tools,
  children,
}: {
  run: Run;
  tools: ComponentChildren;
  children: ComponentChildren;
}): JSX.Element {
  const t = useSay();
  const { lab } = run.about;
  const about = run.history.run;
  return (
    <header class="masthead">
      <div class="overline">
        <span>
          Socket Lab <b>{about?.lab}</b>
        </span>
        <span class="tools">{tools}</span>
      </div>
      <div class="claim">
        <div>
          <h1>{t(about?.title ?? '')}</h1>
          <Status history={run.history} />
          {lab !== undefined && <p class="explanation">{t(tidy(lab.explanation))}</p>}
        </div>
        {children}
      </div>
    </header>
  );
}

function Status({ history }: { history: History }): JSX.Element {
  const t = useSay();
  const { events, run, hosts, lab, end } = history;
  const host = hosts.server ?? hosts.client;
  const verdicts = lab.expectations.flatMap(({ verdict }) => verdict ?? []);
  const met = verdicts.filter(({ verdict }) => verdict === 'met').length;
  const status = end?.status ?? 'broken';
  const took = duration((events.at(-1)?.t ?? 0) - (events[0]?.t ?? 0));
  return (
    <p class="facts">
      <span class={`status ${status}`}>
        {status === 'passed' ? '✓' : '✗'} {t(status)}
      </span>
      <span>{t('{met} of {all} expectations met', { met, all: verdicts.length })}</span>
      <span>{t('in {took}', { took })}</span>
      {host !== undefined && <span>Linux {host.kernel}</span>}
      {run !== undefined && <span>{run.backend}</span>}
      {run !== undefined && <time dateTime={run.startedAt}>{run.startedAt.slice(0, 10)}</time>}
    </p>
  );
}

/** Labs' explanations are broken into lines in their source. */
export const tidy = (text: string): string => text.replace(/\s+/g, ' ').trim();

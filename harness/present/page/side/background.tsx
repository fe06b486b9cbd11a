import type { JSX } from 'preact';
import { HOSTS, type EventOf } from '../../../evidence/events.ts';
import { tidy } from './summary.tsx';
import type { Run } from '../run.ts';
import { useSay } from '../contexts.ts';

/** What to read the run by: where the documents differ, the sources, and the world it ran in. */
export function Background({ run }: { run: Run }): JSX.Element {
  const t = useSay();
  const { lab } = run.about;
  return (
    <>
      <Differences run={run} />
      {lab !== undefined && lab.sources.length > 0 && (
        <section class="sources">
          <h2>{t('Sources')}</h2>
          <ul>
            {lab.sources.map((source) => (
              <li key={source}>{tidy(source)}</li>
            ))}
          </ul>
        </section>
      )}
      <Environment run={run} />
    </>
  );
}

function Differences({ run: { about } }: { run: Run }): JSX.Element | null {
  const t = useSay();
  if (about.claims.length === 0) return null;
  return (
    <section class="differences">
      <h2>{t('The documents say otherwise')}</h2>
      {about.claims.map(({ document, section, quote, claim, kernel, why, since }) => (
        <dl key={quote}>
          <dt>{t('the documents say')}</dt>
          <dd>
            {t(claim)}
            <blockquote lang="zh">
              {quote} <cite>{`${document}, ${section}`}</cite>
            </blockquote>
          </dd>
          <dt>{t('this kernel does')}</dt>
          <dd>{t(kernel)}</dd>
          <dt>{t('why')}</dt>
          <dd>{t(why)}</dd>
          <dt>{t('since')}</dt>
          <dd>{t(since)}</dd>
        </dl>
      ))}
    </section>
  );
}

function Environment({ run: { history, about } }: { run: Run }): JSX.Element {
  const t = useSay();
  const { run } = history;
  const hosts = HOSTS.flatMap((host) => history.hosts[host] ?? []);
  return (
    <details class="environment">
      <summary>
        <h2>{t('Environment')}</h2>
      </summary>
      <dl>
        <dt>{t('backend')}</dt>
        <dd>{`${run?.backend ?? ''}: ${run === undefined ? '' : t(run.reason)}`}</dd>
        <dt>{t('started')}</dt>
        <dd>{run?.startedAt}</dd>
        <dt>{t('command')}</dt>
        <dd class="code">{about.command.join(' ')}</dd>
      </dl>
      <div class="hosts">
        {hosts.map((host) => (
          <Host key={host.host} host={host} />
        ))}
      </div>
    </details>
  );
}

function Host({ host }: { host: EventOf<'host'> }): JSX.Element {
  const t = useSay();
  const rows: [string, string][] = [
    [t('kernel'), host.kernel],
    [t('address'), `${host.address}, ${host.mac}, mtu ${host.mtu}`],
    [t('route'), host.route],
    ...Object.entries(host.tools),
    ...Object.entries(host.sysctls),
  ];
  return (
    <table>
      <caption>{t(host.host)}</caption>
      <tbody>
        {rows.map(([name, value]) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td>{value}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

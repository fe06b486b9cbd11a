import type { JSX } from 'preact';
import type { Run } from '../run.ts';
import { useSay } from '../contexts.ts';
import type { Change, View } from '../view.ts';

/** No list is longer: the others are in the ladder of all. */
const MOST = 300;

/** Which connection is looked at, where there are several. */
export function Connections({
  run: { ladder },
  view,
  change,
}: {
  run: Run;
  view: View;
  change: Change;
}): JSX.Element | null {
  const t = useSay();
  if (ladder.connections.length < 2) return null;
  return (
    <label class="connections">
      {t('Connection')}{' '}
      <select
        value={String(view.focus)}
        onChange={({ currentTarget: { value } }) => {
          change({
            focus: value === 'all' ? 'all' : Number(value),
            event: undefined,
            now: ladder.end,
          });
        }}
      >
        <option value="all">{t('all {n}', { n: ladder.connections.length })}</option>
        {ladder.connections.map(({ client, server }, index) =>
          index < MOST || index === ladder.main ? (
            <option key={index} value={index}>
              {`client:${client.port} > server:${server.port}`}
              {index === ladder.main ? ` (${t('what the lab is about')})` : ''}
            </option>
          ) : null,
        )}
      </select>
    </label>
  );
}

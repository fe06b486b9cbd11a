import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { LabEvent } from '../../../evidence/events.ts';
import type { History } from '../../../history/history.ts';
import { eventWords } from '../inspector/event-words.ts';
import { useSay } from '../contexts.ts';
import { useMarks } from '../contexts.ts';
import type { Looking, View } from '../view.ts';

/** So many events a page of the table: a run may have tens of thousands. */
const PAGE = 200;

/** Every event of the stream, as it is in events.ndjson. */
export function EventsTable({ scene, view, pick }: Looking): JSX.Element {
  const t = useSay();
  const { events, history } = scene.run;
  const [page, setPage] = useState(0);
  const last = Math.floor((events.length - 1) / PAGE);
  return (
    <section class="events">
      <h2>{t('All {n} events', { n: events.length })}</h2>
      <Pages page={page} last={last} go={setPage} />
      <Table
        events={events.slice(page * PAGE, (page + 1) * PAGE)}
        history={history}
        view={view}
        pick={pick}
      />
    </section>
  );
}

function Table({
  events,
  history,
  view,
  pick,
}: {
  events: readonly LabEvent[];
  history: History;
  view: View;
  pick: (seq: number) => void;
}): JSX.Element {
  const t = useSay();
  const marks = useMarks();
  const heads = ['#', t('time (s)'), t('what'), t('host'), t('details')];
  return (
    <table>
      <thead>
        <tr>
          {heads.map((head) => (
            <th key={head} scope="col">
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {events.map((event) => (
          <tr
            key={event.seq}
            class={`${marks.has(event.seq) ? 'marked' : ''} ${view.event === event.seq ? 'chosen' : ''}`}
            aria-current={view.event === event.seq ? 'true' : undefined}
          >
            <td>
              <button
                type="button"
                class="link"
                onClick={() => {
                  pick(event.seq);
                }}
              >
                {event.seq}
              </button>
            </td>
            <td class="number">{(event.t / 1e9).toFixed(6)}</td>
            <td>{t(event.type)}</td>
            <td>{'host' in event ? t(event.host) : ''}</td>
            <td class="code">{eventWords(event, history, t)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Pages({
  page,
  last,
  go,
}: {
  page: number;
  last: number;
  go: (page: number) => void;
}): JSX.Element | null {
  const t = useSay();
  if (last === 0) return null;
  const to = (wanted: number) => () => {
    go(wanted);
  };
  return (
    <p class="pages">
      <button type="button" disabled={page === 0} onClick={to(page - 1)}>
        ‹ {t('earlier')}
      </button>
      <span>{t('page {page} of {all}', { page: page + 1, all: last + 1 })}</span>
      <button type="button" disabled={page === last} onClick={to(page + 1)}>
        {t('later')} ›
      </button>
    </p>
  );
}

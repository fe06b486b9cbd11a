import type { JSX } from 'preact';
import { ignoredSegments, isFull, type AcceptQueue } from '../../../history/accept-queue.ts';
import { useSay } from '../contexts.ts';
import type { Run } from '../run.ts';
import type { View } from '../view.ts';
import { usedQueues } from './queue-rows.ts';
import { Slots } from './slots.tsx';

/** The accept queues in which connections have waited, as they are at the moment. */
export function Queues({
  run,
  view: { now },
  pick,
}: {
  run: Run;
  view: View;
  pick: (seq: number) => void;
}): JSX.Element | null {
  const queues = usedQueues(run.history);
  if (queues.length === 0) return null;
  return (
    <section class="queues">
      {queues.map((queue) => (
        <Queue key={`${queue.host} ${queue.local.port}`} {...{ queue, run, now, pick }} />
      ))}
    </section>
  );
}

function Queue({
  queue: { host, local, readings },
  run,
  now,
  pick,
}: {
  queue: AcceptQueue;
  run: Run;
  now: number;
  pick: (seq: number) => void;
}): JSX.Element | null {
  const t = useSay();
  const reading = readings.findLast((one) => one.t <= now);
  const dropped = [...ignoredSegments(run.history)].filter(
    ({ segment, arrived }) =>
      segment.dst.port === local.port && arrived?.host === host && arrived.t <= now,
  ).length;
  if (reading === undefined) return null;
  const { length, backlog, waiting, requests, event } = reading;
  return (
    <figure class="queue">
      <figcaption>
        {t('accept queue of port {port}', { port: local.port })}{' '}
        <button
          type="button"
          class="link"
          onClick={() => {
            pick(event);
          }}
        >
          {t('{length} of {places}', { length, places: backlog + 1 })}
        </button>
        {isFull(reading) && <b class="full"> {t('full')}</b>}
      </figcaption>
      <Slots {...{ length, backlog, waiting }} />
      <p class="aside">
        {requests.length > 0 &&
          `${t('SYN queue: {n}', { n: requests.length })} (${requests
            .slice(0, 4)
            .map(({ port }) => port)
            .join(', ')}${requests.length > 4 ? ', ...' : ''}) `}
        {dropped > 0 && <b>{t('dropped, since it was full: {n}', { n: dropped })}</b>}
      </p>
    </figure>
  );
}

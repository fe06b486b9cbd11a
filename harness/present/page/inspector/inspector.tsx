import type { JSX } from 'preact';
import type { EventOf, LabEvent } from '../../../evidence/events.ts';
import { errnoWords } from './event-words.ts';
import { FrameBytes } from '../fields/frame-bytes.tsx';
import type { Scene } from '../ladder/scene.ts';
import { useSay } from '../contexts.ts';
import { StateName } from '../state-diagram/state-name.tsx';
import { seconds } from '../words.ts';
import { flagNames } from '../../../tcp/frame/flags.ts';

/** The chosen event, opened: a segment's fields and bytes, what `ss` printed, a call, a line. */
export function Inspector({
  scene,
  event,
  pick,
}: {
  scene: Scene;
  event: LabEvent | undefined;
  pick: (seq: number) => void;
}): JSX.Element {
  const t = useSay();
  if (event === undefined) {
    return (
      <section class="inspector empty">
        <p>{t('Choose a segment, a state or a sample of ss to open it.')}</p>
      </section>
    );
  }
  return (
    <section class="inspector">
      <h2>
        {titleOf(event, t)}
        <small>
          {seconds(event.t)} s · <a href={`#e=${event.seq}`}>#{event.seq}</a>
        </small>
      </h2>
      <Opened scene={scene} event={event} pick={pick} />
    </section>
  );
}

function titleOf(event: LabEvent, t: (text: string) => string): string {
  switch (event.type) {
    case 'packet':
      return event.segment === undefined ? t('a frame') : flagNames(event.segment.flags);
    case 'sample':
      return `ss (${t(event.host)})`;
    case 'transition':
      return t("the kernel's tracepoint");
    case 'call':
      return `${event.call} (${t(event.host)})`;
    case 'output':
      return `${event.stream} (${t(event.host)})`;
    default:
      return t(event.type);
  }
}

function Opened({
  scene,
  event,
  pick,
}: {
  scene: Scene;
  event: LabEvent;
  pick: (seq: number) => void;
}): JSX.Element {
  switch (event.type) {
    case 'packet':
      return <FrameBytes scene={scene} event={event} pick={pick} />;
    case 'sample':
      return <Sample event={event} />;
    case 'transition':
      return (
        <p>
          <StateName state={event.from} /> → <StateName state={event.to} />{' '}
          <small>
            {event.local.address}:{event.local.port} · {event.command} {event.pid}
          </small>
        </p>
      );
    case 'call':
      return <p class="code">{errnoWords(event)}</p>;
    case 'output':
      return <pre>{event.line}</pre>;
    default:
      return <pre>{JSON.stringify(bare(event), null, 1)}</pre>;
  }
}

function Sample({ event }: { event: EventOf<'sample'> }): JSX.Element {
  const t = useSay();
  return (
    <>
      <p class="code dim">$ {event.command}</p>
      <pre class="wrapped">
        {event.rows.length === 0 ? t('no socket') : event.rows.map(({ line }) => line).join('\n')}
      </pre>
    </>
  );
}

function bare({ seq: _, t: __, ...rest }: LabEvent): object {
  return rest;
}

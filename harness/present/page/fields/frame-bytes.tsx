import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { EventOf } from '../../../evidence/events.ts';
import { Fields } from './fields.tsx';
import type { Frame } from '../run.ts';
import type { Scene } from '../ladder/scene.ts';
import { useSay } from '../contexts.ts';
import { duration } from '../../../words/units.ts';

type Packet = EventOf<'packet'>;

/** A captured frame: where it was seen, its fields and its bytes. */
export function FrameBytes({
  scene,
  event,
  pick,
}: {
  scene: Scene;
  event: Packet;
  pick: (seq: number) => void;
}): JSX.Element {
  const t = useSay();
  const [frame, setFrame] = useState<Frame>();
  useEffect(() => {
    let current = true;
    void scene.run.pcaps[event.host].frame(event.frame).then((opened) => {
      if (current) setFrame(opened);
    });
    return () => {
      current = false;
    };
  }, [event]);
  const other = otherCapture(scene, event);
  return (
    <>
      <p class="dim">
        {t('{host}.pcap, frame {n}', { host: event.host, n: event.frame })}
        {other !== undefined && (
          <>
            {' · '}
            <button
              type="button"
              class="link"
              onClick={() => {
                pick(other.seq);
              }}
            >
              {t('also {host}.pcap, frame {n}', { host: other.host, n: other.frame })}
            </button>{' '}
            ({duration(other.t - event.t)})
          </>
        )}
      </p>
      {frame !== undefined && <Fields key={event.seq} frame={frame} />}
    </>
  );
}

/** The same segment at the other end. */
function otherCapture(
  { run: { events }, rows, rowOf }: Scene,
  { seq }: Packet,
): Packet | undefined {
  const row = rows[rowOf.get(seq) ?? -1];
  if (row?.kind !== 'segment') return undefined;
  const other = [row.sent?.seq, row.arrived?.seq].find((one) => one !== undefined && one !== seq);
  const event = other === undefined ? undefined : events[other];
  return event?.type === 'packet' ? event : undefined;
}

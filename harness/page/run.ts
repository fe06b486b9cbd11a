import type { EventOf, HostName, LabEvent } from '../evidence/events.ts';
import { ladderOf } from '../report/ladder/ladder.ts';
import type { Ladder } from '../report/ladder/types.ts';
import { readPcap } from '../tcp/pcap.ts';
import { part, textPart } from './inflate.ts';
import type { About } from './parts.ts';

/** A run as the page has it. */
export interface Run {
  about: About;
  /** By their numbers: `events[7].seq` is 7. */
  events: readonly LabEvent[];
  ladder: Ladder;
  pcaps: Record<HostName, Pcap>;
}

/** A capture: inflated when something of it is first wanted. */
export interface Pcap {
  file(): Promise<Uint8Array>;
  /** The octets of a frame; the first is 1, as in Wireshark. */
  frame(index: number): Promise<Uint8Array | undefined>;
}

export async function loadRun(): Promise<Run> {
  const [about, ndjson] = await Promise.all([textPart('about.json'), textPart('events.ndjson')]);
  const events = JSON.parse(`[${ndjson.trimEnd().replaceAll('\n', ',')}]`) as LabEvent[];
  return {
    about: JSON.parse(about) as About,
    events,
    ladder: ladderOf(events),
    pcaps: { server: pcap('server'), client: pcap('client') },
  };
}

function pcap(host: HostName): Pcap {
  let file: Promise<Uint8Array> | undefined;
  let frames: Promise<Uint8Array[]> | undefined;
  const whole = (): Promise<Uint8Array> => (file ??= part(`${host}.pcap`));
  const all = (): Promise<Uint8Array[]> =>
    (frames ??= whole().then((bytes) => readPcap(bytes).frames.map(({ data }) => data)));
  return { file: whole, frame: async (index) => (await all())[index - 1] };
}

/** The events of one type. */
export const eventsOf = <T extends LabEvent['type']>(
  events: readonly LabEvent[],
  type: T,
): EventOf<T>[] => events.filter((event): event is EventOf<T> => event.type === type);

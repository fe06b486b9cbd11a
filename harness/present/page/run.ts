import type { HostName, LabEvent } from '../../evidence/events.ts';
import { historyOf, type History } from '../../history/history.ts';
import { ladderOf } from '../ladder/ladder.ts';
import type { Ladder } from '../ladder/types.ts';
import { fieldsOf, type Field } from './fields/words.ts';
import type { Catalogue } from '../../texts/translate.ts';
import { part, textPart } from './inflate.ts';
import { openPcap, type OpenPcap } from '../../tcp/capture/pcap.ts';
import { parseVisible } from '../visible.ts';
import type { About } from './parts.ts';

/** A run as the page has it. */
export interface Run {
  texts: Record<'zh', Catalogue>;
  about: About;
  /** By their numbers: `events[7].seq` is 7. */
  events: readonly LabEvent[];
  history: History;
  ladder: Ladder;
  pcaps: Record<HostName, Pcap>;
}

/** A capture: inflated when something of it is first wanted. */
export interface Pcap {
  file(): Promise<Uint8Array>;
  /** The fields of a frame, and its octets; the first frame is 1, as in Wireshark. */
  frame(index: number): Promise<Frame>;
}

export interface Frame {
  octets: Uint8Array;
  fields: readonly Field[];
}

/** The run with all its texts as they are shown; what is downloaded is as it was. */
export async function loadRun(): Promise<Run> {
  const names = ['about.json', 'texts.json', 'events.ndjson'] as const;
  const [about = '', texts = '', ndjson = ''] = await Promise.all(names.map(textPart));
  const events = parseVisible(`[${ndjson.trimEnd().replaceAll('\n', ',')}]`) as LabEvent[];
  return {
    texts: parseVisible(texts) as Run['texts'],
    about: parseVisible(about) as About,
    events,
    history: historyOf(events),
    ladder: ladderOf(events),
    pcaps: { server: pcap('server'), client: pcap('client') },
  };
}

function pcap(host: HostName): Pcap {
  let inflated: Promise<Uint8Array> | undefined;
  let opened: Promise<OpenPcap> | undefined;
  const file = (): Promise<Uint8Array> => (inflated ??= part(`${host}.pcap`));
  return {
    file,
    frame: async (index) => {
      opened ??= file().then(openPcap);
      const { linkType, octets, cut } = (await opened).frame(index);
      return { octets, fields: fieldsOf(octets, linkType, cut) };
    },
  };
}

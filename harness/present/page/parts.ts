import type { Definition } from '../../vocabulary/define.ts';
import type { Difference } from '../../evidence/summary.ts';
import type { Chapter } from '../../words/glossary.ts';
import type { Language } from '../../texts/language.ts';

/** What a report holds of its run beside the bundle's own files. */
export interface About {
  /** The lab's own words, where the lab is there. */
  lab?: Pick<Definition, 'explanation' | 'sources' | 'notice' | 'next'>;
  /** What the words mean. */
  glossary?: readonly Chapter[];
  /** Where the documents say otherwise than the lab shows. */
  claims: readonly Difference[];
  /** What was typed. */
  command: readonly string[];
  /** The language that was asked for; else it is the reader's browser's. */
  language?: Language;
}

/** The data inside a report, each a file of its own: gzip, then base64. */
export const PARTS = [
  'about.json',
  'texts.json',
  'events.ndjson',
  'server.pcap',
  'client.pcap',
] as const;
export type Part = (typeof PARTS)[number];

/** The data as a report holds them: each compressed with gzip. */
export type Parts = Readonly<Record<Part, Uint8Array>>;

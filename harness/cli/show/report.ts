import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { HostName, LabEvent } from '../../evidence/events.ts';
import { formatEvents } from '../../evidence/stream.ts';
import { GLOSSARY } from '../../words/glossary.ts';
import { chineseFor } from '../../texts/zh/index.ts';
import { pageHtml } from '../../present/page/html.ts';
import type { About } from '../../present/page/parts.ts';
import { asked } from '../language.ts';
import { page } from './page.ts';

/** The report's name in a bundle. It is made of the bundle's other files, so no manifest lists it. */
export const REPORT = 'report.html';

/** A run and what its report says of it. */
export interface Reported {
  events: readonly LabEvent[];
  pcaps: Record<HostName, Uint8Array>;
  about: About;
}

/** Writes the report of a run into its bundle; returns its path. */
export async function writeReport(dir: string, run: Reported): Promise<string> {
  const file = join(dir, REPORT);
  await writeFile(file, await reportHtml(run));
  return file;
}

export async function reportHtml({ events, pcaps, about }: Reported): Promise<string> {
  const [built, aboutJson, texts, ndjson, server, client] = await Promise.all([
    page(),
    compress(JSON.stringify({ ...about, glossary: GLOSSARY, ...(asked && { language: asked }) })),
    compress(JSON.stringify({ zh: chineseFor(textsOf(events, about)) })),
    compress(formatEvents(events)),
    compress(pcaps.server),
    compress(pcaps.client),
  ]);
  const parts = {
    'about.json': aboutJson,
    'texts.json': texts,
    'events.ndjson': ndjson,
    'server.pcap': server,
    'client.pcap': client,
  };
  return pageHtml({ ...built, title: titleOf(events), parts });
}

/** What this run and its lab say: what other labs say need not be translated in its report. */
function textsOf(events: readonly LabEvent[], { lab, claims }: About): string[] {
  const said = events.flatMap((event) => {
    if (event.type === 'run') return [event.title];
    return event.type === 'step' ? [event.title.text] : [];
  });
  const claimed = claims.flatMap(({ claim, kernel, why, since }) => [claim, kernel, why, since]);
  const ofLab = lab && [lab.explanation, ...lab.sources, ...(lab.notice ? [lab.notice] : [])];
  const meant = GLOSSARY.flatMap(({ title, terms }) => [title, ...terms.map((one) => one.meaning)]);
  return [...said, ...claimed, ...(ofLab ?? []), ...meant];
}

function titleOf(events: readonly LabEvent[]): string {
  const run = events.find(({ type }) => type === 'run');
  return run?.type === 'run' ? `${run.lab}: ${run.title}` : 'Socket Lab';
}

/** Fast rather than small: nobody should feel that a report is written. */
const compress = (content: string | Uint8Array): Promise<Uint8Array> =>
  promisify(gzip)(content, { level: 3 });

import type { EventOf, HostName, LabEvent, SampleEvent } from '../evidence/events.ts';
import type { SocketRow } from '../tcp/ss.ts';
import { failed, type Evaluation, type View } from './expectation.ts';
import { seconds, socketInWords } from './format.ts';

type Sample = EventOf<'sample'>;

/** A socket as it was seen. Times are ns since the run began. */
export interface Sighting {
  row: SocketRow;
  /** Its sample began then: it was so by then. */
  t: number;
  /** The host's sample before ended then, and showed no such thing: it became so after that. */
  after?: number;
}

/** Docker's own sockets, its name server's among them, are no business of a lab's. */
const ofTheLab = (row: SocketRow): boolean => !row.local.address.startsWith('127.0.0.11');

/**
 * The sockets of a sample that have a state. Since iproute2 6.8 and Linux 6.8 `ss` shows bound
 * sockets that are CLOSED as well: not every host can, so no lab counts them.
 */
export const rowsOf = (sample: SampleEvent): SocketRow[] =>
  sample.rows.filter((row) => ofTheLab(row) && row.state !== 'CLOSED');

const samplesOf = (events: readonly LabEvent[], host: HostName): Sample[] =>
  events.filter((event): event is Sample => event.type === 'sample' && event.host === host);

/** A host's samples that began after the expectation was stated, in order. */
export const samplesSince = ({ events, from, since }: View, host: HostName): Sample[] =>
  samplesOf(events.slice(from), host).filter(({ began }) => began >= since);

/** The first sample since the statement with a row that fits. */
export function sight(
  view: View,
  host: HostName,
  fits: (row: SocketRow) => boolean,
): { sample: Sample; sighting: Sighting } | undefined {
  for (const sample of samplesSince(view, host)) {
    const row = rowsOf(sample).find(fits);
    if (row === undefined) continue;
    const before = samplesOf(view.events, host).findLast(({ ended }) => ended <= sample.began);
    const after = before === undefined || rowsOf(before).some(fits) ? {} : { after: before.ended };
    return { sample, sighting: { row, t: sample.began, ...after } };
  }
  return undefined;
}

/**
 * What was there instead: the last sight in one line, each different one below with what it
 * differed in.
 */
export function sightings(
  samples: readonly Sample[],
  matches: (row: SocketRow) => boolean,
  nothing: string,
  differences: (row: SocketRow) => string[] = () => [],
  inWords: (row: SocketRow) => string = socketInWords,
): Evaluation<never> {
  let last = 'no sample of its sockets';
  let previous: string | undefined;
  const lines: string[] = [];
  for (const sample of samples) {
    const row = rowsOf(sample).find(matches);
    last = row === undefined ? nothing : inWords(row);
    const differs = row === undefined ? '' : differences(row).join('; ');
    const line = `${last}${differs === '' ? '' : `  (${differs})`}`;
    // A timer counts down in every sample: a line each is for what changed beside it.
    const kind =
      row === undefined ? '' : `${row.state} ${row.recvQ} ${row.sendQ} ${row.timer?.name ?? ''}`;
    if (kind !== previous) lines.push(`#${sample.seq} at ${seconds(sample.began)}: ${line}`);
    previous = kind;
  }
  return failed(
    last,
    samples.slice(-1).map(({ seq }) => seq),
    lines,
  );
}

import type { CapturedStream } from '../../history/captured.ts';
import { endpointText } from '../../tcp/endpoint.ts';
import { ladderOfStream } from '../ladder/ladder.ts';
import { renderLadder } from './ladder/ladder-text.ts';
import type { Style } from './style.ts';
import { wrap } from './wrap.ts';

/** A capture that is no run's, as a whole. */
export interface AboutCapture {
  file: string;
  frames: number;
  segments: number;
  streams: number;
  /** Its frames that are no TCP segment: what they are instead, and how many of each. */
  others: ReadonlyMap<string, number>;
}

/** What the ladders below it are of, and who says what they say: lines without line ends. */
export function renderCaptureHead(about: AboutCapture, style: Style): string[] {
  const { colors, columns, t } = style;
  const { file, others } = about;
  const counts = { frames: about.frames, segments: about.segments, streams: about.streams };
  const head = t('{file}: frames: {frames}, TCP segments: {segments}, streams: {streams}', {
    file,
    ...counts,
  });
  const passed = othersText(others, style);
  const notes = [
    ...(passed === '' ? [] : [t('not TCP over IPv4: {list}', { list: passed })]),
    t(
      'Nobody looked at the sockets: the states (marked ?) are inferred from the segments by the diagram of RFC 9293. A segment is drawn as arriving when it was captured.',
    ),
  ];
  return [
    ...wrap(head, columns).map((line) => colors.bold(line)),
    ...notes.flatMap((note) => wrap(note, columns)).map((line) => colors.dim(line)),
    '',
  ];
}

/** `3 udp, 1 arp`. */
export const othersText = (others: ReadonlyMap<string, number>, { t }: Pick<Style, 't'>): string =>
  [...others]
    .sort(([, a], [, b]) => b - a)
    .map(([what, n]) => `${n} ${what}`)
    .join(t(', '));

/** One stream of it, by Wireshark's number, as a ladder. */
export function renderStream(number: number, stream: CapturedStream, style: Style): string[] {
  const { colors, columns, t } = style;
  const { connection, segments } = stream;
  const head = t('stream {number}: {client} to {server}, segments: {n}', {
    number,
    client: endpointText(connection.client),
    server: endpointText(connection.server),
    n: segments.length,
  });
  return [
    ...wrap(head, columns).map((line) => colors.bold(line)),
    ...renderLadder(ladderOfStream(stream), { ...style, mark: '?' }),
    '',
  ];
}

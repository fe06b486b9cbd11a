import { streamsOf } from '../../history/captured.ts';
import {
  othersText,
  renderCaptureHead,
  renderStream,
} from '../../present/terminal/capture-text.ts';
import { styleFor } from '../../present/terminal/style.ts';
import { told } from '../../told.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { t } from '../language.ts';
import { remark, tell } from '../process.ts';
import { CaptureError, nothingIn, readCaptureFile } from './capture-file.ts';

/** More ladders than these are not read at once. */
const MOST = 10;

/** Draws the streams of a capture one after the other, or the one that is asked for. */
export async function showCapture(file: string, wanted?: number): Promise<ExitCode> {
  const style = styleFor(process.stdout, process.env, t);
  const capture = await readCaptureFile(file);
  const { frames, segments, others, damage } = capture;
  const streams = streamsOf(segments);
  if (streams.length === 0) throw nothingIn(file, capture, othersText(others, style));
  const last = streams.length - 1;
  if (wanted !== undefined && wanted > last)
    throw new CaptureError(
      told('{path} has the streams 0 to {m}: {n} is none of them', {
        path: file,
        m: last,
        n: wanted,
      }),
    );
  const counts = { frames, segments: segments.length, streams: streams.length };
  const numbers = wanted === undefined ? [...streams.keys()].slice(0, MOST) : [wanted];
  const lines = [
    ...renderCaptureHead({ file, ...counts, others }, style),
    ...numbers.flatMap((n) => {
      const stream = streams[n];
      return stream === undefined ? [] : renderStream(n, stream, style);
    }),
  ];
  const left = streams.length - numbers.length;
  if (wanted === undefined && left > 0)
    lines.push(t('and {n} streams more: --stream N draws one, 0 to {m}', { n: left, m: last }));
  tell(...lines);
  if (damage === undefined) return EXIT.passed;
  const what = t('{path}: {why}; what is before that is shown', { path: file, why: damage.told });
  remark(`lab: ${what}`);
  return EXIT.refused;
}

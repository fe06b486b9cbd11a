import type { Catalogue } from '../translate.ts';
import { cli } from './cli.ts';
import { closing } from './labs/closing.ts';
import { opening } from './labs/opening.ts';
import { ports } from './labs/ports.ts';
import { queue } from './labs/queue.ts';
import { resets } from './labs/resets.ts';
import { timeWait } from './labs/time-wait.ts';
import { bundles } from './recorded/bundles.ts';
import { expected } from './recorded/expected.ts';
import { instead } from './recorded/instead.ts';
import { machine } from './recorded/machine.ts';
import { written } from './recorded/written.ts';
import { report } from './report.ts';

/** Every text of ours in Chinese, room by room. */
export const PARTS: readonly Catalogue[] = [
  opening,
  queue,
  closing,
  timeWait,
  ports,
  resets,
  expected,
  instead,
  written,
  machine,
  bundles,
  report,
  cli,
];

export const CHINESE: Catalogue = Object.assign({}, ...PARTS) as Catalogue;

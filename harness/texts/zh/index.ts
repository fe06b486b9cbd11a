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

/** What labs say of themselves. */
const LABS: readonly Catalogue[] = [opening, queue, closing, timeWait, ports, resets];

/** Every text of ours in Chinese, room by room. */
export const PARTS: readonly Catalogue[] = [
  ...LABS,
  expected,
  instead,
  written,
  machine,
  bundles,
  report,
  cli,
];

export const CHINESE: Catalogue = Object.assign({}, ...PARTS) as Catalogue;

/** All but what other labs say than the one that has these texts. */
export function chineseFor(texts: readonly string[]): Catalogue {
  const own = new Set(texts.map((text) => text.replace(/\s+/g, ' ').trim()));
  const others = Object.keys(Object.assign({}, ...LABS) as Catalogue).filter(
    (text) => !text.includes('{') && !own.has(text),
  );
  const left = new Set(others);
  return Object.fromEntries(Object.entries(CHINESE).filter(([text]) => !left.has(text)));
}

import type { Catalogue } from '../translate.ts';
import { cli } from './cli.ts';
import { of000 } from './claims/000.ts';
import { of001 } from './claims/001.ts';
import { of002 } from './claims/002.ts';
import { of003 } from './claims/003.ts';
import { of004 } from './claims/004.ts';
import { commands } from './commands.ts';
import { glossary } from './glossary.ts';
import { ladder } from './ladder.ts';
import { closing } from './labs/closing.ts';
import { notices } from './labs/notices.ts';
import { opening } from './labs/opening.ts';
import { ports } from './labs/ports.ts';
import { queue } from './labs/queue.ts';
import { resets } from './labs/resets.ts';
import { timeWait } from './labs/time-wait.ts';
import { machineReports } from './machine-reports.ts';
import { diagram } from './page/diagram.ts';
import { fields } from './page/fields.ts';
import { page } from './page/page.ts';
import { bundles } from './recorded/bundles.ts';
import { expected } from './recorded/expected.ts';
import { instead } from './recorded/instead.ts';
import { machine } from './recorded/machine.ts';
import { written } from './recorded/written.ts';
import { ownLabs } from './own-labs.ts';
import { report } from './report.ts';
import { quiz } from './quiz.ts';
import { walk } from './walk.ts';

/** What labs say of themselves. */
const LABS: readonly Catalogue[] = [opening, queue, closing, timeWait, ports, resets, notices];

/** What the documents say. */
const CLAIMS: readonly Catalogue[] = [of000, of001, of002, of003, of004];

/** Every text of ours in Chinese, part by part. */
export const PARTS: readonly Catalogue[] = [
  ...LABS,
  expected,
  instead,
  written,
  machine,
  bundles,
  ...CLAIMS,
  report,
  cli,
  commands,
  glossary,
  ownLabs,
  ladder,
  walk,
  quiz,
  machineReports,
  page,
  fields,
  diagram,
];

export const CHINESE: Catalogue = Object.assign({}, ...PARTS) as Catalogue;

/**
 * All but the glossary, and what other labs say, and the documents about them, than the one that has
 * these texts.
 */
export function chineseFor(texts: readonly string[]): Catalogue {
  const own = new Set(texts.map((text) => text.replace(/\s+/g, ' ').trim()));
  const others = Object.keys(Object.assign({}, ...LABS, ...CLAIMS, glossary) as Catalogue).filter(
    (text) => !text.includes('{') && !own.has(text),
  );
  const left = new Set(others);
  return Object.fromEntries(Object.entries(CHINESE).filter(([text]) => !left.has(text)));
}

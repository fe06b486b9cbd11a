import { isDeepStrictEqual } from 'node:util';
import { BundleError, readBundle } from '../evidence/bundle.ts';
import { crossCheck } from '../evidence/cross-check.ts';
import { summarize, type Summary } from '../evidence/summary.ts';
import type { Lab } from './define.ts';
import { replay } from './replay.ts';

export interface Verification {
  summary: Summary;
  events: number;
  verdicts: number;
}

/**
 * Checks a bundle without hosts, root or network: it is as it was written, its witnesses agree, and
 * the lab's own code reaches the same verdicts over it.
 * @throws BundleError saying what is wrong and where
 */
export async function verify(dir: string, labs: readonly Lab[]): Promise<Verification> {
  const { events, pcaps, result } = await readBundle(dir);
  const summary = summarize(events);
  const lab = labs.find(({ name }) => name === summary.lab);
  if (lab === undefined) {
    const known = labs.map(({ name }) => name).join(', ');
    throw new BundleError(`${dir}: there is no lab '${summary.lab}' (labs: ${known})`);
  }
  try {
    crossCheck(events, pcaps);
    const { verdicts } = await replay(lab, events);
    if (!isDeepStrictEqual(evidenceOf(summary), evidenceOf(result)))
      throw new Error('result.json is not what the events say');
    return { summary, events: events.length, verdicts };
  } catch (cause) {
    throw new BundleError(`${dir}: ${(cause as Error).message}`, { cause });
  }
}

/** A document's claim may be worded anew without making an older run untrue. */
const evidenceOf = ({ claims: _, ...evidence }: Summary): Omit<Summary, 'claims'> => evidence;

import { isDeepStrictEqual } from 'node:util';
import { readBundle } from '../evidence/bundle.ts';
import type { EventOf, LabEvent } from '../evidence/events.ts';
import { aboutRun, EvidenceError } from '../evidence/manifest.ts';
import { summarize, type Summary } from '../evidence/summary.ts';
import { checkInvariants, InvariantError } from '../invariants/invariants.ts';
import type { Lab } from '../vocabulary/define.ts';
import { notPinned } from './pinned.ts';
import { ContradictionError } from './replay-session.ts';
import { replay } from './replay.ts';
import { told, ToldError, type Told } from '../told.ts';

export interface Verification {
  summary: Summary;
  events: number;
  verdicts: number;
  /** Its lab is not the one that ran, by its code or by the harness; it says the same of the run. */
  changed: boolean;
}

/** How it is judged. */
interface Judging {
  /** Today's version: a bundle of another one is said to be so. */
  harness?: string;
  /** Why a lab is not among those that were given; the bundle may say in which file it stood. */
  whyNone?: (lab: string, file?: string) => Told | undefined;
}

/** The evidence holds, but the lab is no longer the one that ran, and does not say the same of it. */
export class LabChangedError extends ToldError {
  override readonly name = 'LabChangedError';
  readonly reason: Told;
  constructor(dir: string, reason: Told, options?: ErrorOptions) {
    super(told('{dir}: {why}', { dir, why: reason }), options);
    this.reason = reason;
  }
}

/** The evidence holds, but nobody here knows the lab that ran. */
export class LabUnknownError extends ToldError {
  override readonly name = 'LabUnknownError';
  readonly reason: Told;
  constructor(dir: string, reason: Told) {
    super(told('{dir}: {why}', { dir, why: reason }));
    this.reason = reason;
  }
}

/**
 * Checks a bundle without hosts, root or network: it is as it was written, its witnesses agree, and
 * the lab's own code reaches the same verdicts over it.
 * @throws BundleError when there is none, EvidenceError saying what is wrong and where,
 *   LabChangedError, LabUnknownError
 */
export async function verify(
  dir: string,
  labs: readonly Lab[],
  { harness, whyNone = () => undefined }: Judging = {},
): Promise<Verification> {
  const { manifest, events, pcaps, result } = await readBundle(dir);
  if (!isDeepStrictEqual(manifest, { ...aboutRun(events), files: manifest.files }))
    throw new EvidenceError(dir, told('manifest.json is not what the events say'));
  refuseContradictory(dir, events, pcaps);
  const summary = summarize(events);
  if (!isDeepStrictEqual(evidenceOf(summary), evidenceOf(result)))
    throw new EvidenceError(dir, told('result.json is not what the events say'));
  const run = events[0] as EventOf<'run'>;
  const lab = labs.find(({ name }) => name === run.lab);
  if (lab === undefined) {
    const place = events.find((event) => event.type === 'expect')?.at;
    const none = told("there is no lab '{name}'", { name: run.lab });
    throw new LabUnknownError(dir, whyNone(run.lab, place?.file) ?? none);
  }
  const change = changeOf(run, lab, harness);
  const verdicts = await judge(dir, lab, events, change);
  return { summary, events: events.length, verdicts, changed: change !== undefined };
}

/** What is not as it was when the lab ran. */
function changeOf(
  { labHash, harness: then }: EventOf<'run'>,
  { source }: Lab,
  now: string = then,
): Told | undefined {
  if (labHash !== source?.hash) return told('the lab has changed since');
  if (then === now) return undefined;
  return told('Socket Lab has changed since (it was {then}, this is {now})', { then, now });
}

async function judge(
  dir: string,
  lab: Lab,
  events: readonly LabEvent[],
  change: Told | undefined,
): Promise<number> {
  try {
    const differs = notPinned(lab, events);
    if (differs !== undefined) throw new ContradictionError(differs.event, differs.found);
    return (await replay(lab, events)).verdicts;
  } catch (cause) {
    if (!(cause instanceof ContradictionError)) throw cause;
    if (change === undefined) throw new EvidenceError(dir, cause.told, { cause });
    const params = { what: change, why: cause.told };
    throw new LabChangedError(dir, told("{what}; judged by today's lab: {why}", params), { cause });
  }
}

function refuseContradictory(dir: string, ...evidence: Parameters<typeof checkInvariants>): void {
  try {
    checkInvariants(...evidence);
  } catch (cause) {
    if (!(cause instanceof InvariantError)) throw cause;
    throw new EvidenceError(dir, cause.told, { cause });
  }
}

/** A document's claim may be worded anew without making an older run untrue. */
const evidenceOf = ({ claims: _, ...evidence }: Summary): Omit<Summary, 'claims'> => evidence;

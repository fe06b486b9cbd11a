import { readdir } from 'node:fs/promises';
import { readBundle } from '../../evidence/bundle.ts';
import { coverageOf, observedIn, promisedBy, type LabCoverage } from '../../catalogue/coverage.ts';
import { coverageAsJson } from '../../present/machine/coverage-json.ts';
import { renderCoverage } from '../../present/terminal/coverage-text.ts';
import { styleFor } from '../../present/terminal/style.ts';
import { jsonText } from '../../present/visible.ts';
import type { CoverageFlags } from '../command-line.ts';
import { EXIT, gravest, type ExitCode } from '../exit-codes.ts';
import { UsageError } from '../errors.ts';
import { isLabFile, labsToTell } from '../labs.ts';
import { t } from '../language.ts';
import { handOver, tell } from '../process.ts';
import { told } from '../../told.ts';

/**
 * `coverage [PATH...]`: which states and edges of the state diagram the labs promise to show, ours or
 * those at a path; of bundles, which ones those runs have really shown. 1 when there is something that none shows.
 */
export async function coverage(
  dirs: readonly string[],
  { json }: CoverageFlags,
): Promise<ExitCode> {
  const places = await Promise.all(dirs.map(isLabs));
  const isPromised = places.every((one) => one);
  if (!isPromised && places.includes(true))
    throw new UsageError(told('coverage is of labs or of bundles: name one kind'));
  const { labs, code } = isPromised ? await promised(dirs) : await observed(dirs);
  const covered = coverageOf(labs);
  if (json === true) handOver(`${jsonText(coverageAsJson(covered))}\n`);
  else {
    const runs = dirs.length === 1 ? told('this run has shown') : told('these runs have shown');
    const whose = isPromised ? told('the labs show') : runs;
    const style = styleFor(process.stdout, process.env, t);
    tell(...renderCoverage(covered, whose, style));
  }
  return gravest([code, covered.missing.length === 0 ? EXIT.passed : EXIT.failed]);
}

interface Covered {
  labs: LabCoverage[];
  code: ExitCode;
}

/** A file is a lab's; a folder is a bundle, or holds some, unless labs lie in it. */
async function isLabs(path: string): Promise<boolean> {
  const names = await readdir(path).catch(() => undefined);
  return names === undefined ? isLabFile(path) : names.some(isLabFile);
}

async function promised(paths: readonly string[]): Promise<Covered> {
  const { labs, code } = await labsToTell(paths);
  return { labs: labs.map(promisedBy), code };
}

/** One after the other: bundles are large. */
async function observed(dirs: readonly string[]): Promise<Covered> {
  const labs: LabCoverage[] = [];
  for (const dir of dirs) labs.push(observedIn((await readBundle(dir)).events));
  return { labs, code: EXIT.passed };
}

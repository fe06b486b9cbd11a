import { readBundle } from '../../evidence/bundle.ts';
import { labNames, loadLabs } from '../../catalogue/catalogue.ts';
import { coverageOf, observedIn, promisedBy, type LabCoverage } from '../../catalogue/coverage.ts';
import { coverageAsJson } from '../../present/machine/coverage-json.ts';
import { renderCoverage } from '../../present/terminal/coverage-text.ts';
import { styleFor } from '../../present/terminal/style.ts';
import { jsonText } from '../../present/visible.ts';
import type { CoverageFlags } from '../command-line.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { t } from '../language.ts';
import { handOver, tell } from '../process.ts';
import { told } from '../../told.ts';

/**
 * `coverage [DIR...]`: which states and edges of the state diagram the labs promise to show; of
 * bundles, which ones those runs have really shown. 1 when there is something that none shows.
 */
export async function coverage(
  dirs: readonly string[],
  { json }: CoverageFlags,
): Promise<ExitCode> {
  const covered = coverageOf(dirs.length === 0 ? await promised() : await observed(dirs));
  if (json === true) handOver(`${jsonText(coverageAsJson(covered))}\n`);
  else {
    const runs = dirs.length === 1 ? told('this run has shown') : told('these runs have shown');
    const whose = dirs.length === 0 ? told('the labs show') : runs;
    const style = styleFor(process.stdout, process.env, t);
    tell(...renderCoverage(covered, whose, style));
  }
  return covered.missing.length === 0 ? EXIT.passed : EXIT.failed;
}

const promised = async (): Promise<LabCoverage[]> =>
  (await loadLabs(await labNames())).map(promisedBy);

/** One after the other: bundles are large. */
async function observed(dirs: readonly string[]): Promise<LabCoverage[]> {
  const all: LabCoverage[] = [];
  for (const dir of dirs) all.push(observedIn((await readBundle(dir)).events));
  return all;
}

import { writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { indexHtml } from '../../present/page/index-html.ts';
import { t } from '../language.ts';
import type { Finished } from '../run/one.ts';
import type { PlannedRun } from '../run/plan.ts';
import { REPORT } from './report.ts';

/** Writes `index.html` over the labs of a run into `dir`, in the run's own order; returns its path. */
export async function writeIndex(
  dir: string,
  runs: readonly PlannedRun[],
  finished: readonly Finished[],
): Promise<string> {
  const lines = runs.flatMap(({ lab: { name, title } }) =>
    finished
      .filter(({ lab }) => lab === name)
      .map((one) => ({ ...one, title, ...(one.bundle && { href: linkTo(dir, one.bundle) }) })),
  );
  const file = join(dir, 'index.html');
  await writeFile(file, indexHtml(lines, t));
  return file;
}

/** As a URL: a folder's name may hold anything. */
const linkTo = (dir: string, bundle: string): string =>
  [...relative(dir, bundle).split(/[\\/]/), REPORT].map(encodeURIComponent).join('/');

import { readdir } from 'node:fs/promises';
import { relative } from 'node:path';
import type { LabEvent } from '../../evidence/events.ts';
import type { Outcome } from '../../run/run.ts';
import { labReport } from '../../present/machine/lab-report.ts';
import type { LabReport } from '../../present/machine/run-report.ts';
import { ladderOf } from '../../present/ladder/ladder.ts';
import { renderLadder } from '../../present/terminal/ladder/ladder-text.ts';
import { plainStyle } from '../../present/terminal/style.ts';

/** Columns of a picture in a report: as wide as web pages show without scrolling. */
const COLUMNS = 100;

/** What machines are told of a lab that was run. */
export async function reportLab(
  { lab, status, stream, took }: Outcome,
  message: string | undefined,
  troubles: string[],
  bundle: string | undefined,
): Promise<LabReport> {
  return labReport(
    stream.events,
    {
      lab,
      status,
      troubles,
      took: took.total,
      ...(message !== undefined && { message }),
      ...(bundle !== undefined && { bundle: await filesOf(bundle) }),
    },
    draw,
  );
}

const draw = (events: readonly LabEvent[]): string[] =>
  renderLadder(ladderOf(events), plainStyle(COLUMNS));

/** CI wants paths that are relative to where it runs; GitLab shows one file: the page for people. */
async function filesOf(bundle: string): Promise<{ folder: string; files: string[] }> {
  const path = relative(process.cwd(), bundle);
  const files = (await readdir(bundle)).filter((file) => !file.startsWith('.')).sort();
  const pages = files.filter((file) => file.endsWith('.html'));
  const rest = files.filter((file) => !file.endsWith('.html'));
  return { folder: path.startsWith('..') ? bundle : path, files: [...pages, ...rest] };
}

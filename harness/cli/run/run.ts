import { dirname } from 'node:path';
import pLimit from 'p-limit';
import { milliseconds } from '../../vocabulary/within.ts';
import { gravest, type ExitCode } from '../exit-codes.ts';
import { abortOnSignals, onBrokenOutput } from '../process.ts';
import type { RunFlags } from '../command-line.ts';
import { runOne, type Finished } from './one.ts';
import { plan, type Plan, type PlannedRun, type Prepared } from './plan.ts';
import { openScreen, type Screen } from './screen.ts';
import { openWalk } from './walk/screen.ts';
import { nameBroken } from '../labs.ts';
import { UsageError } from '../errors.ts';
import { told } from '../../told.ts';

/** `npm run lab -- [NAME...]`: runs the labs, or lists them when none is named. */
export async function runOrList(names: string[], flags: RunFlags): Promise<ExitCode> {
  if (names.length > 0 || flags.all === true)
    return run(await ready(await plan(names, flags, process.env)));
  // These two have defaults: they are always there.
  const given = Object.keys(flags).filter((name) => name !== 'jobs' && name !== 'reporter');
  const [option = flags.reporter.length > 0 ? 'reporter' : undefined] = given;
  if (option !== undefined)
    throw new UsageError(told('--{name} needs labs to run: name some, or --all', { name: option }));
  const { list } = await import('../list/list.ts');
  return list();
}

/** @throws BackendError when nothing here can make the hosts: reports for machines say so, too */
async function ready({ planned, wanted, selection }: Prepared): Promise<Plan> {
  if (!(selection instanceof Error)) return { ...selection, ...planned };
  if (planned.reporters.length > 0) {
    const { reportUntried } = await import('./write-reports.ts');
    await reportUntried(planned, wanted, selection);
  }
  throw selection;
}

async function run(plan: Plan): Promise<ExitCode> {
  const interruption = new AbortController();
  abortOnSignals(interruption);
  // Nobody reads the events any more: as good as Ctrl-C.
  if (plan.json) {
    onBrokenOutput((stream) => {
      if (stream === 'stdout') interruption.abort();
    });
  }
  const began = new Date();
  const finished = await runAll(plan, interruption);
  const codes = [nameBroken(plan.broken), ...finished.map(({ code }) => code)];
  if (plan.reporters.length === 0) return gravest(codes);
  const { writeReports } = await import('./write-reports.ts');
  return gravest([...codes, await writeReports(plan, finished, began)]);
}

async function runAll(plan: Plan, interruption: AbortController): Promise<Finished[]> {
  const screen = plan.walking
    ? openWalk(plan.walking, () => {
        interruption.abort();
      })
    : openScreen(plan);
  try {
    const limit = pLimit(plan.jobs);
    const finished = await Promise.all(
      inOrder(plan).map((one) => limit(() => runOne(one, plan, screen, interruption.signal))),
    );
    if (finished.length > 1) await printOverview(finished, plan, screen);
    return finished;
  } finally {
    screen.close();
  }
}

/**
 * Side by side, labs that wait for the kernel, the longest first, in turn with labs that keep the
 * machine busy, of which the later in teaching order do more. One at a time they keep their order.
 */
function inOrder({ runs, jobs, slow }: Plan): PlannedRun[] {
  if (jobs === 1) return runs;
  const wait = ({ lab: { waits } }: PlannedRun): number =>
    milliseconds((slow ? waits?.slow : undefined) ?? waits?.always ?? '0s');
  const waiting = runs.filter((one) => wait(one) > 0).sort((a, b) => wait(b) - wait(a));
  const busy = runs.filter((one) => wait(one) === 0).reverse();
  const turns = Array.from({ length: runs.length }, (_, turn) => [waiting[turn], busy[turn]]);
  return turns.flat().filter((one) => one !== undefined);
}

async function printOverview(
  finished: Finished[],
  { runs, tell }: Plan,
  screen: Screen,
): Promise<void> {
  const { renderCounts, renderOverview } = await import('../../present/terminal/overview-text.ts');
  // In a line each they have been told already.
  const overview = tell === 'quiet' ? renderCounts : renderOverview;
  screen.print(overview(finished, screen.style));
  const { bundle } = finished.find((one) => one.bundle !== undefined) ?? {};
  if (bundle === undefined) return;
  const { writeIndex } = await import('../show/index-page.ts');
  screen.print([await writeIndex(dirname(bundle), runs, finished)]);
}

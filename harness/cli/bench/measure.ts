import { execa } from 'execa';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { BackendName } from '../../backend/backend.ts';
import type { LabEvent } from '../../evidence/events.ts';
import { labTime, listenTimes, longestTimeout } from './figures.ts';
import { interrupted, median, timed } from './process.ts';

/** What `npm run lab` runs: npm itself would take the signal first. */
const START = fileURLToPath(new URL('../start/start.mjs', import.meta.url));
const RENDER = fileURLToPath(new URL('render.ts', import.meta.url));

/** Milliseconds, each of as many runs. */
export interface Figures {
  /** `npm run lab -- wrong-port`, from prompt to prompt. */
  whole: number[];
  /** Of that, the lab's own code. */
  lab: number[];
  /** From the order to start a server to the return of its listen(). */
  listen: number[];
  /** From Ctrl-C in the middle of `time-wait` to the prompt. */
  interrupt: number[];
  /** Ladder and report of a `time-wait`, rendered. */
  shown: number[];
  /** `npm run lab -- --all -j 8`, from prompt to prompt. */
  all: number[];
  /** The longest wait in it that the kernel imposes. */
  wait: number[];
}

/** A bare node process: the measure of how fast this machine is just now. */
export async function baseline(runs: number): Promise<number> {
  const times: number[] = [];
  for (let i = 0; i < runs; i++) times.push((await timed([process.execPath, '-e', '0'])).ms);
  return median(times);
}

/** Runs the real command line, nothing beside it. @throws Error when a lab does not pass */
export async function measure(
  backend: BackendName,
  runs: number,
  say: (line: string) => void,
): Promise<Figures> {
  const figures: Figures = {
    whole: [],
    lab: [],
    listen: [],
    interrupt: [],
    shown: [],
    all: [],
    wait: [],
  };
  say(`${backend}: warming up`);
  await run(['wrong-port'], backend);
  for (let i = 1; i <= runs; i++) {
    say(`${backend}: wrong-port, run ${i} of ${runs}`);
    const { ms, events } = await run(['wrong-port'], backend);
    figures.whole.push(ms);
    figures.lab.push(...events.map(labTime));
    figures.listen.push(...events.flatMap(listenTimes));
  }
  for (let i = 1; i <= runs; i++) {
    say(`${backend}: Ctrl-C, run ${i} of ${runs}`);
    const lab = [process.execPath, START, 'time-wait', '--json', '--backend', backend];
    figures.interrupt.push(await interrupted(lab, 'FIN-WAIT-1'));
  }
  say(`${backend}: ladder and report, ${runs} runs`);
  figures.shown.push(...(await showTimes(backend, runs)));
  for (let i = 1; i <= runs; i++) {
    say(`${backend}: --all -j 8, run ${i} of ${runs}`);
    const { ms, events } = await run(['--all', '-j', '8'], backend);
    figures.all.push(ms);
    figures.wait.push(Math.max(...events.map(longestTimeout)));
  }
  return figures;
}

/** What was recorded of a run of `time-wait`. @throws Error when it does not pass */
export async function recorded(backend: BackendName): Promise<LabEvent[]> {
  const { events } = await run(['time-wait'], backend);
  return events[0] ?? [];
}

/** Of a bundle that is made once, each time in a new process. */
async function showTimes(backend: BackendName, runs: number): Promise<number[]> {
  const dir = await mkdtemp(join(tmpdir(), 'socket-lab-bench-'));
  try {
    const bundle = join(dir, 'time-wait');
    const made = await timed(lineOf(['time-wait'], backend, bundle));
    if (made.status !== 0) throw new Error(`time-wait: ${made.stderr}`);
    const render = async (): Promise<number> =>
      Number((await execa(process.execPath, ['--import', 'tsx', RENDER, bundle])).stdout);
    // The page's script is built when it is first wanted.
    await render();
    const times: number[] = [];
    for (let i = 0; i < runs; i++) times.push(await render());
    return times;
  } finally {
    await rm(dir, { recursive: true });
  }
}

const lineOf = (args: string[], backend: BackendName, dir: string): string[] => [
  ...['npm', 'run', '-s', 'lab', '--', ...args],
  ...['--backend', backend, '--out', dir],
];

async function run(
  args: string[],
  backend: BackendName,
): Promise<{ ms: number; events: LabEvent[][] }> {
  const dir = await mkdtemp(join(tmpdir(), 'socket-lab-bench-'));
  try {
    const line = lineOf(args, backend, dir);
    const { ms, status, stderr } = await timed(line);
    if (status !== 0)
      throw new Error(`${line.join(' ')}: exit status ${String(status)}\n${stderr}`);
    return { ms, events: await readAll(dir) };
  } finally {
    await rm(dir, { recursive: true });
  }
}

/** The events of every bundle under a folder. */
async function readAll(dir: string): Promise<LabEvent[][]> {
  const files = await readdir(dir, { recursive: true });
  return Promise.all(
    files
      .filter((file) => file.endsWith('events.ndjson'))
      .map(async (file) =>
        (await readFile(join(dir, file), 'utf8'))
          .trimEnd()
          .split('\n')
          .map((line) => JSON.parse(line) as LabEvent),
      ),
  );
}

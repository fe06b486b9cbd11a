import type { BackendName } from '../../backend/backend.ts';
import { duration } from '../../words/units.ts';
import { table } from '../../present/terminal/table.ts';
import type { Figures } from './measure.ts';
import { median } from './process.ts';

/** Medians in milliseconds; `times` tells them as multiples of a bare node process. */
export interface Result {
  runs: number;
  node: string;
  /** Milliseconds of `node -e 0`, measured beside the runs. */
  baseline: number;
  backends: Partial<Record<BackendName, Medians>>;
}

export interface Medians {
  whole: number;
  lab: number;
  listen: number;
  interrupt: number;
  shown: number;
  all: number;
  wait: number;
  /** What `--all` takes beyond the longest wait that the kernel imposes. */
  beyond: number;
}

export function medians({ whole, lab, listen, interrupt, shown, all, wait }: Figures): Medians {
  const beyond = all.map((ms, i) => ms - (wait[i] ?? 0));
  return {
    whole: median(whole),
    lab: median(lab),
    listen: median(listen),
    interrupt: median(interrupt),
    shown: median(shown),
    all: median(all),
    wait: median(wait),
    beyond: median(beyond),
  };
}

/** What is promised, in milliseconds. */
const GOALS: Record<BackendName, Partial<Medians>> = {
  netns: { whole: 1500, listen: 150, interrupt: 2000, shown: 150, all: 30_000 },
  docker: { whole: 3000, listen: 150, interrupt: 2000, shown: 150, all: 60_000 },
};

const ROWS: [keyof Medians, string][] = [
  ['whole', 'wrong-port, prompt to prompt'],
  ['lab', '  of which the lab itself'],
  ['listen', 'server started to LISTEN'],
  ['interrupt', 'Ctrl-C to prompt'],
  ['shown', 'ladder and report of time-wait'],
  ['all', '--all -j 8, prompt to prompt'],
  ['wait', "  of which the kernel's longest wait"],
  ['beyond', '  beyond that'],
];

export function present({ runs, node, baseline, backends }: Result): string[] {
  const names = Object.keys(backends) as BackendName[];
  const head = ['', ...names.flatMap((name) => [name, 'x node', 'goal'])];
  const rows = ROWS.map(([key, title]) => [
    title,
    ...names.flatMap((name) => {
      const value = backends[name]?.[key] ?? NaN;
      const goal = GOALS[name][key];
      return [
        duration(value * 1e6),
        (value / baseline).toFixed(1),
        goal === undefined ? '' : duration(goal * 1e6),
      ];
    }),
  ]);
  const bare = `medians of ${runs} runs; x node: as multiples of 'node -e 0' (${node}), ${duration(baseline * 1e6)}`;
  const align = ['left' as const, ...names.flatMap(() => Array<'right'>(3).fill('right'))];
  return [...table([head, ...rows], align, Infinity), '', bare];
}

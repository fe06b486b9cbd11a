import type { BackendName } from '../../backend/backend.ts';
import { duration } from '../../words/units.ts';
import { table } from '../../present/terminal/table.ts';
import type { Figures } from './measure.ts';
import { SIZES, STAGES, type Growth } from './growth.ts';
import { median } from './process.ts';

/** Medians in milliseconds; `times` tells them as multiples of a bare node process. */
export interface Result {
  runs: number;
  node: string;
  /** Milliseconds of `node -e 0`, measured beside the runs. */
  baseline: number;
  backends: Partial<Record<BackendName, Medians>>;
  growth: Partial<Growth>;
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

export function present({ runs, node, baseline, backends, growth }: Result): string[] {
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
  return [...table([head, ...rows], align, Infinity), '', bare, ...grown(growth)];
}

/** What an event costs in longer runs, and how many times what it costs in the shortest. */
function grown(growth: Partial<Growth>): string[] {
  const head = ['CPU time an event', ...SIZES.flatMap((size) => [`${size} packets`, ''])];
  const rows = Object.keys(STAGES).flatMap((stage) => {
    const costs = growth[stage as keyof Growth];
    if (costs === undefined) return [];
    const cells = costs.flatMap((us, i) => [
      `${us.toFixed(1)} us`,
      i === 0 ? '' : `x ${(us / (costs[0] ?? NaN)).toFixed(1)}`,
    ]);
    return [[stage, ...cells]];
  });
  if (rows.length === 0) return [];
  const align = ['left' as const, ...SIZES.flatMap(() => Array<'right'>(2).fill('right'))];
  return ['', ...table([head, ...rows], align, Infinity)];
}

import { relative } from 'node:path';
import type { Reporter, TestModule } from 'vitest/node';

const SHOWN = 10;

/** Says at the end of a run which files took longest, so that nobody has to look for it. */
export default class Slowest implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const files = modules
      .map((module) => ({ file: relative('', module.moduleId), ms: wholeOf(module) }))
      .sort((a, b) => b.ms - a.ms);
    const all = files.reduce((sum, { ms }) => sum + ms, 0);
    const lines = files
      .slice(0, SHOWN)
      .map(
        ({ file, ms }) =>
          `${seconds(ms)} ${String(Math.round((100 * ms) / all)).padStart(3)} %  ${file}`,
      );
    if (files.length > 1)
      console.log(['', "Slowest files, of all files' time together:", ...lines, ''].join('\n'));
  }
}

/** Milliseconds: its imports, hooks and tests. */
function wholeOf(module: TestModule): number {
  const { collectDuration, setupDuration, duration } = module.diagnostic();
  return collectDuration + setupDuration + duration;
}

const seconds = (ms: number): string => `${(ms / 1000).toFixed(1).padStart(7)} s`;

import type { LabEvent } from '../../evidence/events.ts';
import type { Guide } from '../../lab/walk/walk.ts';
import { styleFor, type Style } from '../../report/style.ts';
import { liveDisplay } from './live-display.ts';
import type { Plan } from './plan.ts';
import { plainDisplay } from './plain-display.ts';

/** Shows that labs run. It never holds more than what they are at now. */
export interface Display {
  started(lab: string): void;
  event(lab: string, event: LabEvent): void;
  finished(lab: string): void;
  /** Writes text that stays, through `write`. */
  keep(write: () => void): void;
  close(): void;
}

/** Everything people see of a run: progress and remarks on stderr, results on stdout. */
export interface Screen extends Omit<Display, 'keep'> {
  style: Style;
  /** Who asks, where somebody walks through the run whose events these are. */
  guide?: (events: readonly LabEvent[]) => Guide;
  /** A result. With `--json` stdout is for the events, and this goes to stderr. */
  print(text: string): void;
  /** A remark about a lab. */
  say(lab: string, line: string): void;
}

export function openScreen({ json, backend, reason }: Plan): Screen {
  const results = json ? process.stderr : process.stdout;
  const live = process.stderr.isTTY && process.env['TERM'] !== 'dumb';
  const display = live
    ? liveDisplay(process.stderr)
    : plainDisplay(process.stderr, styleFor(process.stderr, process.env).signs);
  const remark = (text: string): void => {
    display.keep(() => process.stderr.write(text));
  };
  if (!live) remark(`${backend.name}: ${reason}\n`);
  return {
    style: styleFor(results, process.env),
    ...display,
    print: (text) => {
      display.keep(() => results.write(text));
    },
    say: (lab, line) => {
      remark(`${lab}: ${line}\n`);
    },
  };
}

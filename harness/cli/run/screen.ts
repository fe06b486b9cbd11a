import type { LabEvent } from '../../evidence/events.ts';
import type { Guide } from '../../run/walk/walk.ts';
import { styleFor, type Style } from '../../present/terminal/style.ts';
import { t } from '../language.ts';
import { liveDisplay, plainDisplay, type Display } from './display.ts';
import type { Plan } from './plan.ts';
import { watchLadder } from './watch.ts';
import type { Told } from '../../told.ts';

/** Everything people see of a run: progress and remarks on stderr, results on stdout. */
export interface Screen extends Omit<Display, 'keep'> {
  style: Style;
  /** Who asks, where somebody walks through the run whose events these are. */
  guide?: (events: readonly LabEvent[]) => Guide;
  /** A result; to stderr when stdout is for machines (`--json`, a reporter without a file). */
  print(text: string): void;
  /** A remark about a lab. */
  say(lab: string, remark: Told): void;
}

export function openScreen({ json, reporters, watch }: Plan): Screen {
  const forMachines = json || reporters.some(({ file }) => file === undefined);
  const results = forMachines ? process.stderr : process.stdout;
  const live = process.stderr.isTTY && process.env['TERM'] !== 'dumb';
  const display = displayFor(live, watch);
  const write = (text: string): void => {
    display.keep(() => process.stderr.write(text));
  };
  const screen: Screen = {
    style: styleFor(results, process.env, t),
    ...display,
    print: (text) => {
      display.keep(() => results.write(text));
    },
    say: (lab, remark) => {
      write(`${lab}: ${t(remark)}\n`);
    },
  };
  return watch ? watched(screen) : screen;
}

function displayFor(live: boolean, watch: boolean): Display {
  if (live) return liveDisplay(process.stderr, t);
  // A ladder that grows says where the lab is.
  return watch ? silent : plainDisplay(process.stderr, t);
}

const silent: Display = {
  started: () => undefined,
  event: () => undefined,
  finished: () => undefined,
  keep: (write) => {
    write();
  },
  close: () => undefined,
};

/** The same screen, with the ladder of its one lab. */
function watched(screen: Screen): Screen {
  const ladder = watchLadder(screen.style, (text) => {
    screen.print(text);
  });
  return {
    ...screen,
    event: (lab, event, events) => {
      screen.event(lab, event, events);
      ladder.event(event);
    },
    finished: (lab) => {
      ladder.finish();
      screen.finished(lab);
    },
  };
}

import type { HostName, LabEvent } from '../../../evidence/events.ts';
import type { Guide } from '../../../lab/walk/walk.ts';
import { styleFor } from '../../../report/style.ts';
import { english } from '../../../texts/say.ts';
import { linesToText } from '../../output.ts';
import { plainDisplay } from '../plain-display.ts';
import type { Screen } from '../screen.ts';
import { TerminalGuide } from './guide.ts';
import { Keys } from './keys.ts';
import { Score } from './score.ts';

/** How a run is walked. */
export interface Walking {
  /** Somebody is asked what will happen before it does. */
  predict: boolean;
}

/** A screen at which somebody walks: lines that stay, and a guide who asks for keys. */
export function openWalk({ predict }: Walking, quit: () => void): Screen {
  const style = styleFor(process.stdout, process.env);
  const write = (text: string): void => {
    process.stdout.write(text);
  };
  const display = plainDisplay(process.stdout, style.signs, Infinity);
  const keys = new Keys(process.stdin, quit);
  const score = predict ? new Score() : undefined;
  const say = (lines: readonly string[]): void => {
    write(linesToText(lines));
  };
  let guide: TerminalGuide | undefined;
  return {
    style,
    ...display,
    guide: (events) => {
      guide = new TerminalGuide(
        events,
        { key: () => keys.next(), say },
        { t: english, style },
        score,
      );
      return guide;
    },
    finished: (lab) => {
      display.finished(lab);
      if (score !== undefined && score.asked > 0)
        say([english('predicted: {score}', { score: guide?.scoreLine() ?? '' })]);
    },
    print: write,
    say: (lab, line) => {
      write(`${lab}: ${line}\n`);
    },
    close: () => {
      keys.close();
      display.close();
    },
  };
}

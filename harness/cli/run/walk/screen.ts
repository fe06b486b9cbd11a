import type { LabEvent } from '../../../evidence/events.ts';
import { historyOf, type History } from '../../../history/history.ts';
import { eventLine } from '../../../present/terminal/walk/event-line.ts';
import { styleFor } from '../../../present/terminal/style.ts';
import { t } from '../../language.ts';
import { tell } from '../../process.ts';
import type { Screen } from '../screen.ts';
import type { Walking } from './allowed.ts';
import { TerminalGuide } from './guide.ts';
import { Keys } from './keys.ts';
import { Page } from './page.ts';
import { Quiz } from './quiz.ts';

/** A screen at which somebody walks: lines that stay, and a guide who asks for keys. */
export function openWalk({ predict }: Walking, quit: () => void): Screen {
  const dress = { t, style: styleFor(process.stdout, process.env, t) };
  const page = new Page(tell);
  const keys = new Keys(process.stdin, quit);
  const quiz = predict ? new Quiz() : undefined;
  let history: History | undefined;
  const event = (event: LabEvent): void => {
    const line = history && eventLine(event, history.catchUp(), dress);
    if (line !== undefined) page.say(line.split('\n'));
  };
  return {
    style: dress.style,
    started: () => {
      page.say([t('two hosts are set up; q ends it at any time')]);
    },
    event: (_lab, one) => {
      event(one);
    },
    guide: (events) => {
      history = historyOf(events);
      return new TerminalGuide(events, { key: () => keys.next(), page }, dress, quiz);
    },
    finished: () => {
      page.show();
      page.say(['']);
    },
    print: (lines) => {
      tell(...lines);
    },
    say: (lab, remark) => {
      page.say(`${lab}: ${t(remark)}`.split('\n'));
    },
    close: () => {
      page.show();
      keys.close();
    },
  };
}

import type { EventOf } from '../../evidence/events.ts';
import type { Signs } from '../../report/style.ts';
import type { Display } from './screen.ts';

/** Milliseconds after which it is said what a lab waits for. */
const LONG = 5000;

/** Lines that stay: a step when it begins, a verdict, and a long wait when it has become one. */
export function plainDisplay(stream: NodeJS.WritableStream, signs: Signs): Display {
  const waits = new Map<string, NodeJS.Timeout>();
  const texts = new Map<string, string>();
  const say = (lab: string, line: string): void => {
    stream.write(`${lab}: ${line}\n`);
  };
  const forget = (key: string): void => {
    clearTimeout(waits.get(key));
    waits.delete(key);
    texts.delete(key);
  };
  return {
    started: () => undefined,
    event: (lab, event) => {
      if (event.type === 'step' && event.phase === 'begin') say(lab, event.title);
      if (event.type === 'expect') {
        texts.set(`${lab} ${event.id}`, event.text);
        const late = (): void => {
          say(lab, `waiting for ${event.text}`);
        };
        waits.set(`${lab} ${event.id}`, setTimeout(late, LONG));
      }
      if (event.type === 'verdict') {
        const key = `${lab} ${event.id}`;
        say(lab, verdictLine(event, texts.get(key) ?? '', signs));
        forget(key);
      }
    },
    finished: (lab) => {
      for (const key of waits.keys()) if (key.startsWith(`${lab} `)) forget(key);
    },
    keep: (write) => {
      write();
    },
    close: () => {
      for (const key of waits.keys()) forget(key);
    },
  };
}

/** The reason of a failure says what was expected, too; its evidence comes with the result. */
function verdictLine({ verdict, seen }: EventOf<'verdict'>, text: string, signs: Signs): string {
  return verdict === 'met'
    ? `${signs.met} ${text}`
    : `${signs.failed} ${seen.split('\n')[0] ?? ''}`;
}

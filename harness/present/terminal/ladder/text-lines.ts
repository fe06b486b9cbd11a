import type { HostName } from '../../../evidence/events.ts';
import { wrap } from '../wrap.ts';
import { beside } from './arrow.ts';
import type { Line } from './layout.ts';

/** A text on the side of its host; the first line says when. */
export function textLines(text: string, host: HostName, columns: number, t?: number): Line[] {
  return inFewLines(text, columns - 2).map((line, i) => ({
    ...(i === 0 && t !== undefined ? { t } : {}),
    between: beside(line, host, columns),
  }));
}

/** What a program sends or prints may be long. */
const MOST = 4;

function inFewLines(text: string, columns: number): string[] {
  const lines = wrap(text, columns).flatMap(
    (line) => line.match(new RegExp(`.{1,${columns}}`, 'g')) ?? [],
  );
  return lines.length <= MOST ? lines : [...lines.slice(0, MOST - 1), '...'];
}

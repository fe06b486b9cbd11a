import { visible } from '../visible.ts';
import { asSgr } from './style.ts';

/**
 * Lines as a terminal gets them, the one place where text becomes what a terminal obeys: our own
 * colours go through, and whatever else would move a cursor, colour, hide or reorder text stands there
 * to be read, whoever it is from. A line is a line: a line end in one is shown, too.
 */
export const forTerminal = (lines: readonly string[]): string =>
  lines.map((line) => `${asSgr(line, visible)}\n`).join('');

import { describe, expect, test } from 'vitest';
import type { Cell, Matrix } from '../../history/matrix.ts';
import { chinese } from '../../texts/language.ts';
import { english } from '../../texts/say.ts';

import { told } from '../../told.ts';
import { renderMatrix } from './matrix-text.ts';
import { styleFor, type Style } from './style.ts';

const plain = (columns = 80): Style => ({ ...styleFor({}, { LANG: 'C.UTF-8' }, english), columns });
const cell = (
  row: number,
  column: number,
  outcomes: Cell['outcomes'],
  verdict: Cell['verdict'] = 'met',
) => ({ row, column, outcomes, verdict, steps: [], stated: [] }) satisfies Cell;

const MATRIX: Matrix = {
  rows: [told('LISTEN'), told('{state}, {how}', { state: 'TIME-WAIT', how: told('orphaned') })],
  columns: [told('neither has SO_REUSEADDR'), told('both have it')],
  cells: [
    cell(0, 0, ['EADDRINUSE']),
    cell(0, 1, ['EADDRINUSE', null]),
    cell(1, 0, ['EACCES'], 'failed'),
    cell(1, 1, [null]),
  ],
};
const text = (matrix: Matrix, style = plain()): string =>
  `\n${renderMatrix(matrix, style).join('\n')}\n`;

describe('a table that a lab has filled in', () => {
  test('has headings that end right above their columns', () => {
    expect(text(MATRIX)).toMatchInlineSnapshot(`
      "
                           neither has
                           SO_REUSEADDR  both have it
      LISTEN               EADDRINUSE    EADDRINUSE, ✓
      TIME-WAIT, orphaned  ✗ EACCES      ✓
      ✓: the calls succeed; the name of an error: they fail with it
      "
    `);
  });

  test('in Chinese', () => {
    expect(text(MATRIX, { ...plain(), t: chinese })).toMatchInlineSnapshot(`
      "
                           两者都没有
                           SO_REUSEADDR  两者都有
      LISTEN               EADDRINUSE    EADDRINUSE, ✓
      TIME-WAIT，已成孤儿  ✗ EACCES      ✓
      ✓：调用成功；错误名：调用以此错误失败
      "
    `);
  });

  test('a cell a line where the columns do not fit', () => {
    expect(text(MATRIX, plain(44))).toMatchInlineSnapshot(`
      "
      LISTEN
        neither has SO_REUSEADDR: EADDRINUSE
        both have it: EADDRINUSE, ✓
      TIME-WAIT, orphaned
        neither has SO_REUSEADDR: ✗ EACCES
        both have it: ✓
      ✓: the calls succeed; the name of an error:
      they fail with it
      "
    `);
  });

  test('of verdicts, where no call was expected to do anything; some missing', () => {
    const cells = [cell(0, 0, []), cell(0, 1, [], 'failed'), cell(1, 1, [], 'untried')];
    expect(text({ ...MATRIX, cells })).toMatchInlineSnapshot(`
      "
                           neither has
                           SO_REUSEADDR  both have it
      LISTEN               ✓             ✗
      TIME-WAIT, orphaned                ·
      "
    `);
  });

  test('a call that succeeded where it was to fail is no tick', () => {
    const cells = [cell(0, 0, [null], 'failed')];
    expect(text({ ...MATRIX, cells })).not.toMatch(/LISTEN.*✓/);
  });

  test('colours take no room', () => {
    const tty = { ...styleFor({ isTTY: true }, { LANG: 'C.UTF-8' }, english), columns: 80 };
    const bare = text(MATRIX, tty).replace(/\x1b\[[^m]*m/g, '');
    expect(bare.replace(/ +\n/g, '\n')).toBe(text(MATRIX));
  });
});

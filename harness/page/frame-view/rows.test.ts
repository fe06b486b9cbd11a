import { describe, expect, test } from 'vitest';
import { tcpFrame } from '../../tcp/fixtures.ts';
import { fieldsOf } from '../decode-fields.ts';
import { aboveOf, pathAt, rowsOf, turnFor } from './rows.ts';

const fields = fieldsOf(tcpFrame({ payload: [65] }));
const names = (open: string[]): string[] =>
  rowsOf(fields, new Set(open)).map(({ field, level }) => `${' '.repeat(level)}${field.name}`);

describe('the tree of fields', () => {
  test('shows what is inside of open ones', () => {
    expect(names([])).toEqual([' Ethernet', ' IPv4', ' TCP', ' Payload']);
    expect(names(['0', '1.6'])).toEqual([
      ...[' Ethernet', '  Destination', '  Source', '  Type', ' IPv4', ' TCP', ' Payload'],
    ]);
    expect(names(['1', '1.6'])).toContain('   More fragments (MF)');
  });

  test('finds the innermost field of an octet, and what must be open for it', () => {
    const row = (octet: number): string | undefined => {
      const path = pathAt(fields, octet);
      return rowsOf(fields, new Set(aboveOf(path ?? ''))).find((one) => one.path === path)?.field
        .name;
    };
    expect([0, 12, 27, 36, 54].map(row)).toEqual([
      ...['Destination', 'Type', 'Source', 'Destination port', 'Payload'],
    ]);
    expect(row(55)).toBeUndefined();
    expect(aboveOf('2.6.3')).toEqual(['2', '2.6']);
  });

  test.each<[string, string, object | undefined]>([
    ['ArrowDown', '0', { to: '0.0' }],
    ['ArrowDown', '3', {}],
    ['ArrowUp', '1', { to: '0.2' }],
    ['ArrowUp', '0', {}],
    ['Home', '2', { to: '0' }],
    ['End', '0', { to: '3' }],
    ['ArrowRight', '0', { to: '0.0' }],
    ['ArrowRight', '1', { toggle: '1' }],
    ['ArrowRight', '3', {}],
    ['ArrowLeft', '0', { toggle: '0' }],
    ['ArrowLeft', '0.1', { to: '0' }],
    ['ArrowLeft', '1', {}],
    ['Enter', '1', { toggle: '1' }],
    [' ', '3', {}],
    ['a', '3', undefined],
  ])('%j at %s', (key, at, turn) => {
    expect(turnFor(key, rowsOf(fields, new Set(['0'])), at)).toEqual(turn);
  });
});

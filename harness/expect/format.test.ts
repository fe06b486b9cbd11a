import { describe, expect, test } from 'vitest';
import { parseSs } from '../tcp/tables/ss.ts';
import { milliseconds, socketInFull, socketInWords, span, spans } from './format.ts';

describe('a span of time', () => {
  test.each([
    [0, '0 ms'],
    [999.4, '999 ms'],
    [999.6, '1 s'],
    [1652, '1.7 s'],
    [60_000, '60 s'],
  ])('%d ms reads %s', (ms, text) => {
    expect(span(ms)).toBe(text);
  });

  test('between two', () => {
    expect(spans(50_000, 60_000)).toBe('50 s..60 s');
    expect(spans(7010, 7020)).toBe('7 s');
  });

  test.each([
    ['250ms', 250],
    ['3s', 3000],
    ['1.5 s', 1500],
    ['2min', 120_000],
  ])('%s is %d ms', (text, ms) => {
    expect(milliseconds(text)).toBe(ms);
  });

  test.each(['', '3', 's', '3 hours', '-1s', '1e3s'])('%j is none', (text) => {
    expect(() => milliseconds(text)).toThrow(`'${text}' is no duration (like 250ms, 3s, 2min)`);
  });
});

describe('a socket', () => {
  const words = (row: string): string[] => parseSs(row).map(socketInWords);

  test.each([
    ['ESTAB 0 0 10.0.0.1:6000 10.0.0.2:40000', 'ESTABLISHED'],
    ['ESTAB 5 0 10.0.0.1:6000 10.0.0.2:40000', 'ESTABLISHED, Recv-Q 5, Send-Q 0'],
    ['LISTEN 0 5 10.0.0.1:6000 0.0.0.0:*', 'LISTEN, Recv-Q 0, Send-Q 5'],
    [
      'SYN-SENT 0 1 10.0.0.2:40000 10.0.0.1:6000 timer:(on,1.652ms,2)',
      'SYN-SENT, Recv-Q 0, Send-Q 1, timer on 1.7 s, retransmitted 2 times',
    ],
    [
      'SYN-RECV 0 0 10.0.0.1:6000 10.0.0.2:40000 timer:(on,204ms,1)',
      'SYN-RECEIVED, timer on 204 ms, retransmitted once',
    ],
    [
      'TIME-WAIT 0 0 10.0.0.1:6000 10.0.0.2:40000 timer:(timewait,59sec,0)',
      'TIME-WAIT, timer timewait 59 s',
    ],
  ])('%s', (row, told) => {
    expect(words(row)).toEqual([told]);
  });

  test('with its addresses', () => {
    expect(parseSs('LISTEN 0 5 10.0.0.1:6000 0.0.0.0:*').map(socketInFull)).toEqual([
      '10.0.0.1:6000 to 0.0.0.0:*: LISTEN, Recv-Q 0, Send-Q 5',
    ]);
  });
});

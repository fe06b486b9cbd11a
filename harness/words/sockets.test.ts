import { describe, expect, test } from 'vitest';
import { parseSs } from '../tcp/tables/ss.ts';
import { english } from '../texts/say.ts';
import { socketInFull, socketInWords } from './sockets.ts';

describe('a socket', () => {
  const words = (row: string): string[] => parseSs(row).map((one) => socketInWords(one, english));

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
    expect(
      parseSs('LISTEN 0 5 10.0.0.1:6000 0.0.0.0:*').map((one) => socketInFull(one, english)),
    ).toEqual(['10.0.0.1:6000 to 0.0.0.0:*: LISTEN, Recv-Q 0, Send-Q 5']);
  });
});

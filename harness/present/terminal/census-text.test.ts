import { expect, test } from 'vitest';
import { renderCensus } from './census-text.ts';
import { english } from '../../texts/say.ts';
import { styleFor } from './style.ts';
import { told } from '../../told.ts';

const style = styleFor({}, { NO_COLOR: '1' }, english);

test("netstat's spelling, the count, RFC 9293's name; listeners apart", () => {
  const census = { 'TIME-WAIT': 18_122, LISTEN: 5, 'SYN-RECEIVED': 348, ESTABLISHED: 70 };
  expect(renderCensus(census, told('this machine'), style)).toEqual([
    'TCP sockets of this machine, counted by state as this does:',
    "  netstat -n | awk '/^tcp/ {++S[$NF]} END {for(a in S) print a, S[a]}'",
    '',
    'netstat      sockets  RFC 9293',
    'SYN_RECV         348  SYN-RECEIVED',
    'ESTABLISHED       70  ESTABLISHED',
    'TIME_WAIT      18122  TIME-WAIT',
    'total          18540',
    'LISTEN             5  not counted: netstat -n leaves listeners out',
  ]);
});

test('nothing at all', () => {
  expect(renderCensus({}, told('this machine'), style).slice(-2)).toEqual([
    'total          0',
    'LISTEN         0  not counted: netstat -n leaves listeners out',
  ]);
});

import { describe, expect, test } from 'vitest';
import { CallScriptError, parseCalls } from './call-script.ts';

/** Where hosts stand before a port. */
const addressed = (text: string): string => text.replace('server:', '10.0.0.1:');

describe('a script of calls', () => {
  test('has a call a line, perhaps with its result; comments and empty lines are nothing', () => {
    const script = `
      socket              = 3
      bind 3 server:6000            # any success
      # nothing
      connect 3 server:7000 = ECONNREFUSED
      accept 3            = 4 client:N
    `;
    expect(parseCalls(script, addressed)).toEqual([
      { call: 'socket', wanted: { result: '3' } },
      { call: 'bind 3 10.0.0.1:6000', wanted: {} },
      { call: 'connect 3 10.0.0.1:7000', wanted: { code: 'ECONNREFUSED' } },
      { call: 'accept 3', wanted: { result: '4 client:N' } },
    ]);
  });

  test('what stands in quotes is no comment, no result and no host', () => {
    const script = [
      'send 3 "a # b = c" = 9 # sent',
      'recv 3 = 9 "server:6000 = #1"',
      'send 3 "say \\"hi\\" # "',
    ];
    expect(parseCalls(script.join('\n'), addressed)).toEqual([
      { call: 'send 3 "a # b = c"', wanted: { result: '9' } },
      { call: 'recv 3', wanted: { result: '9 "server:6000 = #1"' } },
      { call: 'send 3 "say \\"hi\\" # "', wanted: {} },
    ]);
    expect(parseCalls('bind 3 server:6000', addressed)[0]?.call).toBe('bind 3 10.0.0.1:6000');
  });

  test.each([
    [
      'send 3 "hello = 5',
      `'send 3 "hello = 5': its quotes do not fit: a text stands in two of them`,
    ],
    ['close 3 =', "'close 3 =': a call, and perhaps its result behind ' = '"],
    [' = 3', "'= 3': a call, and perhaps its result behind ' = '"],
    ['shutdwn 3 WR = 0', "'shutdwn 3 WR': unknown call 'shutdwn'; did you mean 'shutdown'?"],
    ['ioctl 3', "'ioctl 3': unknown call 'ioctl'; calls: socket, bind, listen, "],
    ['toString 3', "'toString 3': unknown call 'toString'; calls: socket, "],
    ['listen 3', "'listen 3': a call is written: listen FD BACKLOG"],
    ['close 3 4', "'close 3 4': a call is written: close FD"],
    ['shutdown 3 SHUT_WRR', "'SHUT_WRR' is not SHUT_RD, SHUT_WR or SHUT_RDWR (shutdown FD HOW)"],
    ['setsockopt 3 SO_REUSADDR 1', "'SO_REUSADDR' is not an option of setsockopt(2) that it knows"],
    ['bind three server:6000', "'three' is not a descriptor: 3 (bind FD ADDRESS)"],
    ['bind 3 localhost', "'localhost' is not an address and port: server:6000"],
    ['send 3 hello', "'hello' is not a text in double quotes, or len=N (send FD TEXT)"],
  ])('%j is refused in one line', (script, message) => {
    const reading = (): unknown => parseCalls(script, addressed);
    expect(reading).toThrow(CallScriptError);
    expect(reading).toThrow(message);
  });
});

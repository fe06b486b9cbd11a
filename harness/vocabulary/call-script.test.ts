import { describe, expect, test } from 'vitest';
import { CallScriptError, parseCalls } from './call-script.ts';

describe('a script of calls', () => {
  test('has a call a line, perhaps with its result; comments and empty lines are nothing', () => {
    const script = `
      socket              = 3
      bind 3 server:6000            # any success
      # nothing
      connect 3 client:7000 = ECONNREFUSED
      accept 3            = 4 client:N
    `;
    expect(parseCalls(script)).toEqual([
      { call: 'socket', wanted: { result: '3' } },
      { call: 'bind 3 server:6000', wanted: {} },
      { call: 'connect 3 client:7000', wanted: { code: 'ECONNREFUSED' } },
      { call: 'accept 3', wanted: { result: '4 client:N' } },
    ]);
  });

  test('what stands in quotes is no comment, no result and no host', () => {
    const script = [
      'send 3 "a # b = c" = 9 # sent',
      'recv 3 = 9 "server:6000 = #1"',
      'send 3 "say \\"hi\\" # "',
    ];
    const addressed = (text: string): string => text.replace('server:', '10.0.0.1:');
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
  ])('%j is refused in one line', (script, message) => {
    const reading = (): unknown => parseCalls(script);
    expect(reading).toThrow(CallScriptError);
    expect(reading).toThrow(message);
  });
});

import { describe, expect, test } from 'vitest';
import { sayFrom } from './translate.ts';

const say = sayFrom({
  ', ': '，',
  server: '服务器',
  client: '客户端',
  'the kernel alone': '只有内核',
  'held by {what}': '由 {what} 持有',
  'nothing to remove': '没有要清除的',
  'removed {what}': '已清除 {what}',
  "the {host}'s end ({end}) in {state}": '{host}一端（{end}）处于 {state}',
  "the {host}'s end ({end}) in {state} for {time}": '{host}一端（{end}）保持 {state} 达 {time}',
  'expected {what}, saw {seen}': '预期：{what}，看到：{seen}',
});

describe('a text', () => {
  test('is said as the catalogue has it, however its lines were broken', () => {
    expect(say('nothing to remove')).toBe('没有要清除的');
    expect(say('nothing\n    to remove')).toBe('没有要清除的');
  });

  test('that is not there stays as it is, with its parameters', () => {
    expect(say('recv(3, 8192, 0) = 0 ""')).toBe('recv(3, 8192, 0) = 0 ""');
    expect(say('no entry for {name}', { name: 'x' })).toBe('no entry for x');
  });

  test('has its parameters in the places of its translation', () => {
    expect(say('removed {what}', { what: 'a folder' })).toBe('已清除 a folder');
    expect(say('held by {what}', { what: 'the kernel alone' })).toBe('由 只有内核 持有');
  });
});

describe('a text that was recorded', () => {
  test('is known by its template, and of two that fit by the fuller one', () => {
    expect(say("the server's end (10.0.0.1:80) in TIME-WAIT")).toBe(
      '服务器一端（10.0.0.1:80）处于 TIME-WAIT',
    );
    expect(say("the client's end (10.0.0.1:80) in LISTEN for 3 s")).toBe(
      '客户端一端（10.0.0.1:80）保持 LISTEN 达 3 s',
    );
  });

  test('has texts of ours in its places said in turn', () => {
    expect(say("expected the server's end (10.0.0.1:80) in CLOSED, saw nothing to remove")).toBe(
      '预期：服务器一端（10.0.0.1:80）处于 CLOSED，看到：没有要清除的',
    );
  });

  test('is said piece by piece when it is a list, or of several lines', () => {
    expect(say('LISTEN, Recv-Q 0, held by the kernel alone')).toBe(
      'LISTEN，Recv-Q 0，由 只有内核 持有',
    );
    expect(say('removed x\n  nothing to remove')).toBe('已清除 x\n  没有要清除的');
  });
});

import { describe, expect, test } from 'vitest';
import { inEnglish, told, toldBy, ToldError, verbatim } from '../told.ts';
import { sayFrom } from './translate.ts';

const say = sayFrom({
  server: '服务器',
  'nothing to remove': '没有要清除的',
  'removed {what}': '已清除 {what}',
  'the {host} died': '{host}已退出',
  'cannot run: {why}': '不能运行：{why}',
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

  test('has its parameters in the places of its translation, as they are', () => {
    expect(say('removed {what}', { what: 'nothing to remove' })).toBe('已清除 nothing to remove');
    expect(say('removed {what}', { what: '{what}' })).toBe('已清除 {what}');
    expect(say('removed {constructor}', {})).toBe('removed {constructor}');
  });
});

describe('what is told', () => {
  const died = told('the {host} died', { host: told('server') });

  test('is said with what is told in it, in either language', () => {
    const why = told('cannot run: {why}', { why: died });
    expect(say(why)).toBe('不能运行：服务器已退出');
    expect(inEnglish(why)).toBe('cannot run: the server died');
  });

  test('stays word for word where it is somebody else’s', () => {
    expect(say(verbatim('server'))).toBe('server');
    expect(say(told('cannot run: {why}', { why: 'server' }))).toBe('不能运行：server');
  });

  test('is what an error of ours carries, and of another its message', () => {
    const error = new ToldError(died);
    expect([error.message, say(toldBy(error))]).toEqual(['the server died', '服务器已退出']);
    expect(toldBy(new Error('ENOENT'))).toEqual(verbatim('ENOENT'));
    expect(toldBy('thrown')).toEqual(verbatim('thrown'));
  });

  test('is the same after it was written and read', () => {
    expect(say(JSON.parse(JSON.stringify(died)) as typeof died)).toBe('服务器已退出');
  });
});

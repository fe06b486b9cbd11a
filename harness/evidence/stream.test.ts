import { expect, it } from 'vitest';
import { Stream } from './stream.ts';
import { told } from '../told.ts';

it('numbers events, tells listeners at once, and gives each its step', () => {
  const stream = new Stream();
  const heard: number[] = [];
  const forget = stream.listen(({ seq }) => heard.push(seq));
  stream.append(1, { type: 'note', text: 'before' });
  stream.append(2, { type: 'step', phase: 'begin', id: 7, title: told('a step') });
  stream.append(3, { type: 'note', text: 'within' });
  stream.append(4, { type: 'step', phase: 'end', id: 7, title: told('a step') });
  forget();
  stream.append(5, { type: 'note', text: 'after' });
  expect(stream.events.map(({ seq, step }) => [seq, step])).toEqual([
    [0, undefined],
    [1, 7],
    [2, 7],
    [3, 7],
    [4, undefined],
  ]);
  expect(heard).toEqual([0, 1, 2, 3]);
});

it('ends with its end: what hosts report while they are being ended belongs to no run', () => {
  const stream = new Stream();
  stream.append(1, { type: 'end', status: 'passed' });
  stream.append(2, { type: 'note', text: 'too late' });
  expect(stream.events.map(({ type }) => type)).toEqual(['end']);
});

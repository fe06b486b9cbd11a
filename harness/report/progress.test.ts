import { expect, test } from 'vitest';
import { advance, NOT_STARTED, progressLine } from './progress.ts';
import { SampleRun } from './sample-run.fixture.ts';

function line(run: SampleRun, columns = 80): string {
  const progress = run.events.reduce(advance, NOT_STARTED);
  return progressLine('sample', progress, { elapsedMs: 1234, columns });
}

test('says what a lab is at', () => {
  const run = new SampleRun().begin();
  expect(line(run)).toBe('sample  setting up two hosts  1.23 s');
  run.expect(1, 2, 'the server to listen');
  expect(line(run)).toBe('sample  the server to listen  1.23 s');
  run.add(3, { type: 'verdict', id: 1, verdict: 'met', seen: '', by: [] });
  expect(line(run)).toBe('sample  running  1.23 s');
  run.add(4, { type: 'step', phase: 'begin', id: 9, title: 'the client closes' });
  expect(line(run)).toBe('sample  the client closes  1.23 s');
  run.expect(5, 6, 'LAST-ACK');
  expect(line(run)).toBe('sample  the client closes: LAST-ACK  1.23 s');
  run.add(7, { type: 'step', phase: 'end', id: 9, title: 'the client closes' });
  expect(line(run)).toBe('sample  LAST-ACK  1.23 s');
});

test('never takes more than the line has columns', () => {
  const run = new SampleRun().expect(1, 2, 'an expectation with a long text '.repeat(9));
  expect(line(run, 60)).toMatch(/^sample {2}an expectation .*… {2}1\.23 s$/);
  expect(line(run, 60).length).toBeLessThan(60);
});

import { expect, test } from 'vitest';
import { advance, NOT_STARTED, progressLine } from './progress.ts';
import { SampleRun } from '../sample-run.fixture.ts';
import { told } from '../../told.ts';

function line(run: SampleRun, columns = 80): string {
  const progress = run.events.reduce(advance, NOT_STARTED);
  return progressLine('sample', progress, { elapsedMs: 1234, columns });
}

test('says what a lab is at', () => {
  const run = new SampleRun().begin();
  expect(line(run)).toBe('sample  setting up two hosts  1.23 s');
  run.state(1, 2, { kind: 'new-connection', params: {} });
  expect(line(run)).toBe('sample  a new connection ESTABLISHED at both ends  1.23 s');
  run.add(3, { type: 'verdict', id: 1, verdict: 'failed', seen: {}, by: [] });
  expect(line(run)).toBe('sample  running  1.23 s');
  run.add(4, { type: 'step', phase: 'begin', id: 9, title: told('the client closes') });
  expect(line(run)).toBe('sample  the client closes  1.23 s');
  run.state(5, 6, { kind: 'edge-shown', params: { edge: 'LAST-ACK' } });
  expect(line(run)).toBe('sample  the client closes: ss to show LAST-ACK  1.23 s');
  run.add(7, { type: 'step', phase: 'end', id: 9, title: told('the client closes') });
  expect(line(run)).toBe('sample  ss to show LAST-ACK  1.23 s');
});

test('never takes more than the line has columns', () => {
  const run = new SampleRun().expect(1, 2, 'an expectation with a long text '.repeat(9));
  expect(line(run, 60)).toMatch(
    /^sample {2}netstat -natp of the server to show an .*… {2}1\.23 s$/,
  );
  expect(line(run, 60).length).toBeLessThan(60);
});

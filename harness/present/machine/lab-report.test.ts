import { expect, it } from 'vitest';
import { SampleRun } from '../sample-run.fixture.ts';
import { casesOf } from './cases.ts';
import { labReport } from './lab-report.ts';
import { LABS, named } from './sample-report.fixture.ts';
import { stableName } from './stable-name.ts';

const HOSTS = [
  { host: 'server', address: '10.0.0.1' },
  { host: 'client', address: '10.0.0.12' },
] as const;

it.each([
  ["the client's end (10.0.0.12:40001) gone", "the client's end (client) gone"],
  ["the server's end (10.0.0.1:6000) gone", "the server's end (server:6000) gone"],
  ["'bind 3 10.0.0.12:7000' to succeed", "'bind 3 client:7000' to succeed"],
  ['an address 10.0.0.120 of another', 'an address 10.0.0.120 of another'],
  ['client > server R seq=1291753746 ack=7', 'client > server R seq=* ack=7'],
  ['tcp 0 0 10.0.0.1:6000 LISTEN 39/node', 'tcp 0 0 server:6000 LISTEN */node'],
])('%s is named as in every run', (text, name) => {
  expect(stableName(text, HOSTS)).toBe(name);
});

it('tells how labs came out, and what can be told apart', () => {
  expect(LABS.map(({ lab, status }) => [lab, status])).toEqual([
    ['well', 'passed'],
    ['wrong', 'failed'],
    ['slow', 'timed out'],
    ['broken', 'broken'],
    ['unkept', 'passed'],
    ['cut', 'interrupted'],
    ['left', 'not run'],
  ]);
  const statuses = LABS.map((lab) => casesOf(lab).map(({ name, status }) => `${name}: ${status}`));
  expect(statuses).toEqual([
    [
      `${named('the server (server:6000) in LISTEN')}: passed`,
      `${named('the client (client) in LISTEN')}: passed`,
      'the part that the kernel makes wait: skipped',
    ],
    [`${named('this first')}: passed`, `${named('nothing')}: failed`],
    [`${named('this first')}: passed`, `${named('one more')}: timed out`],
    [
      `${named('this first')}: passed`,
      `${named('what came to nothing')}: skipped`,
      'the lab itself: broken',
    ],
    [`${named('this first')}: passed`, 'after the lab: broken'],
    [`${named('what came to nothing')}: skipped`, 'the lab itself: interrupted'],
    ['the lab itself: skipped'],
  ]);
});

it('draws what did not pass only, and leaves the slow part out of a slow run', () => {
  expect(LABS.filter(({ picture }) => picture.length > 0).map(({ lab }) => lab)).not.toContain(
    'well',
  );
  const slow = new SampleRun()
    .begin()
    .events.map((event) => (event.type === 'run' ? { ...event, slow: true } : event));
  const lab = { name: 'x', title: '', waits: { slow: '60s' } };
  const draw = () => [];
  expect(labReport(slow, { lab, status: 'passed', troubles: [] }, draw).expectations).toEqual([]);
});

it('names what is stated twice once, with its step', () => {
  const run = new SampleRun().begin();
  run.step(2, 9, 'first', () => run.expect(3, 4, 'it', 'it').expect(5, 6, 'it', 'it'));
  run.expect(10, 11, 'it', 'it');
  const lab = { name: 'x', title: '' };
  const draw = () => [];
  const { expectations } = labReport(run.events, { lab, status: 'passed', troubles: [] }, draw);
  expect(expectations.map(({ name }) => name)).toEqual([
    `first: ${named('it')}`,
    `first: ${named('it')} (2)`,
    named('it'),
  ]);
});

it('says on which line of the lab it was stated, and of a failure what was done before it', () => {
  const run = new SampleRun().begin();
  run.step(2, 9, 'first', () => run.expect(3, 4, 'it', 'it'));
  run.add(10, {
    ...{ type: 'expect', id: 50, kind: 'new-connection', params: {}, within: 9 },
    at: { file: 'labs/x.ts', line: 31 },
  });
  run.add(11, { type: 'verdict', id: 50, verdict: 'failed', seen: {}, by: [] });
  const lab = { name: 'x', title: '' };
  const { expectations } = labReport(run.events, { lab, status: 'failed', troubles: [] }, () => []);
  expect(expectations.at(-1)).toMatchObject({
    line: 31,
    seen: expect.stringMatching(
      /^expected a new connection ESTABLISHED at both ends, saw none\n(.*\n)*done before: first$/,
    ) as unknown,
  });
});

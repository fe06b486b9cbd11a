import { expect, it } from 'vitest';
import type { Asked } from '../../evidence/expectations.ts';
import { historyOf } from '../../history/history.ts';
import { SampleRun } from '../sample-run.fixture.ts';
import { casesOf } from './cases.ts';
import { labReport } from './lab-report.ts';
import { LABS, named } from './sample-report.fixture.ts';
import { stableName } from './stable-name.ts';

const HOSTS = [
  { host: 'server', address: '10.0.0.1' },
  { host: 'client', address: '10.0.0.12' },
] as const;

const connection = {
  server: { address: '10.0.0.1', port: 6000 },
  client: { address: '10.0.0.12', port: 40001 },
};
const typed = (call: string): Asked => ({
  kind: 'call-returns',
  params: { host: 'client', program: 1, name: 'socket-shell', index: 0, call, wanted: {} },
});
const reset = 'client > server R seq=1291753746 ack=7';

it.each<[string, Asked]>([
  ['client is CLOSED', { kind: 'end-gone', params: { host: 'client', connection } }],
  ['server is CLOSED', { kind: 'end-gone', params: { host: 'server', connection } }],
  ["'bind 3 client:7000' at the client succeeds", typed('bind 3 10.0.0.12:7000')],
  ["'bind 3 client' at the client succeeds", typed('bind 3 10.0.0.12:40001')],
  ["'bind 3 10.0.0.120:1' at the client succeeds", typed('bind 3 10.0.0.120:1')],
  [
    "no 'client > server R seq=* ack=7' on the wire so far",
    { kind: 'not-carried', params: { flow: { serverPort: 6000 }, line: reset } },
  ],
  [
    'netstat -natp of the server shows tcp 0 0 server:6000 LISTEN */node',
    {
      kind: 'netstat-lines',
      params: { host: 'server', lines: ['tcp 0 0 10.0.0.1:6000 LISTEN 39/node'] },
    },
  ],
])('%s: its name in every run', (name, asked) => {
  expect(stableName(asked, HOSTS, historyOf([]))).toBe(name);
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

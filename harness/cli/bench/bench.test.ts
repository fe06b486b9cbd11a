import { expect, test } from 'vitest';
import { SampleRun } from '../../present/sample-run.fixture.ts';
import { courseOf } from '../../history/ends.ts';
import { historyOf } from '../../history/history.ts';
import { segmentsOf } from '../../history/segments.ts';
import { grown } from './growth.ts';
import { labTime, listenTimes, longestTimeout } from './figures.ts';
import { medians, present } from './present.ts';
import { median } from './process.ts';

function call(run: SampleRun, ms: number, program: number, rest: object): void {
  const base = { type: 'call', host: 'client', program, args: [] } as const;
  run.add(ms, { ...base, ...rest } as never);
}

test('the median is the middle value, or the mean of the middle two', () => {
  expect(median([9, 1, 5])).toBe(5);
  expect(median([9, 1, 5, 3])).toBe(4);
  expect(median([7])).toBe(7);
});

test('the lab itself begins when it first does something', () => {
  const run = new SampleRun().begin().expect(400, 900, 'something', 'it');
  run.add(1000, { type: 'end', status: 'passed' });
  expect(labTime(run.events)).toBe(500);
});

test("a server's start to its LISTEN, not a shell's", () => {
  const run = new SampleRun();
  const start = (ms: number, program: number, name: string): void => {
    run.add(ms, {
      type: 'action',
      phase: 'begin',
      id: program,
      op: 'run',
      host: 'server',
      args: { program, name, args: [] },
    });
  };
  start(100, 1, 'echo-server');
  start(110, 2, 'socket-shell');
  call(run, 190, 1, { phase: 'return', call: 'listen', result: 0 });
  call(run, 500, 2, { phase: 'return', call: 'listen', result: 0 });
  expect(listenTimes(run.events)).toEqual([90]);
});

test("the kernel's longest wait is a call that ended with ETIMEDOUT", () => {
  const run = new SampleRun();
  call(run, 100, 1, { phase: 'enter', call: 'connect' });
  call(run, 110, 2, { phase: 'enter', call: 'connect' });
  call(run, 7100, 1, { phase: 'return', call: 'connect', result: -1, code: 'ETIMEDOUT' });
  call(run, 9000, 2, { phase: 'return', call: 'connect', result: -1, code: 'ECONNREFUSED' });
  expect(longestTimeout(run.events)).toBe(7000);
  expect(longestTimeout([])).toBe(0);
});

test('a run is made longer by the same connection again, from other ports and later', () => {
  const run = new SampleRun().begin();
  run.segment('client', { flags: 'S', seq: 7 }, { client: 10, server: 11 });
  run.segment('server', { flags: 'S.', seq: 9, ack: 8 }, { server: 12, client: 13 });
  run.step(14, 15, 'a step', () => undefined);
  const events = grown(run.events, 10);
  const { length } = segmentsOf(historyOf(events));
  expect(length).toBe(6);
  expect(courseOf(historyOf(events)).connections.inOrder.length).toBe(3);
  expect(events.map(({ seq }) => seq)).toEqual(events.map((_, i) => i));
  const syns = segmentsOf(historyOf(events)).filter(({ segment }) => segment.flags === 'S');
  expect(syns.map(({ t }) => t / 1e6)).toEqual([10, 24, 38]);
});

test('is presented as a table that can be compared', () => {
  const figures = {
    whole: [1200, 1400],
    lab: [400],
    listen: [90],
    interrupt: [60],
    shown: [90],
    all: [9000],
    wait: [7000],
  };
  const backends = { netns: medians(figures) };
  const growth = { history: [20, 22, 40] };
  const result = { runs: 2, node: 'v20', baseline: 100, backends, growth };
  expect(`\n${present(result).join('\n')}\n`).toMatchInlineSnapshot(`
    "
                                           netns  x node    goal
    wrong-port, prompt to prompt          1.30 s    13.0  1.50 s
      of which the lab itself             400 ms     4.0
    server started to LISTEN               90 ms     0.9  150 ms
    Ctrl-C to prompt                       60 ms     0.6  2.00 s
    ladder and report of time-wait         90 ms     0.9  150 ms
    --all -j 8, prompt to prompt          9.00 s    90.0  30.0 s
      of which the kernel's longest wait  7.00 s    70.0
      beyond that                         2.00 s    20.0

    medians of 2 runs; x node: as multiples of 'node -e 0' (v20), 100 ms

    CPU time an event  500 packets  5000 packets         50000 packets
    history                20.0 us       22.0 us  x 1.1        40.0 us  x 2.0
    "
  `);
});

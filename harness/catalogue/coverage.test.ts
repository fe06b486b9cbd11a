import { expect, test } from 'vitest';
import type { EventOf, LabEvent } from '../evidence/events.ts';
import { parseSs } from '../tcp/tables/ss.ts';
import { labNames, loadLabs } from './catalogue.ts';
import { coverageOf, observedIn, promisedBy } from './coverage.ts';
import type { Definition } from '../vocabulary/define.ts';

const lab = (name: string, rest: Partial<Definition>): Definition => ({
  name,
  title: '',
  explanation: '',
  sources: [],
  ...rest,
});

const edgeIn = (coverage: ReturnType<typeof coverageOf>, from: string, to: string, when = '') =>
  [...coverage.figure, ...coverage.beyond].find(
    ({ edge }) => edge.from === from && edge.to === to && edge.when.startsWith(when),
  );

test('the labs show all states and all edges, and those that Linux does not have to be missing', async () => {
  const labs = await loadLabs(await labNames());
  expect(coverageOf(labs.map(promisedBy)).missing).toEqual([]);
});

test('an edge that loses its last lab is missing, and its state with it', () => {
  const both = [
    lab('one', { shows: ['FIN-WAIT-1 -> CLOSING'] }),
    lab('two', { shows: ['CLOSING -> TIME-WAIT'] }),
  ].map(promisedBy);
  const all = coverageOf(both).missing;
  expect(all).not.toContain('CLOSING');
  expect(all).not.toContain('FIN-WAIT-1 -> CLOSING');
  expect(coverageOf(both.slice(1)).missing).toEqual(
    expect.arrayContaining(['FIN-WAIT-1', 'FIN-WAIT-1 -> CLOSING']),
  );
  expect(coverageOf([]).missing).toEqual(expect.arrayContaining(['CLOSED', 'CLOSING']));
});

test('a lab is named once for an edge, and as slow only where it shows it with --slow only', () => {
  const coverage = coverageOf(
    [
      lab('one', { shows: ['TIME-WAIT -> CLOSED'], showsSlow: ['TIME-WAIT -> CLOSED'] }),
      lab('two', { showsSlow: ['TIME-WAIT -> CLOSED'], refutes: ['LISTEN -> SYN-SENT'] }),
    ].map(promisedBy),
  );
  expect(edgeIn(coverage, 'TIME-WAIT', 'CLOSED')?.labs).toEqual([
    { lab: 'one', slow: false },
    { lab: 'two', slow: true },
  ]);
  expect(edgeIn(coverage, 'LISTEN', 'SYN-SENT')?.labs).toEqual([{ lab: 'two', slow: false }]);
  // What was refuted was no state's sight.
  expect(coverage.missing).toContain('LISTEN');
});

test('what the tracepoint cannot see is promised by ss alone', () => {
  const shows = ['LISTEN -> SYN-RECEIVED', 'ESTABLISHED -> CLOSE-WAIT'] as const;
  const coverage = coverageOf([promisedBy(lab('one', { shows }))]);
  expect(edgeIn(coverage, 'LISTEN', 'SYN-RECEIVED')?.witnesses).toEqual(['ss']);
  expect(edgeIn(coverage, 'ESTABLISHED', 'CLOSE-WAIT')?.witnesses).toEqual(['ss', 'tracepoint']);
});

test('a run shows what its samples show, whatever its lab promises', () => {
  const sample = (ms: number, rows: string): EventOf<'sample'> => ({
    seq: ms,
    t: ms * 1e6,
    type: 'sample',
    host: 'client',
    began: ms * 1e6,
    ended: ms * 1e6,
    command: 'ss',
    rows: parseSs(rows),
  });
  const end = '10.0.0.2:7000 10.0.0.1:6000 ino:1 sk:1';
  const events: LabEvent[] = [
    sample(1, `ESTAB 0 0 ${end}`),
    sample(2, `CLOSE-WAIT 1 0 ${end}`),
    {
      seq: 3,
      t: 2.5e6,
      type: 'packet',
      host: 'client',
      frame: 1,
      direction: 'out',
      segment: {
        src: { address: '10.0.0.2', port: 7000 },
        dst: { address: '10.0.0.1', port: 6000 },
        flags: 'R.',
        seq: 1,
        ack: 1,
        window: 0,
        length: 0,
        options: {},
        ip: { id: 1, ttl: 64, length: 40 },
      },
    },
    sample(4, ''),
  ];
  const { states, edges } = observedIn(events);
  expect([...states].toSorted()).toEqual(['CLOSE-WAIT', 'CLOSED', 'ESTABLISHED']);
  expect(edges).toEqual([
    { name: 'ESTABLISHED -> CLOSE-WAIT', lab: '', witnesses: ['ss'] },
    { name: 'CLOSE-WAIT -> CLOSED (snd RST)', lab: '', witnesses: ['ss'] },
    { name: 'CLOSE-WAIT -> TIME-WAIT (snd RST)', lab: '', witnesses: [] },
  ]);
});

import { describe, expect, test } from 'vitest';
import type { VisitedEdge } from './visited-edges.ts';
import { EDGES, edgeOf, LINUX_EDGES } from '../../../tcp/states/edges.ts';
import { english } from '../../../texts/say.ts';
import { edgesDrawn, labelLines, markOf } from './edges-drawn.ts';
import { wayInWords } from './words.ts';

const visit = (
  t: number,
  from: VisitedEdge['from'],
  to: VisitedEdge['to'],
  when?: string,
): VisitedEdge => ({ from, to, t, seq: t, witness: 'ss', ...(when === undefined ? {} : { when }) });

const reset = [
  visit(1, 'CLOSED', 'SYN-SENT', 'active OPEN / create TCB, snd SYN'),
  visit(2, 'SYN-SENT', 'CLOSED', 'rcv RST'),
  visit(3, 'CLOSED', 'SYN-SENT', 'active OPEN / create TCB, snd SYN'),
  visit(4, 'SYN-SENT', 'CLOSED', 'timeout'),
];

describe('the edges that are drawn', () => {
  test('are numbered in order, those after the moment still to come', () => {
    const drawn = edgesDrawn(reset, 2).filter(({ visits }) => visits.length > 0);
    expect(
      drawn.map(({ route, visits }) => [
        `${route.from} -> ${route.to}`,
        visits.map(({ number, isOver }) => `${number}${isOver ? '' : ' later'}`),
      ]),
    ).toEqual([
      ['CLOSED -> SYN-SENT', ['1', '3 later']],
      ['SYN-SENT -> CLOSED', ['2', '4 later']],
    ]);
  });

  test('are those of the figure, and of its notes and of Linux those that were visited', () => {
    const notes = (edges: readonly VisitedEdge[]): unknown[] =>
      edgesDrawn(edges, 9).flatMap(({ edge: { note } }) => note ?? []);
    expect(notes([])).toEqual([1, 2]);
    expect(notes([visit(1, 'ESTABLISHED', 'CLOSED', 'rcv RST')])).toEqual([1, 2, 3]);
    expect(notes([visit(1, 'TIME-WAIT', 'SYN-SENT', 'active OPEN')])).toEqual([1, 2, 'Linux']);
  });

  test('have the label of the edge that was visited last, of several between two states', () => {
    const label = (edges: readonly VisitedEdge[]): string | undefined =>
      edgesDrawn(edges, 9).find(({ route }) => route.from === 'SYN-SENT' && route.to === 'CLOSED')
        ?.edge.when;
    expect(label([])).toBe('CLOSE / delete TCB');
    expect(label(reset.slice(0, 2))).toBe('rcv RST');
    expect(label(reset)).toBe('timeout');
  });
});

test('labels are broken where they read well', () => {
  const all = [...EDGES, ...LINUX_EDGES].map((edge) => labelLines(edge).join(' | '));
  expect([...new Set(all)]).toMatchInlineSnapshot(`
    [
      "passive OPEN | create TCB",
      "active OPEN | create TCB, | snd SYN",
      "CLOSE | delete TCB",
      "SEND | snd SYN*",
      "rcv SYN | snd SYN,ACK",
      "rcv SYN,ACK | snd ACK",
      "rcv RST¹",
      "rcv ACK | of SYN",
      "CLOSE | snd FIN",
      "rcv FIN | snd ACK",
      "rcv ACK | of FIN",
      "Timeout=2MSL | delete TCB",
      "rcv FIN, | ACK of FIN | snd ACK²",
      "snd RST*",
      "rcv RST³",
      "rcv SYN†",
      "active OPEN†",
      "timeout†",
      "snd RST†",
      "rcv FIN†",
      "CLOSE†",
    ]
  `);
});

test('marks name the note', () => {
  const edges = [
    'SYN-RECEIVED -> LISTEN',
    'LISTEN -> SYN-SENT',
    'TIME-WAIT -> SYN-SENT (active OPEN)',
  ];
  expect(edges.map((name) => markOf(edgeOf(name)))).toEqual(['¹', '*', '†']);
});

test('the way in words', () => {
  expect(wayInWords(reset, 2, english)).toMatchInlineSnapshot(
    `"1. CLOSED to SYN-SENT (active OPEN / create TCB, snd SYN), seen by ss; 2. SYN-SENT to CLOSED (rcv RST), seen by ss. Now in CLOSED."`,
  );
  expect(wayInWords(reset, 0, english)).toBe('Now in CLOSED.');
});

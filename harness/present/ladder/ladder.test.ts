import type { Asked } from '../../evidence/expectations.ts';
import { describe, expect, test } from 'vitest';
import type { LabEvent } from '../../evidence/events.ts';
import { SampleRun } from '../sample-run.fixture.ts';
import { ladderOf } from './ladder.ts';
import { othersOf, rowsOf } from './main.ts';
import { storedRun } from './stored-run.fixture.ts';
import type { Row } from './types.ts';

const inWords = (rows: readonly Row[]): string[] =>
  rows.flatMap((row) => {
    if (row.kind === 'state') {
      const { host, from = '', state, witness, listener, cause } = row;
      const by = cause === undefined ? '' : ` by #${cause}`;
      return [`${listener ? 'listener' : host}: ${from} > ${state}, ${witness}${by}`];
    }
    if (row.kind !== 'segment') return [];
    const { from, segment, names, heldFor, again, injected, inside, fate } = row;
    const held = heldFor !== undefined;
    const marks = Object.entries({ held, again, injected, inside }).filter(([, is]) => is);
    const told = [fate, ...marks.map(([name]) => name)].join(', ');
    return [`${from} ${segment.flags} ${names.seq} ${names.ack ?? '-'}: ${told}`];
  });
const told = (events: readonly LabEvent[]): string[] => inWords(ladderOf(events).rows);

describe('time-wait', () => {
  const events = storedRun('time-wait');

  test('every segment once, every state where it begins, with the packet that led there', () => {
    expect(told(events)).toMatchInlineSnapshot(`
      [
        "listener: CLOSED > LISTEN, tracepoint",
        "client: CLOSED > SYN-SENT, tracepoint",
        "client S x -: arrived",
        "server: LISTEN > SYN-RECEIVED, inferred by #45",
        "server S. y x+1: arrived",
        "client: SYN-SENT > ESTABLISHED, tracepoint by #41",
        "client . x+1 y+1: arrived",
        "server: SYN-RECEIVED > ESTABLISHED, tracepoint by #47",
        "server: ESTABLISHED > FIN-WAIT-1, tracepoint",
        "listener: LISTEN > CLOSED, tracepoint",
        "server F. y+1 x+1: arrived, held",
        "client: ESTABLISHED > CLOSE-WAIT, tracepoint by #79",
        "client . x+1 y+2: arrived, held",
        "server: FIN-WAIT-1 > FIN-WAIT-2, tracepoint by #93",
        "client: CLOSE-WAIT > LAST-ACK, tracepoint",
        "client F. x+1 y+2: arrived, held",
        "server: FIN-WAIT-2 > TIME-WAIT, ss by #123",
        "server . y+2 x+2: arrived, held",
        "client: LAST-ACK > CLOSED, tracepoint by #131",
      ]
    `);
  });

  test('how long segments waited on the held wire, in ms', () => {
    const held = ladderOf(events).rows.flatMap((row) =>
      row.kind === 'segment' && row.heldFor !== undefined
        ? [`${row.segment.flags} ${Math.round(row.heldFor / 1e6)}`]
        : [],
    );
    expect(held).toEqual(['F. 262', '. 130', 'F. 217', '. 233']);
  });

  test('whose TIME-WAIT it is, and for how long', () => {
    const state = ladderOf(events).rows.find(
      (row) => row.kind === 'state' && row.state === 'TIME-WAIT',
    );
    expect(state).toMatchObject({ host: 'server', orphan: true, leftMs: 59_000, witness: 'ss' });
  });

  test('the same without the tracepoint, as ss and the captures have it', () => {
    const states = (all: readonly LabEvent[]): string[] =>
      ladderOf(all).rows.flatMap((row) =>
        row.kind === 'state' ? [`${row.host} ${row.state}`] : [],
      );
    const untraced = events.filter(({ type }) => type !== 'transition');
    expect(states(untraced).sort()).toEqual(states(events).sort());
  });

  test('calls in full, the blocked ones too', () => {
    const calls = ladderOf(events).rows.flatMap((row) =>
      row.kind === 'call' ? [`${row.text}${row.blocks ? ' ...' : ''}`] : [],
    );
    expect(calls).toContain('accept(3) ...');
    expect(calls).toContain('accept(3) = 4 10.9.170.2:56360');
    expect(calls).toContain('bind(3, 10.9.170.1:6000) = -1 EADDRINUSE (98)');
  });
});

test('lost, injected, and sent again', () => {
  const rows = told(storedRun('lost-last-ack'));
  expect(rows).toContain('client . x+2 y+2: lost');
  expect(rows).toContain('server F. y+1 x+2: arrived, held, again');
  expect(rows).toContain('server R y+2 -: arrived, injected');
});

test('a connection to itself has one end', () => {
  const ladder = ladderOf(storedRun('self-connect'));
  expect(ladder.connections).toHaveLength(1);
  expect(inWords(ladder.rows).filter((row) => !row.startsWith('server:'))).toEqual([
    'server S y -: arrived, inside',
    'server S. y y+1: arrived, inside',
    'server . y+1 y+1: arrived, inside',
    'server P. y+1 y+1: arrived, inside',
    'server . y+6 y+6: arrived, inside',
    'server F. y+6 y+6: arrived, inside',
    'server . y+7 y+7: arrived, inside',
  ]);
});

test('sockets that never got an answer are connections, too', () => {
  const { connections } = ladderOf(storedRun('syn-timeout'));
  expect(connections.map(({ server, client }) => `${server.port} ${client.port}`)).toEqual([
    '6000 34526',
    '45116 7000',
    '6000 55744',
  ]);
});

test('in a simultaneous open both ends open one connection', () => {
  const ladder = ladderOf(storedRun('syn-received-close'));
  expect(ladder.connections).toHaveLength(1);
  expect(inWords(ladder.rows).filter((row) => /> SYN-SENT|> SYN-REC| S/.test(row)))
    .toMatchInlineSnapshot(`
      [
        "client: CLOSED > SYN-SENT, tracepoint",
        "server: CLOSED > SYN-SENT, tracepoint",
        "client S x -: arrived, held",
        "server: SYN-SENT > SYN-RECEIVED, tracepoint by #81",
        "server: SYN-RECEIVED > FIN-WAIT-1, tracepoint",
        "server S y -: arrived, held",
        "client: SYN-SENT > SYN-RECEIVED, tracepoint by #108",
        "server S. y x+1: arrived, held",
        "client: SYN-RECEIVED > ESTABLISHED, tracepoint by #121",
        "client S. x y+1: arrived, held",
      ]
    `);
});

describe('an injected SYN that overtakes the new one', () => {
  const ladder = ladderOf(storedRun('old-duplicate-syn'));
  const of = (connection: number): string[] =>
    inWords(ladder.rows.filter((row) => row.connection === connection));

  test('the connection that the lab is about', () => {
    expect(ladder.main).toBe(0);
    expect(of(0)).toMatchInlineSnapshot(`
      [
        "client: CLOSED > SYN-SENT, tracepoint",
        "client S x2 -: lost, held",
        "client S x2 -: lost, again",
        "client S x2 -: arrived, again",
        "server: LISTEN > SYN-RECEIVED, inferred by #93",
        "server S. y2 x2+1: arrived",
        "client: SYN-SENT > ESTABLISHED, tracepoint by #97",
        "client . x2+1 y2+1: arrived",
        "server: SYN-RECEIVED > ESTABLISHED, tracepoint by #95",
        "client S x2 -: arrived, again, injected",
        "server . y2+1 x2+1: arrived",
      ]
    `);
  });

  test('the other one is that of the injected SYN, with its answer and the reset', () => {
    expect(ladder.connections).toHaveLength(2);
    expect(of(1)).toMatchInlineSnapshot(`
      [
        "client S x -: arrived, injected",
        "server: LISTEN > SYN-RECEIVED, ss by #46",
        "server S. y x+1: arrived, held",
        "client R x+1 -: arrived",
        "server: SYN-RECEIVED > LISTEN, ss by #68",
      ]
    `);
  });
});

const sent = (port: number): Asked => {
  const [server, client] = [
    { address: '10.0.0.1', port: 6000 },
    { address: '10.0.0.2', port },
  ];
  const params = { host: 'client', connection: { server, client }, state: 'SYN-SENT' } as const;
  return { kind: 'end-in-state', params };
};

test('of very many connections the first that went the way of most', () => {
  const run = new SampleRun();
  for (let port = 40_000; port <= 40_100; port++) {
    const src = { address: '10.0.0.2', port };
    const flags = port === 40_000 ? 'R' : 'S';
    run.segment('client', { flags, seq: port, src }, { client: port, server: port + 1 });
  }
  run.state(1, 2, sent(40002));
  expect(ladderOf(run.events).main).toBe(1);
});

test('a lab is about the connection that its expectations name; the others are counted', () => {
  const run = new SampleRun();
  for (const port of [40001, 40002, 40003]) {
    const src = { address: '10.0.0.2', port };
    run.segment('client', { flags: 'S', seq: port, src }, { client: port, server: port + 1 });
  }
  run.state(1, 2, sent(40002));
  const ladder = ladderOf(run.events);
  expect(ladder.main).toBe(1);
  expect(rowsOf(ladder).map(({ kind }) => kind)).toEqual(['expectation', 'segment']);
  expect(othersOf(ladder)).toEqual({ count: 2, segments: 2, ends: [{ count: 2 }] });
  expect(othersOf(ladder, [0, 1, 2])).toEqual({ count: 0, segments: 0, ends: [] });
});

test('an empty run has nothing to draw', () => {
  expect(ladderOf([])).toEqual({ connections: [], rows: [], begin: 0, end: 0 });
});

test.each([
  ['EINPROGRESS', 115],
  ['EALREADY', 114],
])('a connect() that is under way has not failed: %s', (code, errno) => {
  const run = new SampleRun().begin();
  const ref = { host: 'client', program: 1 } as const;
  const failed = { phase: 'return', args: [3], result: -1 } as const;
  run.add(1, { type: 'program', ...ref, name: 'socket-shell', pid: 7, argv: [] });
  run.add(2, { type: 'call', ...ref, ...failed, args: [3], call: 'connect', code, errno });
  run.add(3, { type: 'call', ...ref, ...failed, args: [3], call: 'send', code, errno });
  const calls = ladderOf(run.events).rows.filter((row) => row.kind === 'call');
  expect(calls).toMatchObject([
    { call: 'connect', text: `connect(3) = -1 ${code} (${errno})`, underWay: true },
    { call: 'send', error: code },
  ]);
  expect(calls[0]).not.toHaveProperty('error');
});

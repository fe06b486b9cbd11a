/**
 * A bundle may be anybody's, and whoever reads it takes each field for what it must be. So whatever is
 * left out of an event, put into it or replaced by something else is refused, not read as best it goes.
 */
import { describe, expect, it } from 'vitest';
import { ACTION_NAMES } from './action-schema.ts';
import type { ActionName, ArgsOf, ValueOf } from './actions.ts';
import { SCHEMA_VERSION, type Body, type HostEvent } from './events.ts';
import type { FailedOf, Kind, MetOf, Miss, ParamsOf } from './expectations.ts';
import { KINDS } from './expectation-schema.ts';
import { EVENT_FIELDS, parseEvents, SchemaError } from './schema.ts';
import { formatEvents } from './stream.ts';

/** Of everything first what has nothing that may be left out, then what has all that may be there. */
type Examples<T> = readonly [least: T, ...more: T[]];

const here = { address: '10.0.0.1', port: 6000 };
const there = { address: '10.0.0.2', port: 40000 };
const connection = { server: here, client: there };
const row = { local: here, peer: there, state: 'ESTABLISHED', recvQ: 0, sendQ: 1 } as const;
const timer = { name: 'on', expiresMs: 200.5, retransmits: 1 } as const;
const processes = [{ name: 'node', pid: 7, fd: 3 }];
const socket = { ...row, timer, processes, info: { mss: '1448' } };
const seen: Examples<{ socket?: typeof socket | null }> = [{}, { socket }, { socket: null }];
const end = { host: 'server', connection, state: 'ESTABLISHED' } as const;
const details = {
  timer: { name: 'timewait', least: 50_000, most: 60_000 },
  ...{ recvQ: 1, sendQ: 2, orphaned: false, info: { mss: '1448' } },
} as const;
const range = { least: 0.5, most: 2 };
const ofProgram = { host: 'client', program: 2 } as const;
const program = { ...ofProgram, name: 'echo-client' };
const programSeen: Examples<{ last: number | null; sockets?: (typeof socket)[] }> = [
  { last: null },
  { last: 9, sockets: [socket] },
];
const ends = { host: 'server', local: here, peer: there } as const;
const change = { ...ends, from: 'ESTABLISHED', to: 'CLOSE-WAIT', before: 4, after: 5 } as const;
const flow = { serverPort: 6000 };
const between = { ...flow, clientPort: 40000 };
const shown = { change: { ...change, traced: [6] } };

type Shapes = {
  [K in Kind]: {
    params: Examples<ParamsOf<K>>;
    met: Examples<MetOf<K>>;
    failed: Examples<FailedOf<K>>;
  };
};

const EXPECTATIONS: Shapes = {
  'end-in-state': { params: [end, { ...end, ...details }], met: seen, failed: seen },
  'end-stays': {
    params: [
      { ...end, ms: 3000.5 },
      { ...end, ...details, ms: 1 },
    ],
    met: [{ samples: 12 }],
    failed: seen,
  },
  'end-gone': {
    params: [
      { host: 'client', connection },
      { host: 'client', connection, lasting: { state: 'TIME-WAIT', ms: 60_000 } },
    ],
    met: [{}, { lasted: range }],
    failed: [{}, { socket, lasted: range }],
  },
  listening: {
    params: [
      { host: 'server', port: 6000 },
      { host: 'server', port: 6000, backlog: -1, queued: 2, pid: 7 },
    ],
    met: seen,
    failed: seen,
  },
  sockets: {
    params: [
      { host: 'server', counts: {} },
      { host: 'server', port: 6000, counts: { LISTEN: 1, 'TIME-WAIT': range } },
    ],
    met: [{ counts: {} }, { counts: { LISTEN: 1 } }],
    failed: [{}, { counts: { LISTEN: 1 } }],
  },
  'new-socket': {
    params: [
      { host: 'client', state: 'SYN-SENT' },
      { host: 'client', state: 'SYN-SENT', port: 6000 },
    ],
    met: [{ connection }],
    failed: seen,
  },
  'new-connection': { params: [{}], met: [{ connection }], failed: [{}] },
  counter: {
    params: [{ host: 'server', name: 'TcpExtListenDrops', value: -0.5 }],
    met: [{ value: 1 }],
    failed: [{}, { value: 2 }, { value: null }],
  },
  'netstat-lines': {
    params: [
      { host: 'server', lines: [] },
      { host: 'server', port: 6000, lines: ['tcp'] },
    ],
    met: [{ lines: ['tcp'] }],
    failed: [{}, { missing: 0 }],
  },
  'netstat-counts': {
    params: [
      { host: 'server', counts: {} },
      { host: 'server', port: 6000, counts: { LISTEN: 1 } },
    ],
    met: [{ counts: {} }, { counts: { LISTEN: 1 } }],
    failed: [{}, { counts: { LISTEN: 1 } }],
  },
  'program-listens': { params: [{ ...program, port: 6000 }], met: seen, failed: programSeen },
  'program-fails': {
    params: [
      { ...program, code: 'ECONNREFUSED' },
      { ...program, code: 'ETIMEDOUT', call: 'connect', after: 7000.5, port: 6000 },
    ],
    met: [{ call: 8 }, { call: 8, took: 0.5 }],
    failed: [{}, { socket }, { call: 8, took: 0.5 }, { exit: 9 }, ...programSeen],
  },
  'program-prints': {
    params: [{ ...program, line: 'accept c = 4' }],
    met: [{ line: 'accept c = 4' }],
    failed: programSeen,
  },
  'program-ends': {
    params: [program, { ...program, status: 1, signal: 'SIGINT' }],
    met: [
      { status: null, signal: 'SIGINT' },
      { status: 1, signal: null },
    ],
    failed: programSeen,
  },
  'call-returns': {
    params: [
      { ...program, index: 0, call: 'socket', wanted: {} },
      { ...program, index: 0, call: 'socket', wanted: { result: '3' } },
      { ...program, index: 0, call: 'connect 3', wanted: { code: 'ETIMEDOUT' }, after: 0.5 },
    ],
    met: [{ line: 'socket() = 3' }, { line: 'socket() = 3', took: 0.5 }],
    failed: [programSeen[0], ...programSeen.slice(1), { line: 'socket() = 4', took: 1 }],
  },
  carried: {
    params: [
      { flow, pattern: 'client > server S', whole: true, repeats: false },
      { flow: between, pattern: 'client > server S', whole: true, repeats: false },
    ],
    met: [
      { names: {}, captures: [], leftOut: [] },
      { names: { x: 1.5 }, captures: ['server'], leftOut: [2] },
    ],
    failed: [
      { capture: 'client', lines: [], names: {}, leftOut: 0 },
      { capture: 'client', lines: [1], names: { x: 1 }, leftOut: 0, expected: { line: 2 } },
    ],
  },
  'not-carried': {
    params: [{ flow }, { flow: between, line: 'client > server S', ms: 0.5 }],
    met: [{}],
    failed: [{ capture: 'server' }],
  },
  waits: {
    params: [{ host: 'client' }, { host: 'client', flags: 'F.' }],
    met: [{}],
    failed: [{}],
  },
  'edge-shown': {
    params: [{ edge: 'ESTABLISHED -> CLOSE-WAIT' }],
    met: [{ change }, shown],
    failed: [{ unseen: [] }, { unseen: ['CLOSING'] }],
  },
  'edge-missing': {
    params: [{ edge: 'LISTEN -> SYN-SENT' }],
    met: [
      { instead: 'CLOSED -> SYN-SENT', change },
      { instead: 'CLOSED -> SYN-SENT', ...shown },
      { round: { host: 'server', local: here, from: 'LISTEN', to: 'SYN-SENT' } },
    ],
    failed: [{ change }, { traced: 6 }, { unshown: 'CLOSED -> SYN-SENT' }, { noSocket: true }],
  },
};

const MISSES: Examples<Miss> = [
  { event: 3, differs: [] },
  { event: 3, socket: null, differs: [] },
  { event: 3, socket, line: 'tcp', ...shown, reason: { why: 'no edge' }, differs: [] },
  ...[
    { why: 'no cause' } as const,
    { why: 'event', event: 'rcv RST' } as const,
    { why: 'tracepoint' } as const,
    { why: 'edge', edge: 'LISTEN -> CLOSED' } as const,
  ].map((reason) => ({ event: 3, reason, differs: [] })),
];

const one = { args: { id: 4 }, value: null };
const none = { args: {}, value: null };
const ACTIONS: { [O in ActionName]: { args: ArgsOf<O>; value: ValueOf<O> } } = {
  run: { args: { program: 1, name: 'echo-server', args: ['--port=6000'] }, value: { pid: 7 } },
  type: { args: { program: 1, text: 'socket\n' }, value: null },
  signal: { args: { program: 1, signal: 'SIGINT' }, value: null },
  ...{ hold: none, release: none, carry: none, undrop: none },
  delay: { args: { ms: 0.5 }, value: null },
  ...{ letGo: one, discard: one, duplicate: one, reorder: one },
  mtu: { args: { octets: 576 }, value: null },
  drop: { args: { flags: 'F.' }, value: null },
  inject: { args: { from: here, to: there, segment: 'R seq=1' }, value: null },
  counters: { args: {}, value: {} },
  netstat: { args: {}, value: ['tcp'] },
};

const message = { text: 'a reason' };
const nested = { text: 'because of {what}', params: { what: { text: 'that', params: { n: 1 } } } };
const segment = {
  ...{ src: here, dst: there, flags: 'S.', seq: 1, window: 2, length: 0, options: {} },
  ip: { id: 3, ttl: 64, length: 60 },
};
const whole = {
  ...segment,
  ...{ ack: 4, payload: '6f6b' },
  options: {
    ...{ mss: 1460, windowScale: 10, sackPermitted: true as const },
    ...{ timestamps: { value: 5, echo: 6 }, sack: [[7, 8] as [number, number]] },
  },
};
const tableRow = { ...row, line: 'ESTAB', processes: [], info: {} };
const host: HostEvent = {
  ...{ type: 'host', host: 'server', address: '10.0.0.1', mac: '02:00:00:00:00:01' },
  ...{ interface: 'eth0', mtu: 1500, kernel: '6.18.0', tools: {}, sysctls: {}, offloads: {} },
  route: '10.0.0.2 dev eth0',
};

const waits = { result: 'waits' };
const choices = [{ result: '0', misconception: 'backlog n' as const }, waits];
const states = { server: 'LISTEN', client: 'SYN-SENT' } as const;
const answer = { type: 'answer' as const, given: null, right: [1], by: [3] };

const EVENTS: readonly Examples<Body>[] = [
  [
    { ...answer, question: { kind: 'call', segment: 4, call: 2, expected: 0, choices } },
    {
      ...answer,
      given: 1,
      question: {
        ...{ kind: 'state', segment: 4, from: states },
        choices: [states, { ...states, misconception: 'both at once' }],
      },
    },
    {
      ...answer,
      question: {
        ...{ kind: 'segment', segment: 4 },
        choices: [{ flags: 'none' }, { flags: 'S.', seq: 'y', ack: 'x+1', length: 0 }],
      },
    },
    {
      ...answer,
      question: {
        ...{ kind: 'timer', segment: 4 },
        choices: [{ seconds: 60 }, { seconds: 30, sysctl: 'net.ipv4.tcp_fin_timeout' }],
      },
    },
    {
      ...answer,
      question: {
        ...{ kind: 'data', segment: 4, call: 2 },
        choices: [{ place: 'program' }, { place: 'send-buffer' }],
      },
    },
    {
      ...answer,
      question: {
        ...{ kind: 'bind', host: 'server', port: 6000, after: 3, reuseAddr: true, choices },
      },
    },
  ],
  [host, { ...host, tools: { ss: '6.1' }, sysctls: { a: '1' }, offloads: { tso: false } }],
  [
    { type: 'step', phase: 'begin', id: 1, title: message },
    { type: 'step', phase: 'end', id: 1, title: nested },
  ],
  [{ type: 'deadline', id: 1 }],
  [{ ...program, type: 'program', pid: 7, argv: ['echo-client'] }],
  [{ ...ofProgram, type: 'output', stream: 'stdout', line: 'a line' }],
  [
    { ...ofProgram, type: 'call', phase: 'enter', call: 'accept', args: [3, '10.0.0.1:6000'] },
    {
      ...ofProgram,
      ...({ type: 'call', phase: 'return', call: 'accept', args: [3] } as const),
      out: 'x',
      result: -1,
      errno: 22,
      code: 'EINVAL',
    },
  ],
  [{ ...ofProgram, type: 'limit', limit: 'outputLines', most: 3 }],
  [
    { ...ofProgram, type: 'exit', status: 1, signal: null },
    { ...ofProgram, type: 'exit', status: null, signal: 'SIGKILL' },
  ],
  [
    { type: 'packet', host: 'server', frame: 3, direction: 'in' },
    { type: 'packet', host: 'server', frame: 3, direction: 'out', segment: whole },
    { type: 'packet', host: 'server', frame: 3, direction: 'out', segment, other: 'arp' },
  ],
  [
    { type: 'wire', phase: 'goes', host: 'server', id: 1 },
    { type: 'wire', phase: 'waits', host: 'server', id: 1, segment },
  ],
  [
    { type: 'sample', host: 'client', began: 1, ended: 2, command: 'ss', rows: [tableRow] },
    {
      ...{ type: 'sample', host: 'client', began: 1, ended: 2, command: 'ss' },
      rows: [
        { ...tableRow, timer, processes, info: { mss: '1448' }, inode: 5, uid: 6, cookie: '1b' },
      ],
    },
  ],
  [{ ...ends, type: 'transition', from: 'CLOSED', to: 'LISTEN', pid: 7, command: 'node' }],
  [{ type: 'marker', host: 'server', frame: 1, from: 'client', nonce: 'aabb' }],
  [
    { type: 'note', text: 'a note' },
    { type: 'note', ...nested, absent: 'tracepoint' },
  ],
];

/** What is no value of any field, nor a part of anything. */
const ODD = { odd: {} };
/** Whose texts are words of a list, or of a state's. */
const WORDS = new Set(
  'type host state from to capture captures unseen phase direction stream limit absent why'.split(
    ' ',
  ),
);
/** Numbers that need not be whole, and those that may be below 0. */
const PARTS = new Set(
  'value least most x expiresMs ms after took within seconds n TcpActiveOpens'.split(' '),
);
const BELOW = new Set(
  'value least most x expiresMs t began ended backlog result args n TcpActiveOpens'.split(' '),
);

/** Every way to have one thing in it that is not so, and where. */
function* spoiled(value: unknown, key = ''): Generator<[where: string, value: unknown]> {
  if (typeof value === 'object' && value !== null) {
    const isList = Array.isArray(value);
    for (const [name, part] of Object.entries(value)) {
      for (const [where, other] of spoiled(part, isList ? key : name))
        yield [
          `${name}.${where}`,
          isList ? value.with(Number(name), other) : { ...value, [name]: other },
        ];
    }
    yield ['odd', isList ? [...(value as unknown[]), ODD] : { ...value, odd: ODD }];
    return;
  }
  yield ['', ODD];
  if (typeof value === 'string' && WORDS.has(key)) yield ['', 'odd'];
  if (typeof value !== 'number') return;
  if (!PARTS.has(key) && key !== 'args') yield ['', 0.5];
  if (!BELOW.has(key)) yield ['', -1];
  if (/port/i.test(key)) yield ['', 65_536];
}

/** Every way to leave out one part of it. */
function* lacking(value: unknown): Generator<[where: string, value: unknown]> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return;
  for (const [name, part] of Object.entries(value)) {
    yield [name, Object.fromEntries(Object.entries(value).filter(([other]) => other !== name))];
    for (const [where, other] of lacking(part))
      yield [`${name}.${where}`, { ...value, [name]: other }];
  }
}

const run: Body = {
  ...{ type: 'run', schema: SCHEMA_VERSION, lab: 'a', title: 'b', backend: 'netns' },
  ...{ reason: message, startedAt: '2026-01-02T03:04:05.678Z', command: ['lab'], slow: false },
  harness: '0.1.0',
};
const ending: Body = { type: 'end', status: 'passed' };

/** Where a run is refused in which this happened; undefined where it is read. */
function refused(...bodies: unknown[]): number | undefined {
  const events = bodies.map((body, seq) => ({ seq, t: seq, ...(body as Body) }));
  try {
    parseEvents(formatEvents(events));
    return undefined;
  } catch (error) {
    if (error instanceof SchemaError) return error.line;
    throw error;
  }
}

/** It is read with these examples in its place, and with nothing spoiled or left out. */
function held(examples: Examples<unknown>, around: (it: unknown) => unknown[], line: number): void {
  for (const example of examples) {
    expect(refused(...around(example)), JSON.stringify(example)).toBeUndefined();
    for (const [where, other] of spoiled(example))
      expect(refused(...around(other)), `${where} in ${JSON.stringify(other)}`).toBe(line);
  }
  for (const [where, other] of lacking(examples[0]))
    expect(refused(...around(other)), `${where} not in ${JSON.stringify(other)}`).toBe(line);
}

describe.each(KINDS)('%s', (kind) => {
  const asked = { type: 'expect', id: 1, kind, within: 0, params: EXPECTATIONS[kind].params[0] };
  const verdict = { type: 'verdict', id: 1, by: [] };

  it('is asked for with its own parameters', () => {
    const around = (params: unknown) => [run, { ...asked, params }, ending];
    held(EXPECTATIONS[kind].params, around, 2);
  });

  it.each(['met', 'failed'] as const)('is %s with what belongs to it', (how) => {
    const around = (seen: unknown) => [run, asked, { ...verdict, verdict: how, seen }, ending];
    held(EXPECTATIONS[kind][how], around, 3);
  });
});

it('what was there instead is told in its own words', () => {
  const { params, failed } = EXPECTATIONS['edge-shown'];
  const asked = { type: 'expect', id: 1, kind: 'edge-shown', within: 0, params: params[0] };
  const verdict = { type: 'verdict', id: 1, verdict: 'failed', seen: failed[0], by: [] };
  const around = (miss: unknown) => [
    run,
    asked,
    { ...verdict, misses: [miss], nearest: 0 },
    ending,
  ];
  held(MISSES, around, 3);
  // In the witness's own terms, whatever these are.
  const difference = { field: 'timer', expected: { name: 'on' }, seen: null };
  expect(refused(...around({ event: 3, differs: [difference] }))).toBeUndefined();
  for (const [, other] of lacking({ field: 'timer', expected: 1, seen: null }))
    expect(refused(...around({ event: 3, differs: [other] }))).toBe(3);
  const at = { file: 'labs/a.ts', line: 3 };
  held([asked, { ...asked, at }], (it) => [run, it, ending], 2);
  const other = { ...verdict, misses: [MISSES[0]], nearest: 1 };
  expect(refused(run, asked, other, ending)).toBe(3);
  // Beyond a limit a program is ended, whatever was expected of it.
  expect(refused(run, asked, { ...verdict, seen: { limit: 3 } }, ending)).toBeUndefined();
  expect(refused(run, asked, { ...verdict, verdict: 'met', seen: { limit: 3 } }, ending)).toBe(3);
});

it.each(ACTION_NAMES)('%s is done with its own arguments, and has its own result', (op) => {
  const action = { type: 'action', id: 1, op, host: 'server' };
  const begun = { ...action, phase: 'begin' };
  const { args, value } = ACTIONS[op];
  held([args], (it) => [run, { ...begun, args: it }, ending], 2);
  // A result of `run` may have more in it: earlier bundles do.
  const more = op === 'counters' ? [{ TcpActiveOpens: 1 }] : [];
  if (op !== 'run')
    held([value, ...more], (it) => [run, { ...action, phase: 'end', value: it }, ending], 2);
  const error = { code: 'EPERM', message };
  held([error], (it) => [run, { ...action, phase: 'end', error: it }, ending], 2);
});

it.each(EVENTS.map((examples) => [examples[0].type, examples] as const))(
  '%s',
  (_type, examples) => {
    held(examples, (it) => [run, it, ending], 2);
  },
);

it('a run and its end', () => {
  const labHash = 'a'.repeat(64);
  held([run, { ...run, reason: nested, labHash, walked: true }], (it) => [it, ending], 1);
  const hint = { text: 'a hint' };
  const more = { ...ending, expectation: 1, message: nested, hint, cut: true };
  held([ending, more], (it) => [run, it], 2);
  expect(refused({ ...run, labHash: `${labHash}0` }, ending)).toBe(1);
  expect(refused({ ...run, startedAt: 'yesterday' }, ending)).toBe(1);
});

it('every type of event is here', () => {
  const others = ['run', 'end', 'action', 'expect', 'verdict'];
  const here = [...EVENTS.map(([{ type }]) => type), ...others];
  expect(here.toSorted()).toEqual(Object.keys(EVENT_FIELDS).toSorted());
});

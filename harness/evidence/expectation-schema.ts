/** The schema of what was expected and seen (expectations.ts), kind by kind: for reading. */
import { z } from 'zod';
import { isState, STATES, type State } from '../tcp/states/state.ts';
import type { FailedOf, Kind, MetOf, Miss, Nothing, ParamsOf } from './expectations.ts';
import { told } from '../told.ts';

export const host = z.enum(['server', 'client']);
export const count = z.int().min(0);
const port = count.max(0xffff);
export const endpoint = z.strictObject({ address: z.string(), port });
export const state = z.custom<State>((value) => typeof value === 'string' && isState(value), {
  params: { told: told('is not a TCP state') },
});
const ms = z.number().min(0);
const ends = z.strictObject({ server: endpoint, client: endpoint });
const strings = z.record(z.string(), z.string());
const timerName = z.enum(['on', 'keepalive', 'timewait', 'persist', 'unknown']);
export const timer = z.strictObject({
  name: timerName,
  expiresMs: z.number().optional(),
  retransmits: count,
});
export const process = z.strictObject({ name: z.string(), pid: count, fd: count });

const range = z.strictObject({ least: z.number(), most: z.number() });
const counts = z.partialRecord(z.enum(STATES), count);
const wantedCounts = z.partialRecord(z.enum(STATES), z.union([count, range]));
const flow = z.strictObject({ serverPort: port, clientPort: port.optional() });
const details = {
  timer: z.strictObject({ name: timerName, least: ms, most: ms }).optional(),
  recvQ: count.optional(),
  sendQ: count.optional(),
  orphaned: z.boolean().optional(),
  info: strings.optional(),
};
const end = { host, connection: ends, state, ...details };
const program = { host, program: count, name: z.string() };

const socket = z.strictObject({
  local: endpoint,
  peer: endpoint,
  state,
  recvQ: count,
  sendQ: count,
  timer: timer.optional(),
  processes: z.array(process),
  info: strings.optional(),
});
const socketSeen = z.strictObject({ socket: socket.nullable().optional() });
const programSeen = z.strictObject({
  last: count.nullable(),
  sockets: z.array(socket).optional(),
});
const callSeen = z.strictObject({ call: count, took: ms.optional() });
const returnedSeen = z.strictObject({ line: z.string(), took: ms.optional() });
const names = z.record(z.string(), z.number());
const change = z.strictObject({
  host,
  local: endpoint,
  peer: endpoint,
  from: state,
  to: state,
  before: count,
  after: count,
  traced: z.array(count).optional(),
});
const nothing = z.strictObject({});
const none = z.custom<Nothing>((value) => nothing.safeParse(value).success);

interface Shapes<K extends Kind> {
  params: z.ZodType<ParamsOf<K>>;
  met: z.ZodType<MetOf<K>>;
  failed: z.ZodType<FailedOf<K>>;
}

/** Optional keys are absent, never `undefined`: nothing of this comes from anywhere but JSON. */
const shapes = {
  'end-in-state': { params: z.strictObject(end), met: socketSeen, failed: socketSeen },
  'end-stays': {
    params: z.strictObject({ ...end, ms }),
    met: z.strictObject({ samples: count }),
    failed: socketSeen,
  },
  'end-gone': {
    params: z.strictObject({
      host,
      connection: ends,
      lasting: z.strictObject({ state, ms }).optional(),
    }),
    met: z.strictObject({ lasted: range.optional() }),
    failed: z.strictObject({ socket: socket.nullable().optional(), lasted: range.optional() }),
  },
  listening: {
    params: z.strictObject({
      host,
      port,
      backlog: z.int().optional(),
      queued: count.optional(),
      pid: count.optional(),
    }),
    met: socketSeen,
    failed: socketSeen,
  },
  sockets: {
    params: z.strictObject({ host, port: port.optional(), counts: wantedCounts }),
    met: z.strictObject({ counts }),
    failed: z.strictObject({ counts: counts.optional() }),
  },
  'new-socket': {
    params: z.strictObject({ host, state, port: port.optional() }),
    met: z.strictObject({ connection: ends }),
    failed: socketSeen,
  },
  'new-connection': { params: none, met: z.strictObject({ connection: ends }), failed: none },
  counter: {
    params: z.strictObject({ host, name: z.string(), value: z.number() }),
    met: z.strictObject({ value: z.number() }),
    failed: z.strictObject({ value: z.number().nullable().optional() }),
  },
  'netstat-lines': {
    params: z.strictObject({ host, port: port.optional(), lines: z.array(z.string()) }),
    met: z.strictObject({ lines: z.array(z.string()) }),
    failed: z.strictObject({ missing: count.optional() }),
  },
  'netstat-counts': {
    params: z.strictObject({ host, port: port.optional(), counts }),
    met: z.strictObject({ counts }),
    failed: z.strictObject({ counts: counts.optional() }),
  },
  'program-listens': {
    params: z.strictObject({ ...program, port }),
    met: socketSeen,
    failed: programSeen,
  },
  'program-fails': {
    params: z.strictObject({
      ...program,
      code: z.string(),
      call: z.string().optional(),
      after: ms.optional(),
      port: port.optional(),
    }),
    met: callSeen,
    failed: z.union([programSeen, callSeen, z.strictObject({ exit: count }), socketSeen]),
  },
  'program-prints': {
    params: z.strictObject({ ...program, line: z.string() }),
    met: z.strictObject({ line: z.string() }),
    failed: programSeen,
  },
  'program-ends': {
    params: z.strictObject({
      ...program,
      status: count.optional(),
      signal: z.string().optional(),
    }),
    met: z.strictObject({ status: count.nullable(), signal: z.string().nullable() }),
    failed: programSeen,
  },
  'call-returns': {
    params: z.strictObject({
      ...program,
      index: count,
      call: z.string(),
      wanted: z.union([
        z.strictObject({ code: z.string() }),
        z.strictObject({ result: z.string().optional() }),
      ]),
      after: ms.optional(),
    }),
    met: returnedSeen,
    failed: z.union([returnedSeen, programSeen]),
  },
  carried: {
    params: z.strictObject({
      flow,
      pattern: z.string(),
      whole: z.boolean(),
      repeats: z.boolean(),
    }),
    met: z.strictObject({ names, captures: z.array(host), leftOut: z.array(count) }),
    failed: z.strictObject({
      capture: host,
      lines: z.array(count),
      names,
      leftOut: count,
      expected: z.strictObject({ line: count }).optional(),
    }),
  },
  'not-carried': {
    params: z.strictObject({ flow, line: z.string().optional(), ms: ms.optional() }),
    met: none,
    failed: z.strictObject({ capture: host }),
  },
  waits: {
    params: z.strictObject({ host, flags: z.string().optional(), flow: flow.optional() }),
    met: none,
    failed: none,
  },
  'edge-shown': {
    params: z.strictObject({ edge: z.string() }),
    met: z.strictObject({ change }),
    failed: z.strictObject({ unseen: z.array(state) }),
  },
  'edge-missing': {
    params: z.strictObject({ edge: z.string() }),
    met: z.union([
      z.strictObject({ instead: z.string(), change }),
      z.strictObject({ round: z.strictObject({ host, local: endpoint, from: state, to: state }) }),
    ]),
    failed: z.union([
      z.strictObject({ change }),
      z.strictObject({ traced: count }),
      z.strictObject({ unshown: z.string() }),
      z.strictObject({ noSocket: z.literal(true) }),
    ]),
  },
} satisfies Record<Kind, { params: z.ZodType; met: z.ZodType; failed: z.ZodType }>;

export const SHAPES = shapes as unknown as { [K in Kind]: Shapes<K> };

export const KINDS = Object.keys(shapes) as [Kind, ...Kind[]];

const reason = z.discriminatedUnion('why', [
  z.strictObject({ why: z.literal('no edge') }),
  z.strictObject({ why: z.literal('no cause') }),
  z.strictObject({ why: z.literal('event'), event: z.string() }),
  z.strictObject({ why: z.literal('tracepoint') }),
  z.strictObject({ why: z.literal('edge'), edge: z.string() }),
]);

export const miss = z.strictObject({
  event: count,
  socket: socket.nullable().optional(),
  line: z.string().optional(),
  change: change.optional(),
  reason: reason.optional(),
  differs: z.array(z.strictObject({ field: z.string(), expected: z.json(), seen: z.json() })),
}) as unknown as z.ZodType<Miss>;

/** The stream's schema, for reading: whatever comes from a file is validated before it is believed. */
import { z } from 'zod';
import { isState, type State } from '../tcp/state.ts';
import { SCHEMA_VERSION, WIRE_PHASES, type LabEvent } from './events.ts';

const host = z.enum(['server', 'client']);
const count = z.int().min(0);
const uint32 = count.max(0xffffffff);
const port = count.max(0xffff);
const endpoint = z.strictObject({ address: z.string(), port });
const state = z.custom<State>((value) => typeof value === 'string' && isState(value), {
  error: 'is no TCP state',
});
const strings = z.record(z.string(), z.string());

const segment = z.strictObject({
  src: endpoint,
  dst: endpoint,
  flags: z.string(),
  seq: uint32,
  ack: uint32.optional(),
  window: port,
  length: count,
  options: z.strictObject({
    mss: port.optional(),
    windowScale: count.max(255).optional(),
    sackPermitted: z.literal(true).optional(),
    timestamps: z.strictObject({ value: uint32, echo: uint32 }).optional(),
    sack: z.array(z.tuple([uint32, uint32])).optional(),
  }),
  payload: z.string().optional(),
  ip: z.strictObject({ id: port, ttl: count.max(255), length: port }),
});

const row = z.strictObject({
  line: z.string(),
  state,
  recvQ: count,
  sendQ: count,
  local: endpoint,
  peer: endpoint,
  timer: z
    .strictObject({
      name: z.enum(['on', 'keepalive', 'timewait', 'persist', 'unknown']),
      expiresMs: z.number().optional(),
      retransmits: count,
    })
    .optional(),
  processes: z.array(z.strictObject({ name: z.string(), pid: count, fd: count })),
  inode: count.optional(),
  uid: count.optional(),
  cookie: z.string().optional(),
  info: strings,
});

const stamp = { seq: count, t: z.int(), step: count.optional() };
const event = <T extends string, S extends z.core.$ZodLooseShape>(type: T, shape: S) =>
  z.strictObject({ type: z.literal(type), ...stamp, ...shape });
const phase = z.enum(['begin', 'end']);

const schema = z.discriminatedUnion('type', [
  event('run', {
    schema: z.literal(SCHEMA_VERSION),
    lab: z.string(),
    title: z.string(),
    backend: z.string(),
    reason: z.string(),
    startedAt: z.iso.datetime(),
    slow: z.boolean(),
    harness: z.string(),
  }),
  event('host', {
    host,
    address: z.string(),
    mac: z.string(),
    interface: z.string(),
    mtu: count,
    kernel: z.string(),
    tools: strings,
    sysctls: strings,
    offloads: z.record(z.string(), z.boolean()),
    route: z.string(),
  }),
  event('step', { phase, id: count, title: z.string() }),
  event('action', {
    phase,
    id: count,
    op: z.string(),
    host: host.optional(),
    args: z.json().optional(),
    value: z.json().optional(),
    error: z.strictObject({ code: z.string(), message: z.string() }).optional(),
  }),
  event('expect', { id: count, text: z.string() }),
  event('verdict', {
    id: count,
    verdict: z.enum(['met', 'failed']),
    seen: z.string(),
    by: z.array(count),
  }),
  event('deadline', { id: count }),
  event('program', {
    host,
    program: count,
    name: z.string(),
    pid: count,
    argv: z.array(z.string()),
  }),
  event('output', { host, program: count, stream: z.enum(['stdout', 'stderr']), line: z.string() }),
  event('call', {
    host,
    program: count,
    phase: z.enum(['enter', 'return']),
    call: z.string(),
    args: z.array(z.union([z.string(), z.number()])),
    result: z.number().optional(),
    out: z.union([z.string(), z.number()]).optional(),
    errno: count.optional(),
    code: z.string().optional(),
  }),
  event('exit', { host, program: count, status: count.nullable(), signal: z.string().nullable() }),
  event('packet', {
    host,
    frame: count,
    direction: z.enum(['in', 'out']),
    segment: segment.optional(),
    other: z.string().optional(),
  }),
  event('wire', {
    phase: z.enum(WIRE_PHASES),
    host,
    id: count,
    segment: segment.optional(),
  }),
  event('sample', {
    host,
    began: z.int(),
    ended: z.int(),
    command: z.string(),
    rows: z.array(row),
  }),
  event('transition', {
    host,
    local: endpoint,
    peer: endpoint,
    from: state,
    to: state,
    pid: count,
    command: z.string(),
  }),
  event('fence', { host, frame: count, from: host, nonce: z.string() }),
  event('note', { text: z.string() }),
  event('end', {
    status: z.enum(['passed', 'failed', 'broken', 'interrupted']),
    message: z.string().optional(),
  }),
]);

/** A line that is no event; `line` counts from 1. */
export class SchemaError extends Error {
  override readonly name = 'SchemaError';
  readonly line: number;
  constructor(line: number, reason: string) {
    super(`line ${line}: ${reason}`);
    this.line = line;
  }
}

/**
 * Reads a stream as it was written. Sequence numbers must count from 0 without a gap, the first
 * event must be `run` and the last `end`.
 * @throws SchemaError
 */
export function parseEvents(text: string): LabEvent[] {
  const lines = text.split('\n');
  if (lines.pop() !== '') throw new SchemaError(lines.length + 1, 'the last line is cut');
  const events = lines.map((line, index) => parseEvent(line, index + 1));
  events.forEach(({ seq }, index) => {
    if (seq !== index) throw new SchemaError(index + 1, `event ${seq} where ${index} must be`);
  });
  if (events[0]?.type !== 'run') throw new SchemaError(1, `the first event must be 'run'`);
  if (events.at(-1)?.type !== 'end')
    throw new SchemaError(lines.length, `the last event must be 'end'`);
  return events;
}

function parseEvent(line: string, number: number): LabEvent {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    throw new SchemaError(number, 'is no JSON');
  }
  const version = (value as { schema?: unknown } | null)?.schema;
  if (number === 1 && version !== undefined && version !== SCHEMA_VERSION) {
    throw new SchemaError(
      number,
      `has schema ${JSON.stringify(version)}; this is ${SCHEMA_VERSION}`,
    );
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data as LabEvent;
  const [issue] = parsed.error.issues;
  const where = issue?.path.join('.') ?? '';
  throw new SchemaError(
    number,
    `${where === '' ? 'the event' : `'${where}'`}: ${issue?.message ?? 'invalid'}`,
  );
}

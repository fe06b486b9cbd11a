/** The stream's schema, for reading: whatever comes from a file is validated before it is believed. */
import { z } from 'zod';
import { LIMIT_NAMES } from '../agent/limits.ts';
import { WIRE_PHASES } from '../agent/protocol.ts';
import { ACTION_NAMES, ACTION_SHAPES } from './action-schema.ts';
import { ANSWER, isOfItsChoices } from './answer-schema.ts';
import { CALL_PARTS } from './call.ts';
import { SCHEMA_VERSION, type EventOf, type LabEvent } from './events.ts';
import {
  count,
  endpoint,
  host,
  KINDS,
  miss,
  process,
  SHAPES,
  state,
  timer,
} from './expectation-schema.ts';
import type { Kind } from './expectations.ts';
import { JsonError, parseJson } from './json.ts';
import { told, ToldError, verbatim, type Told, type Param } from '../told.ts';

const uint32 = count.max(0xffffffff);
const port = count.max(0xffff);
export const sha256 = z
  .string()
  .refine((text) => /^[0-9a-f]{64}$/.test(text), { params: { told: told('is not a SHA-256') } });
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
  timer: timer.optional(),
  processes: z.array(process),
  inode: count.optional(),
  uid: count.optional(),
  cookie: z.string().optional(),
  info: strings,
});

const WRONG = told('is not what it must be');

const call = Object.fromEntries(
  Object.entries(CALL_PARTS).map(([name, { fits, optional }]) => {
    const part = z.custom(fits, { params: { told: WRONG } });
    return [name, optional === true ? part.optional() : part];
  }),
);

/** What is told (harness/told.ts), as deep as brackets may lie. */
const message = z.strictObject({
  text: z.string(),
  get params(): z.ZodOptional<z.ZodRecord<z.ZodString, z.ZodType<Param>>> {
    return z.record(z.string(), param).optional();
  },
});
const param: z.ZodType<Param> = z.lazy(() =>
  z.union([z.string(), z.number(), message]),
) as z.ZodType<Param>;

const stamp = { seq: count, t: z.int(), step: count.optional() };
const event = <T extends string, S extends z.core.$ZodLooseShape>(type: T, shape: S) =>
  z.strictObject({ type: z.literal(type), ...stamp, ...shape });
const phase = z.enum(['begin', 'end']);

const schema = z.discriminatedUnion('type', [
  event('run', {
    schema: z.literal(SCHEMA_VERSION),
    lab: z.string(),
    labHash: sha256.optional(),
    title: z.string(),
    backend: z.string(),
    reason: message,
    startedAt: z.iso.datetime(),
    command: z.array(z.string()),
    slow: z.boolean(),
    walked: z.literal(true).optional(),
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
  event('step', { phase, id: count, title: message }),
  // What belongs to their kinds, here and below, is read when the kind is known (`checkKind`).
  event('action', {
    phase,
    id: count,
    op: z.enum(ACTION_NAMES),
    host,
    args: z.json().optional(),
    value: z.json().optional(),
    error: z.strictObject({ code: z.string(), message }).optional(),
  }),
  event('expect', {
    id: count,
    kind: z.enum(KINDS),
    params: z.json(),
    within: z.number().min(0),
    at: z.strictObject({ file: z.string(), line: count }).optional(),
  }),
  event('verdict', {
    id: count,
    verdict: z.enum(['met', 'failed']),
    seen: z.json(),
    by: z.array(count),
    misses: z.array(miss).optional(),
    nearest: count.optional(),
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
  event('call', { host, program: count, ...call }),
  event('limit', { host, program: count, limit: z.enum(LIMIT_NAMES), most: count }),
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
  event('marker', { host, frame: count, from: host, nonce: z.string() }),
  event('note', { ...message.shape, absent: z.literal('tracepoint').optional() }),
  event('answer', ANSWER),
  event('end', {
    status: z.enum(['passed', 'failed', 'broken', 'interrupted']),
    expectation: count.optional(),
    message: message.optional(),
    hint: message.optional(),
    cut: z.literal(true).optional(),
  }),
]);

/** The fields that each type of event has, or may have; docs/bundle.md describes them. */
export const EVENT_FIELDS: Readonly<Record<string, readonly string[]>> = Object.fromEntries(
  schema.options.map(({ shape }) => [shape.type.value, Object.keys(shape)]),
);

/** A line that is no event; `line` counts from 1. */
export class SchemaError extends ToldError {
  override readonly name = 'SchemaError';
  readonly line: number;
  constructor(line: number, why: Told) {
    super(told('line {n}: {why}', { n: line, why }));
    this.line = line;
  }
}

/** Characters that a line may have: thousands of sockets in one sample are a tenth of it. */
const LONGEST_LINE = 1 << 24;
/** A hundred times what our own labs record at most. */
const MOST_EVENTS = 1_000_000;

/**
 * Reads a stream as it was written. Sequence numbers must count from 0 without a gap, the first
 * event must be `run` and the last `end`.
 * @throws SchemaError
 */
export function parseEvents(text: string): LabEvent[] {
  refuseTooMany(text);
  const events: LabEvent[] = [];
  const kinds = new Map<number, Kind>();
  let number = 0;
  for (let from = 0; from < text.length;) {
    number++;
    const end = text.indexOf('\n', from);
    if (end < 0) throw new SchemaError(number, told('the last line is cut'));
    if (end - from > LONGEST_LINE) throw new SchemaError(number, told('is too long'));
    const event = parseEvent(text.slice(from, end), number);
    const wanted = { n: event.seq, m: number - 1 };
    if (wanted.n !== wanted.m)
      throw new SchemaError(number, told('event {n} where {m} must be', wanted));
    checkKind(event, kinds, number);
    events.push(event);
    from = end + 1;
  }
  if (events[0]?.type !== 'run') throw new SchemaError(1, told("the first event must be 'run'"));
  if (events.at(-1)?.type !== 'end')
    throw new SchemaError(number, told("the last event must be 'end'"));
  return events;
}

/**
 * What was done, expected and seen has the shape of its kind.
 * @throws SchemaError
 */
function checkKind(event: LabEvent, kinds: Map<number, Kind>, number: number): void {
  if (event.type === 'action') checkAction(event, number);
  if (event.type === 'answer') check(isOfItsChoices, event, 'given', number);
  if (event.type === 'expect') {
    kinds.set(event.id, event.kind);
    check(SHAPES[event.kind].params, event.params, 'params', number);
  }
  if (event.type !== 'verdict') return;
  const kind = kinds.get(event.id);
  if (kind === undefined)
    throw new SchemaError(number, told('expectation {n} was not stated', { n: event.id }));
  if (event.verdict === 'failed' && LIMIT_SEEN.safeParse(event.seen).success) return;
  check(SHAPES[kind][event.verdict], event.seen, 'seen', number);
  if (event.verdict === 'failed' && (event.nearest ?? -1) >= (event.misses ?? []).length)
    throw new SchemaError(number, told("'nearest': there is no such miss"));
}

/** It begins with its arguments, and ends with its result or an error. */
function checkAction(event: EventOf<'action'>, number: number): void {
  const wanted = event.phase === 'begin' ? 'args' : 'error' in event ? 'error' : 'value';
  for (const part of ['args', 'value', 'error']) {
    if (part in event !== (part === wanted))
      throw new SchemaError(number, told("'{what}': {why}", { what: part, why: WRONG }));
  }
  const { args, value } = ACTION_SHAPES[event.op];
  if (event.phase === 'begin') check(args, event.args, 'args', number);
  else if (event.error === undefined) check(value, event.value, 'value', number);
}

const LIMIT_SEEN = z.strictObject({ limit: count });

function check(shape: z.ZodType, value: unknown, name: string, number: number): void {
  const parsed = shape.safeParse(value);
  if (parsed.success) return;
  const { where, why } = firstIssue(parsed.error);
  const field = where === '' ? name : `${name}.${where}`;
  throw new SchemaError(number, told("'{field}': {why}", { field, why }));
}

/** Before the first of them is read. */
function refuseTooMany(text: string): void {
  let count = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) {
    if (++count > MOST_EVENTS)
      throw new SchemaError(count, told('more than {n} events', { n: MOST_EVENTS }));
  }
}

function parseEvent(line: string, number: number): LabEvent {
  const value = parseLine(line, number);
  const version = (value as { schema?: unknown } | null)?.schema;
  if (number === 1 && version !== undefined && version !== SCHEMA_VERSION) {
    const params = { n: JSON.stringify(version).slice(0, 20), m: SCHEMA_VERSION };
    throw new SchemaError(number, told('has schema {n}; this is {m}', params));
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data as LabEvent;
  const { where, why } = firstIssue(parsed.error);
  throw new SchemaError(
    number,
    where === ''
      ? told('the event: {why}', { why })
      : told("'{field}': {why}", { field: where, why }),
  );
}

function parseLine(line: string, number: number): unknown {
  try {
    return parseJson(line);
  } catch (error) {
    if (error instanceof JsonError) throw new SchemaError(number, error.told);
    throw error;
  }
}

/** What is wrong first, and where in the value; what zod finds itself it says in its own words. */
export function firstIssue({ issues: [issue] }: z.ZodError): { where: string; why: Told } {
  const own = issue?.code === 'custom' ? (issue.params?.['told'] as Told | undefined) : undefined;
  return {
    where: issue?.path.join('.') ?? '',
    why: own ?? verbatim(issue?.message ?? 'invalid'),
  };
}

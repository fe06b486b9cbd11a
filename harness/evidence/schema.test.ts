import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LabEvent } from './events.ts';
import { parseEvents, SchemaError } from './schema.ts';
import { formatEvents } from './stream.ts';
import { verbatim } from '../told.ts';

const run: LabEvent = {
  seq: 0,
  t: 0,
  type: 'run',
  schema: 4,
  lab: 'time-wait',
  title: 'a title',
  backend: 'netns',
  reason: verbatim('a reason'),
  startedAt: '2026-01-02T03:04:05.678Z',
  command: ['npm', 'run', 'lab', '--', 'time-wait'],
  slow: false,
  harness: '0.1.0',
};
const note: LabEvent = { seq: 1, t: 5, type: 'note', text: 'a note' };
const end: LabEvent = { seq: 2, t: 9, type: 'end', status: 'passed' };
const stream = [run, note, end];

/** What a file may hold and what must come of it: events, or a SchemaError. Nothing else, ever. */
function read(text: string): LabEvent[] | SchemaError {
  try {
    return parseEvents(text);
  } catch (error) {
    if (error instanceof SchemaError) return error;
    throw error;
  }
}

describe('parseEvents', () => {
  it('reads what formatEvents wrote', () => {
    expect(parseEvents(formatEvents(stream))).toEqual(stream);
  });

  it.each([
    ['nothing', '', "line 1: the first event must be 'run'"],
    ['a blank line', '\n', 'line 1: is not JSON'],
    ['no end', formatEvents([run, note]), "line 2: the last event must be 'end'"],
    ['no run', formatEvents([{ ...note, seq: 0 }]), "line 1: the first event must be 'run'"],
    ['a gap', formatEvents([run, { ...end, seq: 2 }]), 'line 2: event 2 where 1 must be'],
    ['another schema', formatEvents([{ ...run, schema: 7 }]), 'line 1: has schema 7; this is 4'],
    ['null', 'null\n', 'line 1: the event: Invalid input: expected object, received null'],
  ])('refuses %s', (_what, text, message) => {
    expect(read(text)).toMatchObject({ message });
  });

  it('refuses an event of an unknown type', () => {
    const text = formatEvents([run, { ...note, type: 'rumour' } as unknown as LabEvent, end]);
    expect(read(text)).toMatchObject({ line: 2 });
  });

  it.each([
    ['an action that nobody can do', { op: 'reboot', args: {} }, /^line 2: 'op': /],
    ['arguments of another', { op: 'drop', args: { id: 1 } }, /^line 2: 'args\.flags': /],
    ['an action without any', { op: 'hold' }, /^line 2: 'args': is not what it must be$/],
    ['no result', { op: 'hold', phase: 'end' }, /^line 2: 'value': is not what it must be$/],
    ['a result of another', { op: 'run', phase: 'end', value: null }, /^line 2: 'value': /],
    [
      'a result and an error',
      { op: 'hold', phase: 'end', value: null, error: { code: 'A', message: { text: 'b' } } },
      /^line 2: 'value': is not what it must be$/,
    ],
  ])('refuses %s: whoever reads the stream takes it as it is', (_what, fields, message) => {
    const action = { ...note, text: undefined, type: 'action', phase: 'begin', id: 1, ...fields };
    const text = formatEvents([run, { ...action, host: 'server' } as unknown as LabEvent, end]);
    expect(read(text)).toMatchObject({ message: expect.stringMatching(message) as string });
  });

  it('answers any text with events or an error that names a line', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(read(text)).toBeInstanceOf(SchemaError);
      }),
    );
  });

  it('answers any JSON lines so', () => {
    fc.assert(
      fc.property(fc.array(fc.jsonValue()), (values) => {
        const text = values.map((value) => `${JSON.stringify(value)}\n`).join('');
        expect(read(text)).toBeInstanceOf(SchemaError);
      }),
    );
  });

  it('answers a stream with one part changed so, or as the same stream', () => {
    const text = formatEvents(stream);
    fc.assert(
      fc.property(fc.nat(text.length), fc.nat(12), fc.string(), (from, length, instead) => {
        const changed = text.slice(0, from) + instead + text.slice(from + length);
        const result = read(changed);
        if (!(result instanceof SchemaError)) expect(result).toHaveLength(stream.length);
      }),
    );
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CALL_PARTS, readCallReport } from './call.ts';
import { SCHEMA_VERSION, type LabEvent, type RunEvent } from './events.ts';
import { parseEvents } from './schema.ts';
import { formatEvents } from './stream.ts';
import { inEnglish, verbatim } from '../told.ts';

const REPORT = { t: '5', phase: 'return', call: 'bind', args: [3, '10.0.0.1:6000'], result: 0 };
const read = (report: unknown) => readCallReport(JSON.stringify(report));

/** The stream of a run in which this was reported, as it is read again. */
function readAgain(call: object): LabEvent[] {
  const run: RunEvent = {
    type: 'run',
    schema: SCHEMA_VERSION,
    command: [],
    lab: '',
    title: '',
    backend: '',
    reason: verbatim(''),
    startedAt: '2026-01-02T03:04:05.678Z',
    slow: false,
    harness: '',
  };
  const event = { type: 'call', host: 'server', program: 1, ...call };
  const bodies = [run, event, { type: 'end', status: 'passed' }];
  return parseEvents(
    formatEvents(bodies.map((body, seq) => ({ seq, t: seq, ...body }) as unknown as LabEvent)),
  );
}

describe('a report of a call', () => {
  it('is read with all its parts', () => {
    const report = { ...REPORT, result: -1, out: '"ok"', errno: 98, code: 'EADDRINUSE' };
    expect(read(report)).toEqual(report);
  });

  it.each([
    ['hello', 'it is not JSON'],
    ['7', 'it is not an object'],
    ['null', 'it is not an object'],
    ['[]', 'it is not an object'],
    ['{}', "'t' is not a time"],
    [JSON.stringify({ ...REPORT, t: 5 }), "'t' is not a time"],
    [JSON.stringify({ ...REPORT, t: '9'.repeat(30) }), "'t' is not a time"],
    [JSON.stringify({ t: '5', phase: 'return', args: [] }), "'call' is missing"],
    [JSON.stringify({ ...REPORT, phase: 'return ' }), "'phase' is not what it must be"],
    [JSON.stringify({ ...REPORT, args: [null, {}] }), "'args' is not what it must be"],
    [JSON.stringify({ ...REPORT, result: 'no' }), "'result' is not what it must be"],
    ['{"t":"5","phase":"return","call":"x","args":[1e999]}', "'args' is not what it must be"],
    [JSON.stringify({ ...REPORT, errno: -98 }), "'errno' is not what it must be"],
    // That is success: who fails with it says two things.
    [JSON.stringify({ ...REPORT, errno: 0 }), "'errno' is not what it must be"],
    [JSON.stringify({ ...REPORT, errno: 98.5 }), "'errno' is not what it must be"],
    [JSON.stringify({ ...REPORT, call: '' }), "'call' is not what it must be"],
    [JSON.stringify({ ...REPORT, code: '' }), "'code' is not what it must be"],
    [JSON.stringify({ ...REPORT, t: '' }), "'t' is not a time"],
    [JSON.stringify({ ...REPORT, t: '5 ' }), "'t' is not a time"],
    [JSON.stringify({ ...REPORT, type: 'exit' }), "it has more in it than a call: 'type'"],
    ['{"t":"5","phase":"return","call":"x","args":[],"__proto__":1}', /'__proto__'/],
  ])('is not %s', (line, wrong) => {
    const read = readCallReport(line);
    if (!('wrong' in read)) throw new Error('it was read');
    const said = inEnglish(read.wrong);
    if (typeof wrong === 'string') expect(said).toBe(wrong);
    else expect(said).toMatch(wrong);
  });

  it('that a run accepts can be read again, and no other', () => {
    const odd = fc.oneof(fc.jsonValue(), fc.double(), fc.constantFrom('enter', 'return', 'bind'));
    const parts = Object.fromEntries(Object.keys(CALL_PARTS).map((name) => [name, odd]));
    const plausible = {
      phase: fc.constantFrom('enter', 'return'),
      call: fc.string(),
      args: fc.array(fc.oneof(fc.string({ unit: 'binary' }), fc.double(), fc.integer())),
      result: fc.oneof(fc.integer(), fc.double()),
      out: fc.oneof(fc.string({ unit: 'binary' }), fc.double()),
    };
    const accepted = { yes: 0, no: 0 };
    fc.assert(
      fc.property(
        fc.oneof(
          fc.record(parts, { requiredKeys: [] }),
          fc.record(plausible, { requiredKeys: ['phase', 'call', 'args'] }),
          fc.record({ ...plausible, other: odd }, { requiredKeys: ['phase', 'call', 'args'] }),
        ),
        (call) => {
          const report = read({ t: '5', ...call });
          if ('wrong' in report) {
            accepted.no++;
            expect(() => readAgain(call)).toThrow();
          } else {
            accepted.yes++;
            expect({ ...readAgain(call)[1], t: '5' }).toMatchObject(report);
          }
        },
      ),
      { numRuns: 300 },
    );
    expect(Math.min(accepted.yes, accepted.no)).toBeGreaterThan(20);
  });
});

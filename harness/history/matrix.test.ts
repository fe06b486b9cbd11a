import { describe, expect, test } from 'vitest';
import { Stream } from '../evidence/stream.ts';
import { inEnglish, told, type Told } from '../told.ts';
import { historyOf } from './history.ts';
import { matrixOf } from './matrix.ts';

const PORT = told('its port');

/** A run whose steps are what tests say: each call that was expected, by its error or '', or not judged. */
class Run {
  readonly stream = new Stream();
  #id = 0;
  #typed = 0;

  constructor() {
    const program = { host: 'server', program: 1, name: 'socket-shell' } as const;
    this.stream.append(0, { type: 'program', ...program, pid: 7, argv: [] });
  }

  step(title: Told, calls: (string | undefined)[] = [], isWhole = true): this {
    const id = ++this.#id;
    this.stream.append(1, { type: 'step', phase: 'begin', id, title });
    for (const call of calls) this.call(call);
    if (isWhole) this.stream.append(2, { type: 'step', phase: 'end', id, title });
    return this;
  }

  /** The shell prints its line, and its report comes; `wanted` is what the lab wanted to come of it. */
  call(error: string | undefined, wanted = error): this {
    const id = ++this.#id;
    const ref = { host: 'server', program: 1 } as const;
    const params = { ...ref, name: 'socket-shell', index: this.#typed++, call: 'bind 3 server:1' };
    const asked = { ...params, wanted: wanted ? { code: wanted } : { result: '0' } };
    this.stream.append(1, {
      ...{ type: 'expect', id, within: 1, kind: 'call-returns', params: asked },
    });
    if (error === undefined) return this;
    const came = error === '' ? { result: 0 } : { result: -1, errno: 98, code: error };
    const line = `bind(3, server:1) = ${error === '' ? '0' : `-1 ${error} (98)`}`;
    const { seq } = this.stream.append(1, { type: 'output', ...ref, stream: 'stdout', line });
    const call = { type: 'call', ...ref, phase: 'return', call: 'bind' } as const;
    this.stream.append(1, { ...call, args: [3], ...came });
    const seen = { id, by: [seq], seen: { line } };
    const verdict = error === wanted ? 'met' : 'failed';
    this.stream.append(1, { type: 'verdict', verdict, ...seen });
    return this;
  }

  get matrix() {
    return matrixOf(historyOf(this.stream.events));
  }
}

const cell = (row: string, column: string): Told =>
  told('{row}: {column}', { row: told(row), column: told(column) });

describe('the table that a lab fills in', () => {
  test('has a row and a column for each heading, in order, and a cell for each of both', () => {
    const run = new Run()
      .step(told('first something else'), [''])
      .step(cell('CLOSED', 'without'), ['EADDRINUSE'])
      .step(cell('CLOSED', 'with'), ['', ''])
      .step(cell('LISTEN', 'without'), ['EADDRINUSE']);
    const { rows = [], columns = [], cells = [] } = run.matrix ?? {};
    expect(rows.map(inEnglish)).toEqual(['CLOSED', 'LISTEN']);
    expect(columns.map(inEnglish)).toEqual(['without', 'with']);
    expect(
      cells.map(({ row, column, verdict, outcomes }) => [row, column, verdict, outcomes]),
    ).toEqual([
      [0, 0, 'met', ['EADDRINUSE']],
      [0, 1, 'met', [null]],
      [1, 0, 'met', ['EADDRINUSE']],
    ]);
    expect(cells[1]?.stated).toHaveLength(2);
  });

  test('of several steps in one cell each outcome once', () => {
    const at = cell('CLOSED', 'with');
    const run = new Run().step(at, ['', 'EINVAL']).step(at, ['']).step(at, ['EINVAL', 'EACCES']);
    const [only] = run.matrix?.cells ?? [];
    expect(run.matrix?.cells).toHaveLength(1);
    // In the first stretch a call failed, and which one matters; the second succeeded as a whole.
    expect(only?.outcomes).toEqual(['EINVAL', null, 'EACCES']);
    expect(only?.steps).toHaveLength(3);
  });

  test('what failed, and what was not tried to the end, is said', () => {
    const run = new Run().step(cell('one', 'a'), []);
    run.stream.append(3, { type: 'step', phase: 'begin', id: 90, title: cell('one', 'b') });
    run.call('EADDRINUSE', '');
    run.stream.append(3, { type: 'step', phase: 'end', id: 90, title: cell('one', 'b') });
    run.step(cell('one', 'c'), [''], false).step(cell('one', 'd'), [undefined]);
    expect(run.matrix?.cells.map(({ verdict, outcomes }) => [verdict, outcomes])).toEqual([
      // Nothing was expected of a call.
      ['met', []],
      ['failed', ['EADDRINUSE']],
      ['untried', [null]],
      ['untried', []],
    ]);
  });

  test('is none where a lab has steps only, whatever stands in their titles', () => {
    const titles = [
      told('x'),
      told('{row}', { row: PORT }),
      told('{row} {column}', { row: 'a', column: 1 }),
    ];
    const run = new Run();
    for (const title of titles) run.step(title, ['']);
    expect(run.matrix).toBeUndefined();
  });

  test('reports that come late are found by the line of their call', () => {
    const run = new Run().step(cell('one', 'a'), ['EADDRINUSE']);
    const answer = { type: 'output', host: 'server', program: 1, stream: 'stdout' } as const;
    run.stream.append(3, { ...answer, line: "error: unknown command 'bnid'" });
    run.call('');
    const doings = historyOf(run.stream.events).programs.of(1);
    expect(doings?.typed(0)?.return?.code).toBe('EADDRINUSE');
    expect(doings?.typed(1)).toBeUndefined();
    expect(doings?.typed(2)?.return?.result).toBe(0);
  });
});

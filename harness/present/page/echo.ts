import type { Row } from '../ladder/types.ts';

/** The program in which socket calls are typed: it prints each of them as it has made it. */
const SHELL = 'socket-shell';

/** What says again what the call beside it says: that it was printed. */
export const isEcho = (row: Row): boolean => row.kind === 'output' && row.name === SHELL;

/** For each line that the shell printed, by its event, the call that it tells of. */
export function echoed(rows: readonly Row[]): ReadonlyMap<number, Row> {
  const calls = new Map<number, Row>();
  const last = new Map<number, Row>();
  for (const row of rows) {
    if (row.kind === 'call') last.set(row.program, row);
    else if (row.kind === 'output' && isEcho(row)) {
      const call = last.get(row.program);
      if (call !== undefined) calls.set(row.seq, call);
    }
  }
  return calls;
}

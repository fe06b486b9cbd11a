import { describe, expect, it } from 'vitest';
import type { Body, EventOf, LabEvent } from '../evidence/events.ts';
import { hasWaited, Programs, tookOf, type OfProgram } from './programs.ts';

const of = { host: 'client', program: 2 } as const;
const started: Body = { type: 'program', ...of, name: 'echo-client', pid: 9, argv: [] };
const prints = (line: string): Body => ({ type: 'output', ...of, stream: 'stdout', line });
const call = (
  phase: 'enter' | 'return',
  name: string,
  fields: Partial<EventOf<'call'>> = {},
): Body => ({
  ...{ type: 'call', ...of, phase, call: name, args: [3] },
  ...fields,
});

/** Each a millisecond after the one before it. */
function doings(...bodies: Body[]) {
  const programs = new Programs();
  bodies.forEach((body, seq) => {
    programs.append({ seq, t: seq * 1e6, ...body } as LabEvent & OfProgram);
  });
  return programs.of(2);
}

describe('what a program did', () => {
  it('is known once it was started, and what was heard of it earlier too', () => {
    const early = [prints('one'), call('return', 'socket', { result: 3 })];
    expect(doings(...early)).toBeUndefined();
    const known = doings(...early, started, prints('two'));
    expect(known).toMatchObject({ name: 'echo-client', host: 'client' });
    expect(known?.all.map(({ seq }) => seq)).toEqual([0, 1, 3]);
  });

  it('has its calls in pairs: what waited, and for how long', () => {
    const known = doings(
      started,
      call('return', 'socket', { result: 3, args: [] }),
      call('enter', 'accept'),
      call('enter', 'recv', { args: [4] }),
      call('return', 'accept', { result: -1, errno: 22, code: 'EINVAL' }),
    );
    const [socket, accept, recv] = known?.calls ?? [];
    expect(socket && tookOf(socket)).toBe(0);
    expect(accept && tookOf(accept)).toBe(2);
    expect(recv?.return).toBeUndefined();
    expect(known?.returned).toEqual([socket, accept]);
    expect(known?.lastFailure?.seq).toBe(4);
  });

  it('has waited in what did not return at once, or has not yet; what never waits is told once', () => {
    const others = Array.from({ length: 20 }, () => prints('tick'));
    const calls = doings(
      started,
      call('return', 'socket', { result: 3, args: [] }),
      call('enter', 'accept'),
      ...others,
      call('return', 'accept', { result: 4 }),
      call('enter', 'recv', { args: [4] }),
      call('return', 'recv', { args: [4], result: 5 }),
      call('enter', 'recv', { args: [4] }),
    )?.calls;
    expect(calls?.map(hasWaited)).toEqual([false, true, false, true]);
  });

  it('ends with its limit and its exit', () => {
    const limit: Body = { type: 'limit', ...of, limit: 'outputLines', most: 3 };
    const exit: Body = { type: 'exit', ...of, status: null, signal: 'SIGKILL' };
    expect(doings(started, limit, exit)).toMatchObject({ limit: { most: 3 }, exit: { seq: 2 } });
  });
});

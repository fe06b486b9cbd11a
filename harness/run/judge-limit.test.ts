/** Once a program went beyond a limit, every expectation fails with it; and how that is said. */
import type { VerdictEvent } from '../evidence/events.ts';
import { describe, expect, it } from 'vitest';
import { LIMIT_NAMES, LIMITS, type LimitName } from '../agent/limits.ts';
import { Stream } from '../evidence/stream.ts';
import { ends, type ProgramRef } from '../expect/programs/programs.ts';
import { historyOf } from '../history/history.ts';
import { chinese } from '../texts/language.ts';
import { english, type Say } from '../texts/say.ts';
import { failureInWords } from '../words/verdicts.ts';
import { Judge, type Settled } from './judge.ts';

const SERVER: ProgramRef = { host: 'server', program: 1, name: 'echo-server' };

function judging() {
  const stream = new Stream();
  const settled: Settled[] = [];
  const judge = new Judge(stream, (verdict) => {
    settled.push(verdict);
    stream.append(0, { type: 'verdict', ...verdict } as VerdictEvent);
  });
  const { host, program, name } = SERVER;
  stream.append(0, { type: 'program', host, program, name, pid: 7, argv: [] });
  const state = (id: number, expectation: ReturnType<typeof ends>) => {
    const { kind, params, within } = expectation;
    stream.append(0, { type: 'expect', id, kind, params, within });
    return judge.open(id, expectation, 0);
  };
  const exceed = (limit: LimitName) =>
    stream.append(0, { type: 'limit', host, program, limit, most: LIMITS[limit] });
  const said = (id: number, t: Say): string | undefined => {
    const history = historyOf(stream.events);
    const stated = history.lab.expectation(id);
    return stated && failureInWords(stated, history, t);
  };
  return { stream, settled, state, exceed, said };
}

describe('a program that went beyond a limit', () => {
  it('fails what is open, and what is stated later, whatever comes', async () => {
    const { stream, settled, state, exceed } = judging();
    const open = [state(1, ends(SERVER)), state(2, ends(SERVER, { status: 0 }))];
    const failing = open.map((verdict) => expect(verdict).rejects.toThrow());
    const { seq } = exceed('outputLines');
    await Promise.all(failing);
    const { host, program } = SERVER;
    stream.append(0, { type: 'exit', host, program, status: null, signal: 'SIGKILL' });
    await expect(state(3, ends(SERVER, { signal: 'SIGKILL' }))).rejects.toThrow();
    expect(settled).toEqual(
      [1, 2, 3].map((id) => ({ id, verdict: 'failed', seen: { limit: seq }, by: [seq] })),
    );
  });

  it.each(LIMIT_NAMES)('is told of with its limit: %s', async (limit) => {
    const { state, exceed, said } = judging();
    const failing = expect(state(1, ends(SERVER))).rejects.toThrow();
    exceed(limit);
    await failing;
    const text = said(1, english);
    expect(text).toMatch(
      new RegExp(
        `^expected echo-server to end, saw echo-server (print|report) .* ${LIMITS[limit]} .*: it was ended$`,
      ),
    );
    expect(said(1, chinese)).toContain(String(LIMITS[limit]));
    expect(said(1, chinese)).not.toMatch(/print|report|ended/);
  });
});

import type { VerdictEvent } from '../evidence/events.ts';
import { describe, expect, it } from 'vitest';
import { Stream } from '../evidence/stream.ts';
import { failed, met, pending, type Expectation } from '../expect/expectation.ts';
import { verdictTold } from '../expect/script.fixture.ts';
import { Judge, type Settled } from './judge.ts';
import { ExpectationError } from '../vocabulary/session.ts';

/** Met by a note that says so, failed by one that forbids it; told as if a program had printed it. */
const note = (wanted: string, forbidden?: string): Expectation<string, 'program-prints'> => ({
  kind: 'program-prints',
  params: { host: 'server', program: 1, name: 'echo-server', line: wanted },
  within: 1000,
  watches: [],
  stated:
    ({ history, from }) =>
    (over) => {
      for (const { seq, text } of history.notes) {
        if (seq < from) continue;
        if (text === wanted) return met(text, { line: text }, [seq]);
        if (text === forbidden)
          return failed<'program-prints'>({ last: seq }, [seq], [{ event: seq, differs: [] }]);
      }
      return over ? failed<'program-prints'>({ last: null }, []) : pending;
    },
});

function judging() {
  const stream = new Stream();
  const settled: Settled[] = [];
  const judge = new Judge(stream, (verdict) => settled.push(verdict));
  const say = (text: string) => stream.append(0, { type: 'note', text });
  return { stream, settled, judge, say };
}

describe('Judge', () => {
  it('settles an expectation at the event that meets it, and only once', async () => {
    const { judge, say, settled } = judging();
    say('yes');
    const verdict = judge.open(1, note('yes'), 0);
    say('other');
    expect(settled).toEqual([]);
    say('yes');
    say('yes');
    await expect(verdict).resolves.toBe('yes');
    expect(settled).toEqual([{ id: 1, verdict: 'met', seen: { line: 'yes' }, by: [2] }]);
  });

  it('fails as soon as it can no longer be met, with all that was seen', async () => {
    const { judge, say, settled } = judging();
    const verdict = judge.open(1, note('yes', 'no'), 0);
    say('no');
    await expect(verdict).rejects.toEqual(new ExpectationError(1, 'program-prints'));
    const misses = [{ event: 0, differs: [] }];
    expect(settled).toEqual([
      { id: 1, verdict: 'failed', seen: { last: 0 }, by: [0], misses, nearest: 0 },
    ]);
  });

  it('fails when its own time is over, not when that of another is', async () => {
    const { judge, stream, settled } = judging();
    const verdict = judge.open(2, note('yes'), 0);
    verdict.catch(() => undefined);
    stream.append(0, { type: 'deadline', id: 1 });
    expect(settled).toEqual([]);
    stream.append(0, { type: 'deadline', id: 2 });
    await expect(verdict).rejects.toEqual(new ExpectationError(2, 'program-prints'));
    expect(settled).toEqual([{ id: 2, verdict: 'failed', seen: { last: null }, by: [] }]);
  });

  it('does not take its own verdict for evidence', async () => {
    const stream = new Stream();
    const judge = new Judge(stream, (settled) => {
      stream.append(0, { type: 'verdict', ...settled } as VerdictEvent);
    });
    const both = Promise.all([judge.open(1, note('yes'), 0), judge.open(2, note('yes'), 0)]);
    stream.append(0, { type: 'note', text: 'yes' });
    await both;
    expect(stream.events.map(({ type }) => type)).toEqual(['note', 'verdict', 'verdict']);
  });

  it('leaves open expectations without a verdict when it is abandoned', async () => {
    const { judge, settled } = judging();
    const verdict = judge.open(1, note('yes'), 0);
    judge.abandon(new Error('interrupted'));
    await expect(verdict).rejects.toThrow('interrupted');
    expect(settled).toEqual([]);
  });

  it('gives the error of an expectation that is itself wrong', async () => {
    const { judge, stream } = judging();
    const broken = {
      ...note('yes'),
      stated: () => () => {
        throw new Error('a bug');
      },
    };
    await expect(judge.open(1, broken, 0)).rejects.toThrow('a bug');
    const undecided = judge.open(2, { ...note('yes'), stated: () => () => pending }, 0);
    stream.append(0, { type: 'deadline', id: 2 });
    await expect(undecided).rejects.toThrow("'program-prints' is undecided after its time is over");
  });

  it('fails all that is open, and all that is stated later, once a program went beyond a limit', async () => {
    const { stream, judge, say, settled } = judging();
    const program = { host: 'server', program: 1 } as const;
    stream.append(0, { type: 'program', ...program, name: 'echo-server', pid: 7, argv: [] });
    const open = [
      judge.open(1, { ...note('yes'), heeds: ['note'] }, 0),
      judge.open(2, note('no'), 0),
    ];
    const failing = open.map((verdict) => expect(verdict).rejects.toThrow(ExpectationError));
    stream.append(0, { type: 'limit', ...program, limit: 'outputLines', most: 20_000 });
    await Promise.all(failing);
    const later = expect(judge.open(3, note('yes'), 0)).rejects.toThrow(ExpectationError);
    say('yes');
    await later;
    expect(settled).toEqual(
      [1, 2, 3].map((id) => ({ id, verdict: 'failed', seen: { limit: 1 }, by: [1] })),
    );
    const [first] = settled;
    if (first === undefined) throw new Error('it has settled');
    expect(verdictTold(note('yes'), stream.events, first)).toBe(
      'expected echo-server to print "yes", saw echo-server print more than 20000 lines: it was ended',
    );
  });
});

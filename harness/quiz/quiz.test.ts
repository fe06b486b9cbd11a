import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { allClaims } from '../catalogue/claims.ts';
import { misconceptionOf, scoreOf, type Question } from '../evidence/answers.ts';
import type { EventOf, LabEvent } from '../evidence/events.ts';
import { parseEvents, SchemaError } from '../evidence/schema.ts';
import { History, historyOf } from '../history/history.ts';
import { storedRun } from '../present/ladder/stored-run.fixture.ts';
import { english } from '../texts/say.ts';
import { choiceInWords, gradeInWords, reasonsInWords } from '../words/quiz.ts';
import { SAID_BY } from './misconceptions.ts';
import { bindQuestion, gradeOf, questionsAt } from './quiz.ts';

/** Somebody walked through `handshake` and predicted: four were right, one was skipped. */
const FILE = new URL('stored/predicted-handshake.ndjson', import.meta.url);
const predicted = parseEvents(readFileSync(FILE, 'utf8'));
const answers = predicted.filter((event): event is EventOf<'answer'> => event.type === 'answer');

/** A stored run has gaps: each event stands at its number. */
function timeWait(): History {
  const events: LabEvent[] = [];
  for (const event of storedRun('time-wait')) events[event.seq] = event;
  return new History(events).catchUp();
}

/** Where the n-th segment of these flags arrives, in the capture of its receiver. */
function arrival(history: History, flags: string, n = 0): { event: number; t: number } {
  const all = [...history.captures.server.packets, ...history.captures.client.packets]
    .filter((one) => one.direction === 'in' && one.segment.flags === flags)
    .sort((a, b) => a.t - b.t);
  const { event = -1, t = 0 } = all[n] ?? {};
  return { event, t };
}

const rightOf = (question: Question, history: History, until?: number): string[] =>
  (gradeOf(question, history, until)?.right ?? []).map((index) =>
    choiceInWords(question, index, english),
  );

describe('answers of a run', () => {
  it('are graded to the same by the events before them, and by those alone', () => {
    expect(answers).toHaveLength(6);
    for (const { seq, question, right, by } of answers) {
      expect(gradeOf(question, historyOf(predicted.slice(0, seq)))).toEqual({ right, by });
      const about = 'segment' in question ? question.segment : 0;
      expect(gradeOf(question, historyOf(predicted.slice(0, about + 1)))).toBeUndefined();
    }
  });

  it('make the score', () => {
    expect(scoreOf(answers)).toEqual({ asked: 6, right: 4, skipped: 1 });
  });

  it('are of their choices, or no bundle', () => {
    const text = readFileSync(FILE, 'utf8');
    expect(() => parseEvents(text.replace('"given":1,', '"given":7,'))).toThrow(SchemaError);
  });

  it('are told why', () => {
    const history = historyOf(predicted);
    const wrong = answers.find(({ given, right }) => given !== null && !right.includes(given));
    expect(wrong && gradeInWords(wrong, english)).toBe(
      'not SYN+ACK seq=y ack=x, but SYN+ACK seq=y ack=x+1',
    );
    expect(wrong && misconceptionOf(wrong)).toBe('SYN takes no number');
    const [rule, seen, misconception] = wrong ? reasonsInWords(wrong, history, english) : [];
    expect(rule).toContain('A SYN takes one sequence number, so ack=x+1');
    expect(seen).toMatch(/^Seen: it waits at the server, \d/);
    expect(misconception).toMatch(/^Misconception: a SYN takes no sequence number\. /);
  });
});

describe('questions about time-wait, whose run is over', () => {
  const history = timeWait();
  const asked = (flags: string, n = 0): Question[] => {
    const { event, t } = arrival(history, flags, n);
    return questionsAt(history, event, t);
  };

  it('are at most two at a segment, of those that teach something there', () => {
    const kinds = (flags: string, n?: number) => asked(flags, n).map(({ kind }) => kind);
    expect(kinds('S')).toEqual(['state', 'segment']);
    expect(kinds('S.')).toEqual(['state', 'call']);
    expect(kinds('.')).toEqual(['state', 'call']);
    expect(kinds('F.')).toEqual(['state', 'segment']);
    expect(kinds('F.', 1)).toEqual(['state', 'timer']);
  });

  it.each<[string, number, string]>([
    ['S', 0, 'server SYN-RECEIVED, client SYN-SENT'],
    ['S.', 0, 'server SYN-RECEIVED, client ESTABLISHED'],
    ['F.', 0, 'server FIN-WAIT-1, client CLOSE-WAIT'],
    ['F.', 1, 'server TIME-WAIT, client LAST-ACK'],
    ['.', 2, 'server TIME-WAIT, client CLOSED'],
  ])('%s, number %i: %s', (flags, n, right) => {
    const [state] = asked(flags, n);
    expect(state && rightOf(state, history)).toEqual([right]);
  });

  it('know the next segment by its numbers, a FIN counted', () => {
    const next = asked('F.')[1];
    expect(next && rightOf(next, history)).toEqual(['ACK seq=x+1 ack=y+2']);
    const wrong = next?.choices.map(({ misconception }) => misconception);
    expect(wrong).toContain('FIN takes no number');
    expect(wrong).toContain('FIN or RST');
  });

  it('know what a call returned', () => {
    expect(rightOf(asked('S.')[1] as Question, history)).toEqual(['0']);
    expect(rightOf(asked('.')[1] as Question, history)).toEqual(['a new descriptor']);
  });

  it('know how long TIME-WAIT lasts by the timer of ss', () => {
    const [, timer] = asked('F.', 1);
    expect(timer && rightOf(timer, history)).toEqual(['60 s']);
  });

  it('name the misconception of TIME-WAIT at the wrong side', () => {
    const choices = asked('F.', 1)[0]?.choices ?? [];
    expect(choices).toContainEqual({
      ...{ server: 'CLOSED', client: 'TIME-WAIT' },
      misconception: 'TIME-WAIT at the wrong side',
    });
  });

  it('ask about bind() where a socket has the port, and of whom it is a misconception', () => {
    const calls = history.programs.all.flatMap(({ returned }) => returned);
    const again = calls
      .flatMap(({ return: one }) => (one?.call === 'bind' && one.code !== undefined ? [one] : []))
      .map(({ seq, t }) => ({ after: seq - 1, t }));
    const about = { host: 'server', port: 6000 } as const;
    const questions = again.map((one, n) =>
      bindQuestion(history, { ...about, ...one, reuseAddr: n > 0 }),
    );
    expect(questions.map((one) => one && rightOf(one, history))).toEqual(
      again.map(() => ['-1 EADDRINUSE']),
    );
    expect(questions.map((one) => one?.choices[0]?.misconception)).toEqual([
      'free without a process',
      'SO_REUSEADDR on the new socket',
    ]);
    const first = { ...about, after: 0, t: 0, reuseAddr: false };
    expect(bindQuestion(history, first)).toBeUndefined();
  });
});

it('the documents say what is said to be theirs, and the labs show otherwise', () => {
  const differing = allClaims().filter(({ verdict }) => verdict === 'differs');
  for (const { document, section, claim } of Object.values(SAID_BY))
    expect(differing).toContainEqual(expect.objectContaining({ document, section, claim }));
});

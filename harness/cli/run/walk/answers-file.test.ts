import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseEvents } from '../../../evidence/schema.ts';
import { UsageError } from '../../errors.ts';
import { checkAnswers, writeAnswers, type AnswersFile } from './answers-file.ts';

const STORED = new URL('../../../quiz/stored/predicted-handshake.ndjson', import.meta.url);
const events = parseEvents(readFileSync(STORED, 'utf8'));

let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'socket-lab-test-'));
});
afterAll(() => rm(dir, { recursive: true }));

describe('a file of answers', () => {
  it('tells what was asked, answered and right, and why', async () => {
    const file = join(dir, 'answers.json');
    await checkAnswers(file);
    expect(await readdir(dir)).toEqual([]);
    await writeAnswers(file, events);
    const { questions, ...about } = JSON.parse(await readFile(file, 'utf8')) as AnswersFile;
    expect(about).toMatchObject({
      ...{ answers: 'socket-lab', version: 1, lab: 'handshake', status: 'passed' },
      score: { asked: 6, right: 4, skipped: 1 },
    });
    expect(questions[1]).toMatchObject({
      kind: 'segment',
      ...{ given: 2, right: [3], verdict: 'wrong', misconception: 'SYN takes no number' },
    });
    expect(questions.find(({ given }) => given === null)).toMatchObject({ verdict: 'skipped' });
    // And once more, in its place; nothing else is left.
    await checkAnswers(file);
    await writeAnswers(file, events);
    expect(await readdir(dir)).toEqual(['answers.json']);
  });

  it("takes no other file's place", async () => {
    const thesis = join(dir, 'thesis.txt');
    await writeFile(thesis, 'of mine');
    const folder = join(dir, 'folder');
    await mkdir(folder);
    for (const path of [thesis, folder])
      await expect(checkAnswers(path)).rejects.toThrow('is not a file of answers');
    await expect(checkAnswers(join(dir, 'none', 'a.json'))).rejects.toThrow(
      'its folder is not there',
    );
    await expect(checkAnswers('/proc/answers.json')).rejects.toThrow(UsageError);
    expect(await readFile(thesis, 'utf8')).toBe('of mine');
  });
});

import { describe, expect, it } from 'vitest';
import handshake from '../../../../labs/handshake.ts';
import flood from '../../../../labs/time-wait-flood.ts';
import { labNames } from '../../../lab/catalogue.ts';
import { NOT_WALKED } from '../../../lab/walk/not-walked.ts';
import { walkingOf } from './allowed.ts';

const terminal = { stdin: { isTTY: true }, stdout: { isTTY: true } };
const step = { step: true, jobs: 1 } as const;

describe('walkingOf', () => {
  it('walks one lab, at a terminal', () => {
    expect(walkingOf(step, [handshake], terminal)).toEqual({ predict: false });
    expect(walkingOf({ predict: true, jobs: 1 }, [handshake], terminal)).toEqual({ predict: true });
    expect(walkingOf({ jobs: 1 }, [handshake, flood], terminal)).toBeUndefined();
  });

  it.each([
    [[handshake, flood], terminal, '--step walks through one lab at a time; name one'],
    [[flood], terminal, /^time-wait-flood cannot be walked: .*; run it without --step$/],
    [
      [handshake],
      { ...terminal, stdin: {} },
      '--step asks for keys: it needs a terminal on stdin and stdout',
    ],
  ])('refuses what cannot be walked', (labs, ends, reason) => {
    expect(() => walkingOf(step, labs, ends)).toThrow(reason);
  });

  it('refuses labs that there are', async () => {
    const names = await labNames();
    expect(Object.keys(NOT_WALKED).filter((name) => !names.includes(name))).toEqual([]);
  });

  it('is not for machines', () => {
    expect(() => walkingOf({ ...step, json: true }, [handshake], terminal)).toThrow(
      '--step is for people, --json for machines; give one',
    );
  });
});

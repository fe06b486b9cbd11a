import { describe, expect, it } from 'vitest';
import handshake from '../../../../labs/handshake.ts';
import flood from '../../../../labs/time-wait-flood.ts';
import { walkingOf } from './allowed.ts';

const terminal = { stdin: { isTTY: true }, stdout: { isTTY: true } };
const flags = { jobs: 1, reporter: [] };
const step = { step: true as const, ...flags };

describe('walkingOf', () => {
  it('walks one lab, at a terminal', () => {
    expect(walkingOf(step, [handshake], terminal)).toEqual({ predict: false });
    expect(walkingOf({ predict: true, ...flags }, [handshake], terminal)).toEqual({
      predict: true,
    });
    expect(walkingOf(flags, [handshake, flood], terminal)).toBeUndefined();
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

  it('writes answers only where somebody is asked', () => {
    const answers = { answers: 'a.json', ...flags };
    expect(walkingOf({ predict: true, ...answers }, [handshake], terminal)).toEqual({
      predict: true,
      answers: 'a.json',
    });
    expect(() => walkingOf({ ...step, ...answers }, [handshake], terminal)).toThrow(
      '--answers is for --predict',
    );
  });

  it('is not for machines', () => {
    expect(() => walkingOf({ ...step, json: true }, [handshake], terminal)).toThrow(
      '--step is for people, --json for machines; give one',
    );
    expect(() => walkingOf({ ...step, reporter: ['tap'] }, [handshake], terminal)).toThrow(
      '--step is for people, --reporter tap for machines; give --reporter tap=FILE',
    );
    const filed = { ...step, reporter: ['tap=report.tap'] };
    expect(walkingOf(filed, [handshake], terminal)).toEqual({ predict: false });
  });

  it('draws on its own', () => {
    expect(() => walkingOf({ ...step, watch: true }, [handshake], terminal)).toThrow(
      '--step shows each segment as it goes: leave out --watch',
    );
  });
});

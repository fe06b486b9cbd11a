/** Evidence of real runs, forged in every way that we could think of: each must be told, and by name. */
import { beforeAll, describe, expect, it } from 'vitest';
import forgedReset from '../../labs/forged-reset.ts';
import halfClose from '../../labs/half-close.ts';
import oldDuplicateSyn from '../../labs/old-duplicate-syn.ts';
import timeWait from '../../labs/time-wait.ts';
import wrongPort from '../../labs/wrong-port.ts';
import { netns } from '../backend/netns.ts';
import type { Lab } from '../vocabulary/define.ts';
import { runLab } from '../run/run.ts';
import { Evidence } from './evidence.ts';
import { ANSWERS } from './forgeries/answers.fixture.ts';
import { CAPTURES } from './forgeries/captures.fixture.ts';
import { changed, isTcp, signed, type Recorded } from './forgeries/forge.fixture.ts';
import { HOSTS } from './forgeries/hosts.fixture.ts';
import { PROGRAMS } from './forgeries/programs.fixture.ts';
import { STATES } from './forgeries/states.fixture.ts';
import { readsSo, type Name } from './forgeries/table.fixture.ts';
import {
  checkInvariants,
  contradictions,
  InvariantError,
  INVARIANTS,
  toldOf,
} from './invariants.ts';
import { inEnglish, verbatim } from '../told.ts';

const LABS: Readonly<Record<Name, Lab>> = {
  'time-wait': timeWait,
  'forged-reset': forgedReset,
  'half-close': halfClose,
  'old-duplicate-syn': oldDuplicateSyn,
  'wrong-port': wrongPort,
};

const recorded = new Map<Name, Recorded>();

async function record(lab: Lab): Promise<Recorded> {
  const { signal } = new AbortController();
  const options = {
    backend: netns,
    reason: verbatim('a test'),
    slow: false,
    harness: 'test',
    signal,
  };
  const { stream, pcaps, status, message } = await runLab(lab, options);
  if (status !== 'passed')
    throw new Error(`${lab.name}: ${message === undefined ? '' : inEnglish(message)}`);
  return { events: stream.events, pcaps };
}

beforeAll(async () => {
  const names = Object.keys(LABS) as Name[];
  await Promise.all(
    names.map(async (name) => {
      recorded.set(name, await record(LABS[name]));
    }),
  );
}, 90_000);

function of(name: Name): Recorded {
  const one = recorded.get(name);
  if (one === undefined) throw new Error(`${name} was not recorded`);
  return one;
}

it.each(Object.keys(LABS) as Name[])('%s as it was recorded holds together', (name) => {
  const { events, pcaps } = of(name);
  expect([...contradictions(new Evidence(events, pcaps))]).toEqual([]);
  // And the tools of this test change nothing of themselves.
  expect(changed(of(name), { frame: (frame) => [isTcp(frame) ? signed(frame) : frame] })).toEqual({
    events,
    pcaps,
  });
});

const FORGERIES = [...CAPTURES, ...STATES, ...PROGRAMS, ...HOSTS, ...ANSWERS];

describe('a forgery', () => {
  it.each(FORGERIES)(
    '$what breaks $breaks',
    ({ of: name = 'time-wait', breaks, change, forge }) => {
      const honest = of(name);
      const wanted = typeof change === 'function' ? change(honest) : change;
      const forged = forge?.(honest) ?? changed(honest, wanted ?? {});
      const found = [...contradictions(new Evidence(forged.events, forged.pcaps))];
      expect(found.map(({ invariant }) => invariant.name)).toContain(breaks);
      for (const one of found) expect(inEnglish(toldOf(one))).toMatch(readsSo(one.invariant.name));
      expect(() => {
        checkInvariants(forged.events, forged.pcaps);
      }).toThrow(InvariantError);
    },
  );

  it('is there for every invariant', () => {
    const tried = new Set(FORGERIES.map(({ breaks }) => breaks));
    expect(INVARIANTS.map(({ name }) => name).filter((name) => !tried.has(name))).toEqual([]);
  });
});

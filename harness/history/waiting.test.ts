import { expect, test } from 'vitest';
import type { EventOf, HostName } from '../evidence/events.ts';
import type { WirePhase } from '../agent/protocol.ts';
import { CONNECTION, packet } from '../expect/script.fixture.ts';
import { Waiting } from './waiting.ts';

const { server, client } = CONNECTION;

/** What an agent tells of its host's wire, each a millisecond after the one before it. */
function told(...all: [phase: WirePhase, host: HostName, id: number, flags?: string][]): Waiting {
  const waiting = new Waiting();
  for (const [seq, [phase, host, id, flags]] of all.entries()) {
    const { body } = packet(0, host, host, flags ?? 'S', 1);
    const segment = body.type === 'packet' ? body.segment : undefined;
    const event = { type: 'wire', phase, host, id, ...(flags && { segment }) } as EventOf<'wire'>;
    waiting.append({ ...event, seq, t: seq * 1e6 }, 5);
  }
  return waiting;
}

test('each host has its own that wait, by numbers of its own', () => {
  const waiting = told(['waits', 'server', 1, 'S.'], ['waits', 'client', 1, 'F.']);
  expect(waiting.at('server').map(({ packet: { segment } }) => segment.flags)).toEqual(['S.']);
  expect(waiting.at('client').map(({ packet: { segment } }) => segment.flags)).toEqual(['F.']);
  expect(waiting.ofEnd('client', client, server)).toHaveLength(1);
  expect(waiting.ofEnd('client', server, client)).toEqual([]);
});

test('one waits until it goes, is dropped or left out; a copy that went leaves it there', () => {
  const ends = (phase: WirePhase) => told(['waits', 'client', 1, 'F.'], [phase, 'client', 1]);
  for (const phase of ['goes', 'dropped', 'left-out'] as const)
    expect(ends(phase).at('client'), phase).toEqual([]);
  expect(ends('goes').all).toMatchObject([{ went: 1e6, copies: [] }]);
  expect(ends('copied').at('client')).toMatchObject([{ copies: [1e6] }]);
  expect(ends('dropped').all[0]).not.toHaveProperty('went');
});

test('one that passes a queue never waits, and is known to be sent from then on', () => {
  const waiting = told(['passes', 'client', 1, 'R']);
  expect(waiting.at('client')).toEqual([]);
  expect(waiting.all).toEqual([]);
  expect(waiting.ofEnd('client', client, server)).toMatchObject([
    { t: 0, direction: 'out', segment: { flags: 'R' } },
  ]);
});

test('what nobody was told to have waited is no reason to stop: invariants tell of it', () => {
  const odd = told(['goes', 'client', 7], ['copied', 'client', 7], ['waits', 'client', 8]);
  expect(odd.all).toEqual([]);
  expect(told(['lost', 'client', 1]).losses.client).toEqual([]);
});

test('what is lost on arrival is lost at its own host, since the lab has it so', () => {
  const { losses } = told(['lost', 'client', 1, 'F.']);
  expect(losses).toMatchObject({ server: [], client: [{ segment: { flags: 'F.' }, since: 5 }] });
});

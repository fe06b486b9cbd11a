import { describe, expect, it } from 'vitest';
import type { HostName } from '../evidence/events.ts';
import { Stream } from '../evidence/stream.ts';
import { PATIENCE } from '../expect/expectation.ts';
import type { Segment } from '../tcp/segment.ts';
import type { Patience } from './walk/patience.ts';
import { toWait, WaitingSegments, type Hands } from './waiting.ts';

const segment = (flags: string): Segment => ({
  src: { address: '10.0.0.2', port: 40000 },
  dst: { address: '10.0.0.1', port: 6000 },
  flags,
  seq: 7,
  ack: 8,
  window: 500,
  length: 0,
  options: {},
  ip: { id: 1, ttl: 64, length: 40 },
});

/** A stream, hands that find in it what waits, and patience that ends when it is told to. */
function bench() {
  const stream = new Stream();
  const all = new WaitingSegments(stream);
  const hands: Hands = {
    settle: () => Promise.resolve(),
    waiting: (host) => all.at(host),
    move: () => Promise.resolve(),
    touch: () => Promise.resolve(),
  };
  const ends: { ms: number; then: () => void }[] = [];
  const patience = {
    after: (ms: number, then: () => void) => {
      ends.push({ ms, then });
      return () => undefined;
    },
  } as Patience;
  let abort = (_error: Error): void => undefined;
  const aborted = new Promise<never>((_resolve, reject) => (abort = reject));
  const sends = (host: HostName, id: number, flags: string): void => {
    stream.append(id, { type: 'wire', phase: 'waits', host, id, segment: segment(flags) });
  };
  const wait = (flags?: string): Promise<unknown> =>
    toWait({ host: 'client', ...(flags && { flags }) }, { hands, stream, patience, aborted }).then(
      ({ id }) => id,
    );
  return { stream, all, sends, wait, ends, abort };
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('what is to be let go', () => {
  it('is what waits, the first, or the first with its flags', async () => {
    const { sends, wait } = bench();
    sends('server', 1, 'F.');
    sends('client', 1, 'P.');
    sends('client', 2, 'F.');
    expect(await wait()).toBe(1);
    expect(await wait('F.')).toBe(2);
    expect(await wait('S|F.')).toBe(2);
  });

  it('is what comes to wait, when nothing does yet', async () => {
    const { sends, wait } = bench();
    const found = wait('F.');
    await turn();
    sends('server', 1, 'F.');
    sends('client', 1, '.');
    await turn();
    sends('client', 2, 'F.');
    expect(await found).toBe(2);
  });

  it('is nothing that has gone, been dropped or left out; but what was copied or is lost', async () => {
    const { stream, all, sends } = bench();
    for (const id of [1, 2, 3, 4, 5]) sends('client', id, '.');
    const phases = ['goes', 'dropped', 'left-out', 'copied', 'lost'] as const;
    phases.forEach((phase, index) => {
      stream.append(9, { type: 'wire', phase, host: 'client', id: index + 1 });
    });
    expect(all.at('client').map(({ id }) => id)).toEqual([4, 5]);
    expect(all.at('server')).toEqual([]);
  });

  it('fails in words when nothing comes in the time that an expectation has', async () => {
    const { sends, wait, ends } = bench();
    const any = wait();
    await turn();
    expect(ends.map(({ ms }) => ms)).toEqual([PATIENCE]);
    ends[0]?.then();
    await expect(any).rejects.toThrow(
      "expected a segment of the client's to wait to be let go, saw none for 10 s",
    );
    sends('client', 1, '.');
    const fin = wait('F.');
    await turn();
    ends[1]?.then();
    await expect(fin).rejects.toThrow(
      [
        "expected a segment F. of the client's to wait to be let go, saw none for 10 s",
        '  10.0.0.2:40000 > 10.0.0.1:6000 [.] ack 8 win 500 length 0',
      ].join('\n'),
    );
  });

  it('is waited for no longer than the run goes on', async () => {
    const { wait, abort } = bench();
    const found = wait();
    abort(new Error('interrupted'));
    await expect(found).rejects.toThrow('interrupted');
  });
});

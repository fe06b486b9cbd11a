import { describe, expect, it } from 'vitest';
import type { HostName } from '../../evidence/events.ts';
import type { Segment } from '../../tcp/segment.ts';
import { WalkQueue } from './queue.ts';

const ENDS = {
  server: { address: '10.0.0.1', port: 6000 },
  client: { address: '10.0.0.2', port: 40000 },
};

const segment = (
  from: HostName,
  flags: string,
  seq: number,
  ack?: number,
  length = 0,
  id = 1,
): Segment => ({
  src: ENDS[from],
  dst: ENDS[from === 'server' ? 'client' : 'server'],
  flags,
  seq,
  ...(ack === undefined ? {} : { ack }),
  window: 1000,
  length,
  options: {},
  ip: { id, ttl: 64, length: 40 + length },
});

/** A queue, and a hand that puts segments in; times and numbers count by themselves. */
function queued() {
  const queue = new WalkQueue();
  let n = 0;
  const sends = (host: HostName, flags: string, seq: number, ack?: number, length = 0) =>
    queue.arrived({ host, id: ++n, t: n, segment: segment(host, flags, seq, ack, length, n) });
  const offered = () => queue.offered.map((one) => `${one.host} ${one.segment.flags}`);
  const lets = (): void => {
    const [first] = queue.offered;
    if (first === undefined) throw new Error('nothing waits');
    queue.took(first);
  };
  return { queue, sends, offered, lets };
}

describe('what may go', () => {
  it('is the next of each host, an answer before what has waited longer', () => {
    const { sends, offered, lets } = queued();
    sends('server', 'P.', 100, 200, 5);
    sends('server', 'F.', 105, 200);
    expect(offered()).toEqual(['server P.']);
    lets();
    sends('client', '.', 200, 105);
    expect(offered()).toEqual(['client .', 'server F.']);
  });

  it('is nothing that the lab holds, and all that it lets go', () => {
    const { queue, sends, offered } = queued();
    queue.move('hold', 'client');
    sends('client', 'S', 1);
    expect(offered()).toEqual([]);
    queue.move('release', 'client');
    expect(offered()).toEqual(['client S']);
  });

  it('after a release the lab holds what comes next, after a carry nothing', () => {
    const { queue, sends, offered, lets } = queued();
    queue.move('release', 'client');
    sends('client', 'P.', 1, 1, 5);
    expect(offered()).toEqual([]);
    queue.move('carry', 'client');
    lets();
    sends('client', 'P.', 6, 1, 5);
    expect(offered()).toEqual(['client P.']);
  });
});

describe('a copy', () => {
  it('is what is sent again while it waits', () => {
    const { sends } = queued();
    expect(sends('client', 'S', 1)).toBe('waits');
    expect(sends('client', 'S', 1)).toBe('copy');
  });

  it('is what is sent again while its acknowledgement waits', () => {
    const { sends, lets } = queued();
    sends('client', 'S', 1);
    lets();
    sends('server', 'S.', 100, 2);
    expect(sends('client', 'S', 1)).toBe('copy');
  });

  it('is not what was lost: nobody thinks about its acknowledgement', () => {
    const { sends, lets } = queued();
    sends('client', 'F.', 1, 1);
    lets();
    expect(sends('client', 'F.', 1, 1)).toBe('waits');
  });

  it('is not a SYN+ACK after a SYN with the same number', () => {
    const { sends, lets } = queued();
    sends('server', 'S', 100);
    sends('client', 'S', 1);
    lets();
    lets();
    sends('client', 'S.', 1, 101);
    expect(sends('server', 'S.', 100, 2)).toBe('waits');
  });

  it('is not an ACK: it takes no number', () => {
    const { sends } = queued();
    sends('client', '.', 2, 101);
    expect(sends('client', '.', 2, 101)).toBe('waits');
  });
});

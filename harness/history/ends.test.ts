/** When an end came into a state, by whom that is known, and of which connection it is. */
import { expect, test } from 'vitest';
import {
  call,
  clientRow,
  CONNECTION,
  packet,
  sample,
  wire,
  type Entry,
} from '../expect/script.fixture.ts';
import { LISTENER, transition } from './edges.fixture.ts';
import { courseOf } from './ends.ts';
import { historyOf } from './history.ts';

/** Each end's changes: at how many milliseconds, the local port, the state, the witness. */
const turns = (...entries: Entry[]): string[] =>
  courseOf(historyOf(wire(...entries))).turns.map(
    ({ t, local, to, witness }) => `${t / 1e6} ${local.port} ${to} ${witness}`,
  );

const connects = (ms: number): Entry =>
  transition(ms, 'CLOSED', 'SYN-SENT', { local: { ...CONNECTION.client, port: 0 } });
const syn = (ms: number, port = 40000): Entry =>
  packet(ms, 'client', 'client', 'S', 100 * ms, { port });

test('a socket that connects has no port yet for the tracepoint: its own SYN tells', () => {
  expect(turns(connects(10), syn(11), connects(20), syn(21, 40001))).toEqual([
    '10 40000 SYN-SENT tracepoint',
    '20 40001 SYN-SENT tracepoint',
  ]);
  // A SYN from before is none of its, and one that the lab's own peer sends neither.
  const answer = packet(12, 'client', 'server', 'S', 7);
  expect(turns(syn(1, 40009), connects(10), answer, syn(13))).toEqual([
    '10 40000 SYN-SENT tracepoint',
  ]);
});

test('or the sockets, where its SYN is held for good', () => {
  const held = sample(30, 'client', clientRow('SYN-SENT 0 1'));
  expect(turns(sample(0, 'client'), connects(10), held)).toEqual(['10 40000 SYN-SENT tracepoint']);
});

test('a socket listens from its call on, where a program told of it', () => {
  const [before, after] = [sample(0, 'server'), sample(100, 'server', LISTENER)];
  const listen = (ms: number, result: number) =>
    call(
      ms,
      { phase: 'return', call: 'listen', args: [3, 5], result },
      {
        ...{ host: 'server', program: 1, name: 'echo-server' },
      },
    );
  expect(turns(before, listen(50, 0), after)).toEqual(['50 6000 LISTEN ss']);
  expect(turns(before, listen(50, -1), after)).toEqual(['100 6000 LISTEN ss']);
  expect(turns(before, listen(900, 0), after)).toEqual(['100 6000 LISTEN ss']);
});

test('what happened between two samples happened at its segments, what no sample shows with it', () => {
  const own = (ms: number, state?: string) =>
    sample(ms, 'client', ...(state === undefined ? [] : [clientRow(state, 'ino:5 sk:3')]));
  const out = (ms: number, flags: string, seq: number, ack?: number) =>
    packet(ms, 'client', 'client', flags, seq, ack === undefined ? {} : { ack });
  const came = (ms: number, flags: string, seq: number, ack?: number) =>
    packet(ms, 'client', 'server', flags, seq, ack === undefined ? {} : { ack });
  expect(turns(own(0), out(50, 'S', 500), came(60, 'S.', 900, 501), own(100, 'ESTAB 0 0'))).toEqual(
    ['50 40000 SYN-SENT inferred', '60 40000 ESTABLISHED ss'],
  );
  const closing = [own(0, 'CLOSE-WAIT 1 0'), out(50, 'F.', 501, 901), own(100, 'LAST-ACK 1 1')];
  expect(turns(...closing)).toEqual(['50 40000 LAST-ACK ss']);
  const early = [own(0, 'SYN-RECV 0 0'), out(50, 'F.', 501, 901), own(100, 'FIN-WAIT-1 0 1')];
  expect(turns(...early)).toEqual(['50 40000 FIN-WAIT-1 ss']);
});

test('the tracepoint takes TIME-WAIT for CLOSED: ss shows it, or the FIN that came tells', () => {
  const closed = transition(50, 'FIN-WAIT-2', 'CLOSED');
  const fin = packet(49, 'client', 'server', 'F.', 900, { ack: 501 });
  const was = transition(40, 'FIN-WAIT-1', 'FIN-WAIT-2');
  const seen = (state: string) => sample(60, 'client', clientRow(`${state} 0 0`, 'ino:0'));
  const last = (...entries: Entry[]) => turns(was, ...entries).slice(1);
  expect(last(fin, closed, seen('TIME-WAIT'))).toEqual(['50 40000 TIME-WAIT ss']);
  expect(last(fin, closed)).toEqual(['50 40000 TIME-WAIT inferred']);
  // Its program has ended, and nobody has it any more but the kernel.
  expect(last(closed, seen('FIN-WAIT-2'))).toEqual([]);
  const reset = packet(49, 'client', 'server', 'R', 900);
  expect(last(fin, reset, closed)).toEqual(['50 40000 CLOSED tracepoint']);
  expect(last(fin, closed, sample(60, 'client'))).toEqual(['50 40000 CLOSED tracepoint']);
});

test('a request is SYN-RECEIVED since its SYN came, when the tracepoint knew nothing of it yet', () => {
  const ends = { host: 'server', local: CONNECTION.server, peer: CONNECTION.client } as const;
  const made = transition(60, 'LISTEN', 'SYN-RECEIVED', ends);
  const came = packet(10, 'server', 'client', 'S', 100);
  const answered = packet(11, 'server', 'server', 'S.', 900, { ack: 101 });
  const again = packet(55, 'server', 'server', 'S.', 900, { ack: 101 });
  expect(turns(came, answered, again, made)).toEqual(['10 6000 SYN-RECEIVED inferred']);
  expect(turns(answered, again, made)).toEqual(['11 6000 SYN-RECEIVED inferred']);
  expect(turns(made)).toEqual(['60 6000 SYN-RECEIVED tracepoint']);
});

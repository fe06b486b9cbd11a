import { describe, expect, test } from 'vitest';
import { parseTransition, type Transition } from '../tcp/states/transition.ts';
import { OwnSockets } from './own-sockets.ts';

/** A line as the kernel prints it: its sockets' addresses are the client's and the server's. */
function change(ports: [number, number], from: string, to: string): Transition {
  const line = `            node-3519    [001] ..s.1   421.392206: inet_sock_set_state: family=AF_INET protocol=IPPROTO_TCP sport=${ports[0]} dport=${ports[1]} saddr=10.2.109.2 daddr=10.2.109.1 saddrv6=::ffff:10.2.109.2 daddrv6=::ffff:10.2.109.1 oldstate=TCP_${from} newstate=TCP_${to}`;
  const parsed = parseTransition(line);
  if (parsed === null || 'lost' in parsed) throw new Error(line);
  return parsed;
}

function shown(...changes: Transition[]): string[] {
  const own = new OwnSockets<Transition>();
  return changes
    .flatMap((one) => own.of('client', one))
    .map(({ local, from, to }) => `${local.port} ${from} -> ${to}`);
}

describe('a socket of this run', () => {
  test('connects without a port, and goes on with one', () => {
    const changes = [
      change([0, 6000], 'CLOSE', 'SYN_SENT'),
      change([30038, 6000], 'SYN_SENT', 'ESTABLISHED'),
      change([30038, 6000], 'ESTABLISHED', 'FIN_WAIT1'),
    ];
    expect(shown(...changes)).toEqual([
      '0 CLOSED -> SYN-SENT',
      '30038 SYN-SENT -> ESTABLISHED',
      '30038 ESTABLISHED -> FIN-WAIT-1',
    ]);
  });

  test('begins in the state of the listener that made it', () => {
    const changes = [
      change([6000, 40000], 'LISTEN', 'SYN_RECV'),
      change([6000, 40000], 'SYN_RECV', 'ESTABLISHED'),
    ];
    expect(shown(...changes)).toEqual([
      '6000 LISTEN -> SYN-RECEIVED',
      '6000 SYN-RECEIVED -> ESTABLISHED',
    ]);
  });

  test('may be heard of before it is heard to begin', () => {
    const changes = [
      change([7000, 6000], 'SYN_SENT', 'ESTABLISHED'),
      change([7000, 6000], 'CLOSE', 'SYN_SENT'),
      change([7000, 6000], 'ESTABLISHED', 'CLOSE_WAIT'),
    ];
    expect(shown(...changes)).toEqual([
      '7000 CLOSED -> SYN-SENT',
      '7000 SYN-SENT -> ESTABLISHED',
      '7000 ESTABLISHED -> CLOSE-WAIT',
    ]);
  });
});

// Seen twice in 21 rounds of 20 labs: the bundle was refused, since no socket had come to FIN-WAIT-1.
test('an orphan of an earlier run, with the addresses of this one, is none', () => {
  const changes = [
    change([59412, 6000], 'FIN_WAIT1', 'CLOSE'),
    change([0, 6000], 'CLOSE', 'SYN_SENT'),
    change([60320, 6000], 'FIN_WAIT1', 'CLOSE'),
  ];
  expect(shown(...changes)).toEqual(['0 CLOSED -> SYN-SENT']);
});

import { describe, expect, test } from 'vitest';
import type { HostName } from '../evidence/events.ts';
import { storedRun } from '../present/ladder/stored-run.fixture.ts';
import type { Segment } from '../tcp/segment.ts';
import { streamsOf, type CapturedSegment } from './captured.ts';
import { courseOf, type Turn } from './ends.ts';
import { historyOf } from './history.ts';
import { inferredTurns } from './inferred.ts';
import { segmentsOf } from './segments.ts';

/** The states that each end of a connection came into, in order. */
function ways(turns: readonly Turn[]): Record<string, string> {
  const all: Record<string, string> = {};
  for (const { connection, host, local, peer, to } of turns) {
    if (connection === undefined) continue;
    const end = `${host} ${local.port} ${peer.port} ${connection.isn.client?.letter ?? ''}`;
    all[end] = all[end] === undefined ? to : `${all[end]} ${to}`;
  }
  return all;
}

describe('the states of real runs, told from their segments alone', () => {
  // What ss and the tracepoint saw of the same run is the oracle. What no segment tells is left out.
  test.each([
    ['time-wait'],
    ['lost-last-ack'],
    ['syn-received-close'],
    ['self-connect'],
    ['old-duplicate-syn'],
    ['walked-handshake'],
  ] as const)('%s', (name) => {
    const history = historyOf(storedRun(name));
    const { connections, turns } = courseOf(history);
    expect(ways(inferredTurns(segmentsOf(history), connections))).toEqual(ways(turns));
  });
});

const [CLIENT, SERVER] = [
  { address: '10.0.0.2', port: 40_000 },
  { address: '10.0.0.1', port: 6000 },
];

/** `client S seq=1`: who sends which flags, `seq`, `ack`, `len` as in tcpdump. */
function capture(text: string): CapturedSegment[] {
  const lines = text.trim().split('\n');
  return lines.map((line, i) => {
    const [from, flags = '', ...fields] = line.trim().split(/ +/);
    const field = (name: string): number | undefined => {
      const found = fields.find((one) => one.startsWith(`${name}=`));
      return found === undefined ? undefined : Number(found.slice(name.length + 1));
    };
    const ack = field('ack');
    const segment: Segment = {
      ...(from === 'client' ? { src: CLIENT, dst: SERVER } : { src: SERVER, dst: CLIENT }),
      ...{ flags, seq: field('seq') ?? 0, window: 100, length: field('len') ?? 0, options: {} },
      ip: { id: i + 1, ttl: 64, length: 40 },
      ...(ack !== undefined && { ack }),
    };
    return { frame: i + 1, t: i * 1000, segment };
  });
}

const told = (text: string, host: HostName): string =>
  streamsOf(capture(text))
    .flatMap(({ segments, connections }) => inferredTurns(segments, connections))
    .filter((turn) => turn.host === host)
    .map(({ to, event }) => `${event}:${to}`)
    .join(' ');

const OPENING = `client S  seq=100
                 server S. seq=500 ack=101
                 client .  seq=101 ack=501`;

describe('captures from elsewhere', () => {
  test('a SYN that nobody answers leaves its receiver alone', () => {
    expect(told('client S seq=100\nclient S seq=100', 'server')).toBe('');
    expect(told('client S seq=100\nclient S seq=100', 'client')).toBe('1:SYN-SENT');
  });

  test('a refused one', () => {
    const refused = 'client S seq=100\nserver R. seq=0 ack=101';
    expect(told(refused, 'client')).toBe('1:SYN-SENT 2:CLOSED');
    expect(told(refused, 'server')).toBe('');
  });

  test('one that was there before', () => {
    const late = `server P. seq=900 ack=300 len=10
                  client .  seq=300 ack=910
                  client F. seq=300 ack=910
                  server F. seq=910 ack=301
                  client .  seq=301 ack=911`;
    expect(told(late, 'client')).toBe('1:ESTABLISHED 3:FIN-WAIT-1 4:TIME-WAIT');
    expect(told(late, 'server')).toBe('1:ESTABLISHED 3:CLOSE-WAIT 4:LAST-ACK 5:CLOSED');
  });

  test('a FIN counts when all before it has come', () => {
    const gap = `${OPENING}
      client F. seq=111 ack=501
      server .  seq=501 ack=101
      client P. seq=101 ack=501 len=10
      server .  seq=501 ack=112`;
    expect(told(gap, 'server')).toBe('1:SYN-RECEIVED 3:ESTABLISHED 6:CLOSE-WAIT');
  });

  test('a FIN that the capture has not got counts when it is acknowledged', () => {
    const missing = `${OPENING}
      client F. seq=111 ack=501
      server .  seq=501 ack=112`;
    expect(told(missing, 'server')).toBe('1:SYN-RECEIVED 3:ESTABLISHED 5:CLOSE-WAIT');
    expect(told(missing, 'client')).toBe('1:SYN-SENT 2:ESTABLISHED 4:FIN-WAIT-1 5:FIN-WAIT-2');
  });

  test('a handshake of which the capture has only the SYN', () => {
    const half = `client S seq=100
                  client P. seq=101 ack=501 len=3
                  server .  seq=501 ack=104`;
    expect(told(half, 'client')).toBe('1:SYN-SENT 2:ESTABLISHED');
    expect(told(half, 'server')).toBe('3:ESTABLISHED');
  });

  test('a reset ends both; one that does not hit ends none', () => {
    expect(told(`${OPENING}\nserver R. seq=501 ack=101`, 'client')).toMatch(/4:CLOSED$/);
    expect(told(`${OPENING}\nserver R. seq=501 ack=101`, 'server')).toMatch(/4:CLOSED$/);
    expect(told(`${OPENING}\nserver R seq=777`, 'client')).toMatch(/2:ESTABLISHED$/);
    expect(told(`${OPENING}\nserver R seq=777`, 'server')).toMatch(/3:ESTABLISHED$/);
  });

  test('an ACK of something else does not open', () => {
    const wrong = `client S  seq=100
                   server S. seq=500 ack=101
                   client .  seq=101 ack=400`;
    expect(told(wrong, 'server')).toBe('1:SYN-RECEIVED');
  });

  test('the same ports again are another stream', () => {
    const twice = `${OPENING}
      server R. seq=501 ack=101
      client S  seq=9000
      server S. seq=7000 ack=9001`;
    const streams = streamsOf(capture(twice));
    expect(streams.map(({ segments }) => segments.length)).toEqual([4, 2]);
    expect(told(twice, 'client')).toMatch(/4:CLOSED 5:SYN-SENT 6:ESTABLISHED$/);
  });

  test('who is the client: the first SYN, the answer to it, the higher port', () => {
    const clients = ['server S seq=1', 'client S. seq=1 ack=2', 'server . seq=1 ack=2'].map(
      (text) => streamsOf(capture(text))[0]?.connection.client.port,
    );
    expect(clients).toEqual([SERVER.port, SERVER.port, CLIENT.port]);
  });
});

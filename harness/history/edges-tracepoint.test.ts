import { describe, expect, test } from 'vitest';
import { EDGES, edgeName } from '../tcp/states/edges.ts';
import { isTraceableEdge } from './edges.ts';
import { LISTENER, request, names, whys, client, got, transition } from './edges.fixture.ts';
import { clientRow, CONNECTION, packet, sample, serverRow } from '../expect/script.fixture.ts';

test('the tracepoint knows every edge but those of requests that go back, and of TIME-WAIT', () => {
  expect(EDGES.filter((edge) => !isTraceableEdge(edge)).map(edgeName)).toEqual([
    'LISTEN -> SYN-RECEIVED',
    'SYN-RECEIVED -> LISTEN',
    'TIME-WAIT -> CLOSED',
    'TIME-WAIT -> CLOSED (rcv RST)',
  ]);
});

describe('the tracepoint', () => {
  const elsewhere = transition(1, 'CLOSED', 'LISTEN', { host: 'server' });
  const steps = client('ESTAB 0 0', 'FIN-WAIT-1 0 1');

  test('must have seen what it can see', () => {
    const traced = transition(50, 'ESTABLISHED', 'FIN-WAIT-1');
    expect(names(...steps, elsewhere, traced)).toEqual(['ESTABLISHED -> FIN-WAIT-1']);
    expect(names(...steps, elsewhere)).toEqual([]);
    expect(whys(...steps, elsewhere)).toEqual([{ why: 'tracepoint' }]);
    expect(names(...steps)).toEqual(['ESTABLISHED -> FIN-WAIT-1']);
  });

  test('must have seen it then, of that socket, and at once', () => {
    const late = transition(200, 'ESTABLISHED', 'FIN-WAIT-1');
    const other = { local: { ...CONNECTION.client, port: 41000 } };
    const others = transition(50, 'ESTABLISHED', 'FIN-WAIT-1', other);
    expect(names(...steps, late, others)).toEqual([]);
    const roundabout = [
      transition(50, 'SYN-RECEIVED', 'ESTABLISHED'),
      transition(60, 'ESTABLISHED', 'FIN-WAIT-1'),
    ];
    expect(names(...client('SYN-RECV 0 0', 'FIN-WAIT-1 0 1'), ...roundabout)).toEqual([]);
  });

  test('has no port yet when a connection begins', () => {
    const begins = transition(50, 'CLOSED', 'SYN-SENT', {
      local: { ...CONNECTION.client, port: 0 },
    });
    expect(names(...client('', 'SYN-SENT 0 1'), begins)).toEqual(['CLOSED -> SYN-SENT']);
  });

  test('shows a socket that enters TIME-WAIT as CLOSED', () => {
    const fin = got(50, 'F.', 900, 501);
    const entries = [...client('FIN-WAIT-2 0 0', 'TIME-WAIT 0 0'), fin, elsewhere];
    const traced = transition(50, 'FIN-WAIT-2', 'CLOSED');
    expect(names(...entries, traced)).toEqual(['FIN-WAIT-2 -> TIME-WAIT']);
    expect(names(...entries)).toEqual([]);
  });

  test('shows a FIN that acknowledges ours as two transitions', () => {
    const fin = got(50, 'F.', 900, 501);
    const entries = [...client('FIN-WAIT-1 0 1', 'TIME-WAIT 0 0'), fin];
    const traced = [
      transition(50, 'FIN-WAIT-1', 'FIN-WAIT-2'),
      transition(50, 'FIN-WAIT-2', 'CLOSED'),
    ];
    expect(names(...entries, ...traced)).toEqual(['FIN-WAIT-1 -> TIME-WAIT']);
    expect(names(...entries, ...traced.slice(0, 1))).toEqual([]);
  });

  test('knows a request when it is ESTABLISHED, not when it is dropped', () => {
    const asked = sample(0, 'server', LISTENER, request);
    const reset = packet(50, 'server', 'client', 'R', 501);
    expect(names(elsewhere, asked, reset, sample(100, 'server', LISTENER))).toEqual([
      'SYN-RECEIVED -> LISTEN',
    ]);
    expect(names(elsewhere, sample(0, 'server', request), reset, sample(100, 'server'))).toEqual([
      'SYN-RECEIVED -> CLOSED (rcv RST)',
    ]);
    const open = sample(100, 'server', LISTENER, serverRow('ESTAB 0 0', 'ino:7 sk:2'));
    const ends = { host: 'server', local: CONNECTION.server, peer: CONNECTION.client } as const;
    const traced = transition(50, 'SYN-RECEIVED', 'ESTABLISHED', ends);
    expect(names(elsewhere, asked, traced, open)).toEqual(['SYN-RECEIVED -> ESTABLISHED']);
    expect(names(elsewhere, asked, open)).toEqual([]);
  });

  test('does not know requests, nor orphans in FIN-WAIT-2, nor whose any address is', () => {
    const orphan = clientRow('FIN-WAIT-2 0 0', 'timer:(timewait,59sec,0) ino:0 sk:3');
    const timeWait = clientRow('TIME-WAIT 0 0', 'timer:(timewait,59sec,0) ino:0 sk:3');
    expect(
      names(
        elsewhere,
        sample(0, 'client', orphan),
        got(50, 'F.', 900, 501),
        sample(100, 'client', timeWait),
      ),
    ).toEqual(['FIN-WAIT-2 -> TIME-WAIT']);
    const any = LISTENER.replace('10.0.0.1:6000', '0.0.0.0:6000');
    expect(
      names(
        elsewhere,
        sample(0, 'server'),
        sample(100, 'server', any),
        sample(200, 'server', any, request),
      ),
    ).toEqual(['CLOSED -> LISTEN', 'LISTEN -> SYN-RECEIVED']);
  });
});

/** What somebody who walks through a run is told of both ends: where they are, and which way they came. */
import { expect, test } from 'vitest';
import {
  carriedAt,
  clientRow,
  CONNECTION,
  sample,
  serverRow,
  wire,
  type Entry,
} from '../expect/script.fixture.ts';
import { LISTENER, request } from './edges.fixture.ts';
import { historyOf } from './history.ts';
import { losesNow } from './losses.ts';
import { statesNow, timeWaitLeft, wayOf } from './now.ts';

const history = (...entries: Entry[]) => historyOf(wire(...entries));
const states = (...entries: Entry[]) => statesNow(history(...entries), CONNECTION);

test('a SYN on its way is for the listener, and of nobody where none listens there', () => {
  const connecting = sample(0, 'client', clientRow('SYN-SENT 0 1'));
  expect(states(sample(0, 'server', LISTENER), connecting)).toEqual({
    ...{ server: 'LISTEN', client: 'SYN-SENT' },
  });
  const elsewhere = sample(0, 'server', LISTENER.replace(':6000', ':6001'));
  expect(states(elsewhere, connecting).server).toBe('CLOSED');
  expect(states(connecting).server).toBe('CLOSED');
});

test('an end that is gone is CLOSED, though its port is listened at; a request was none', () => {
  const gone = sample(100, 'server', LISTENER);
  const open = sample(0, 'server', LISTENER, serverRow('ESTAB 0 0'));
  expect(states(open, gone).server).toBe('CLOSED');
  expect(states(sample(0, 'server', LISTENER, request), gone).server).toBe('LISTEN');
  // Another SYN with the same ports begins anew.
  expect(statesNow(history(open, gone), CONNECTION, true).server).toBe('LISTEN');
});

test('TIME-WAIT has so long left, and no other state', () => {
  const timer = 'timer:(timewait,59sec,0)';
  const left = (row: string) =>
    timeWaitLeft(history(sample(0, 'client', row)), 'client', CONNECTION);
  expect(left(clientRow('TIME-WAIT 0 0', timer))).toBe(59_000);
  expect(left(clientRow('TIME-WAIT 0 0'))).toBeUndefined();
  expect(left(clientRow('FIN-WAIT-2 0 0', timer))).toBeUndefined();
  expect(left(clientRow('TIME-WAIT 0 0', timer).replace('40000', '40001'))).toBeUndefined();
});

test('the way since an event begins where the end was, and goes by its own states only', () => {
  const other = (row: string) => clientRow(row).replace('40000', '40001');
  const entries = [
    sample(0, 'client', clientRow('ESTAB 0 0'), other('ESTAB 0 0')),
    ...carriedAt(50, 'client', 'F.', 500, { ack: 900 }),
    sample(100, 'client', clientRow('FIN-WAIT-1 0 1'), other('CLOSE-WAIT 1 0')),
    ...carriedAt(150, 'server', '.', 900, { ack: 501 }),
    sample(200, 'client', clientRow('FIN-WAIT-2 0 0'), other('CLOSE-WAIT 1 0')),
  ];
  const from = (event: number) => wayOf(history(...entries), event, 'client', CONNECTION);
  expect(from(2)).toEqual(['ESTABLISHED', 'FIN-WAIT-1', 'FIN-WAIT-2']);
  expect(from(5)).toEqual(['FIN-WAIT-1', 'FIN-WAIT-2']);
  expect(from(99)).toEqual(['FIN-WAIT-2']);
});

test('a host loses what it was last told to, when it was done, until it loses nothing', () => {
  const act = (id: number, op: 'drop' | 'undrop', flags = '', failed = false): Entry[] => {
    const action = { type: 'action', id, op, host: 'server' } as const;
    const args = op === 'drop' ? { flags } : {};
    const error = { code: 'EPERM', message: { text: 'no' } };
    return [
      { ms: id, body: { ...action, phase: 'begin', args } as Entry['body'] },
      {
        ms: id,
        body: {
          ...action,
          phase: 'end',
          ...(failed ? { error } : { value: null }),
        },
      },
    ];
  };
  const loses = (...entries: Entry[]) => losesNow(history(...entries), 'server');
  const acks = act(1, 'drop', 'F.');
  expect(loses()).toBeUndefined();
  expect(loses(...acks)).toEqual({ flags: 'F.' });
  expect(loses(...acks, ...act(2, 'drop', 'S'))).toEqual({ flags: 'S' });
  expect(loses(...acks, ...act(2, 'drop', 'S', true))).toEqual({ flags: 'F.' });
  expect(loses(...acks, ...act(2, 'drop', 'S').slice(0, 1))).toEqual({ flags: 'F.' });
  expect(loses(...acks, ...act(2, 'undrop'))).toBeUndefined();
  expect(losesNow(history(...acks), 'client')).toBeUndefined();
});

/** Forged states: of samples, of transitions. */
import type { EventOf } from '../../evidence/events.ts';
import { NOT_READ, all, any, isShown, shownAs, the, type Forgery } from './table.fixture.ts';

export const STATES: readonly Forgery[] = [
  // States.
  {
    what: 'a transition FIN-WAIT-2 -> ESTABLISHED',
    breaks: 'transitions',
    change: {
      event: the(
        'transition',
        ({ from }) => from === 'FIN-WAIT-2',
        (x) => ({ ...x, to: 'ESTABLISHED' as const }),
      ),
    },
  },
  {
    what: 'a transition that skips a state',
    breaks: 'transitions',
    change: {
      event: the(
        'transition',
        ({ to }) => to === 'FIN-WAIT-2',
        () => [],
      ),
    },
  },
  {
    what: 'a transition twice',
    breaks: 'transitions',
    change: {
      event: the(
        'transition',
        ({ to }) => to === 'FIN-WAIT-1',
        (x) => [x, x],
      ),
    },
  },
  {
    what: 'transitions of another socket',
    breaks: 'samples-and-transitions',
    change: {
      event: all('transition', (x) => ({
        ...x,
        local: { ...x.local, port: x.local.port === 6000 ? 6099 : x.local.port },
      })),
    },
  },
  {
    what: 'no transitions at all',
    breaks: 'samples-and-transitions',
    change: { event: all('transition', () => []) },
  },
  {
    what: 'the tracepoint said not to be read, though it was',
    breaks: 'tracepoint',
    change: {
      event: (e) =>
        e.seq === 3
          ? [
              {
                seq: 0,
                t: e.t,
                type: 'note',
                text: "the kernel's tracepoint is not read: {why}",
                params: { why: { text: 'only root may read it' } },
                absent: 'tracepoint',
              },
              e,
            ]
          : [e],
    },
  },
  {
    what: 'ss shows TIME-WAIT before any FIN',
    breaks: 'states-and-segments',
    change: {
      event: the(
        'sample',
        isShown('ESTABLISHED'),
        shownAs('ESTABLISHED', 'ESTAB', 'TIME-WAIT', 'TIME-WAIT'),
      ),
    },
  },
  // What leads to a state has not come yet.
  ...(
    [
      ['ESTABLISHED', 'ESTAB', 'FIN-WAIT-2', 'no FIN was acknowledged'],
      ['ESTABLISHED', 'ESTAB', 'CLOSING', 'no FIN came'],
      ['ESTABLISHED', 'ESTAB', 'LAST-ACK', 'no FIN came'],
      ['CLOSE-WAIT', 'CLOSE-WAIT', 'TIME-WAIT', 'its own FIN was not sent'],
      ['FIN-WAIT-2', 'FIN-WAIT-2', 'TIME-WAIT', "its peer's FIN did not come"],
    ] as const
  ).map(([state, line, other, why]) => ({
    what: `ss shows ${other} for ${state}, where ${why}`,
    breaks: 'states-and-segments',
    change: { event: all('sample', shownAs(state, line, other, other)) },
  })),
  // Before any SYN came.
  ...(
    [
      ['SYN-RECEIVED', 'SYN-RECV'],
      ['FIN-WAIT-1', 'FIN-WAIT-1'],
    ] as const
  ).map(([state, line]) => ({
    what: `ss shows ${state} before the connection`,
    breaks: 'states-and-segments',
    change: {
      event: the('sample', isShown('ESTABLISHED'), (s) =>
        shownAs('ESTABLISHED', 'ESTAB', state, line)({ ...s, t: 1, began: 0, ended: 1 }),
      ),
    },
  })),
  {
    what: 'ss shows CLOSE-WAIT for ESTABLISHED all the time',
    breaks: 'states-and-segments',
    change: { event: all('sample', shownAs('ESTABLISHED', 'ESTAB', 'CLOSE-WAIT', 'CLOSE-WAIT')) },
  },
  {
    what: 'ss shows FIN-WAIT-1 where the tracepoint has FIN-WAIT-2',
    breaks: 'samples-and-transitions',
    change: {
      event: all('sample', shownAs('FIN-WAIT-2', 'FIN-WAIT-2', 'FIN-WAIT-1', 'FIN-WAIT-1')),
    },
  },
  {
    what: 'a socket left out of a sample',
    breaks: 'samples-and-transitions',
    change: { event: the('sample', isShown('FIN-WAIT-1'), (s) => ({ ...s, rows: [] })) },
  },
  {
    what: 'a row that is not what its line says',
    breaks: 'samples',
    change: {
      event: the('sample', isShown('LISTEN'), (s) => ({
        ...s,
        rows: s.rows.map((row) => ({ ...row, recvQ: 9 })),
      })),
    },
  },
  {
    what: 'a line that is not what its row says',
    breaks: 'samples',
    change: {
      event: the('sample', isShown('LISTEN'), (s) => ({
        ...s,
        rows: s.rows.map((row) => ({ ...row, line: 'nothing' })),
      })),
    },
  },
  {
    what: 'samples of another command',
    breaks: 'samples',
    change: { event: the('sample', any, (s) => ({ ...s, command: 'cat' })) },
  },
  {
    what: 'a socket that goes back, without a tracepoint',
    breaks: 'samples-and-diagram',
    change: ({ events }) => {
      const last = events.findLast(
        (e): e is EventOf<'sample'> => e.type === 'sample' && isShown('LAST-ACK')(e),
      );
      const back = shownAs('LAST-ACK', 'LAST-ACK', 'ESTABLISHED', 'ESTAB');
      return {
        event: (e) =>
          e.type === 'transition'
            ? []
            : e.seq === 3
              ? [NOT_READ(e.t), e]
              : e.seq === last?.seq
                ? [back(e)]
                : [e],
      };
    },
  },
  {
    what: 'a socket of a program that has ended',
    breaks: 'holders-live',
    change: ({ events }) => {
      const exit = events.find((e) => e.type === 'exit');
      return {
        event: (e) => (e.type === 'exit' && e.seq === exit?.seq ? [{ ...e, t: 1 }] : [e]),
      };
    },
  },
];

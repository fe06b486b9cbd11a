/** Forged calls, output and programs. */
import type { EventOf } from '../../evidence/events.ts';
import { any, the, type Forgery } from './table.fixture.ts';

export const PROGRAMS: readonly Forgery[] = [
  // Programs.
  {
    what: 'a call that failed said to have succeeded',
    of: 'wrong-port',
    breaks: 'calls',
    change: {
      event: the(
        'call',
        ({ code }) => code !== undefined,
        (c) => ({ ...c, result: 0 }),
      ),
    },
  },
  {
    what: 'an error of another number',
    of: 'wrong-port',
    breaks: 'calls',
    change: {
      event: the(
        'call',
        ({ code }) => code !== undefined,
        (c) => ({ ...c, errno: 5 }),
      ),
    },
  },
  {
    what: 'a call that failed with another error, number and all',
    of: 'half-close',
    breaks: 'calls-and-output',
    change: {
      event: the(
        'call',
        ({ phase, call }) => phase === 'return' && call === 'shutdown',
        (c) => ({ ...c, result: -1, errno: 107, code: 'ENOTCONN' }),
      ),
    },
  },
  {
    what: 'other data received',
    of: 'half-close',
    breaks: 'calls-and-output',
    change: {
      event: the(
        'call',
        ({ phase, out }) => phase === 'return' && typeof out === 'string' && out.startsWith('"'),
        (c) => ({ ...c, out: '"forged"' }),
      ),
    },
  },
  {
    what: 'other data received and printed',
    of: 'half-close',
    breaks: 'data-received',
    change: ({ events }) => {
      const read = events.find(
        (e): e is EventOf<'call'> =>
          e.type === 'call' &&
          e.phase === 'return' &&
          ['recv', 'read'].includes(e.call) &&
          (e.result ?? 0) > 0,
      );
      const was = String(read?.out);
      return {
        event: (e) => [
          e.type === 'call' && e.phase === 'return' && e.out === was
            ? { ...e, out: '"forged"' }
            : e.type === 'output'
              ? { ...e, line: e.line.replace(was, '"forged"') }
              : e,
        ],
      };
    },
  },
  {
    what: 'an accepted connection of a peer that never called',
    breaks: 'calls-and-segments',
    change: {
      event: the(
        'call',
        ({ call, phase }) => call === 'accept' && phase === 'return',
        (c) => ({ ...c, out: String(c.out).replace(/:\d+$/, ':1') }),
      ),
    },
  },
  {
    what: 'a connection made that was refused',
    of: 'wrong-port',
    breaks: 'calls-and-segments',
    change: {
      event: the(
        'call',
        ({ call, code }) => call === 'connect' && code !== undefined,
        ({ errno: _, code: __, ...c }) => ({ ...c, result: 0 }),
      ),
    },
  },
  {
    what: 'a line printed that no call returned',
    of: 'half-close',
    breaks: 'calls-and-output',
    change: {
      event: the(
        'output',
        ({ line }) => line.startsWith('shutdown('),
        (o) => [o, o],
      ),
    },
  },
  {
    what: 'a call left out',
    of: 'half-close',
    breaks: 'calls-and-output',
    change: {
      event: the(
        'call',
        ({ call, phase }) => call === 'shutdown' && phase === 'return',
        () => [],
      ),
    },
  },
  {
    what: 'output after the end of a program',
    breaks: 'programs',
    change: {
      event: the('exit', any, (e) => [
        e,
        {
          seq: 0,
          t: e.t,
          ...(e.step === undefined ? {} : { step: e.step }),
          type: 'output',
          host: e.host,
          program: e.program,
          stream: 'stdout',
          line: 'more',
        },
      ]),
    },
  },
  {
    what: 'a program that was never started',
    breaks: 'programs',
    change: { event: the('program', any, () => []) },
  },
  {
    what: 'two programs in one process',
    breaks: 'programs',
    change: ({ events }) => {
      const first = events.find((e) => e.type === 'program');
      return {
        event: the(
          'program',
          any,
          (p) => ({
            ...p,
            host: first?.type === 'program' ? first.host : p.host,
            pid: first?.type === 'program' ? first.pid : 0,
          }),
          1,
        ),
      };
    },
  },
];

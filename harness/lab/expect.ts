import * as packets from '../expect/packets.ts';
import * as program from '../expect/program.ts';
import * as state from '../expect/state.ts';
import { counterIs } from '../expect/counter.ts';
import { flowOf, type Connection, type Flow } from '../expect/connection.ts';
import { milliseconds } from '../expect/format.ts';
import type { Census, Sighting, StateDetails } from '../expect/state.ts';
import type { State } from '../tcp/state.ts';
import { Program, Starting } from './program.ts';
import type { Session } from './session.ts';
import type { Subject, Wire } from './sides.ts';
import type { TypedCall } from './socket-shell.ts';

type SubjectOf<K extends Subject['kind']> = Extract<Subject, { kind: K }>;

export interface Within {
  /** Time it may take (`70s`); by default as long as a busy machine needs. */
  within?: string;
}

const time = ({ within }: Within): { within?: number } =>
  within === undefined ? {} : { within: milliseconds(within) };

/** `expect(subject)`: what can be expected depends on the subject. */
export function makeExpect(session: Session) {
  const known: Connection[] = [];
  const remember = (connection: Connection): Connection => {
    known.push(connection);
    return connection;
  };
  const link = session.facts;

  const ofEnd = ({ host, connection }: SubjectOf<'end'>) => ({
    /** `ss` shows this end in a state. */
    toBeIn: (wanted: State, details: Omit<StateDetails, 'within'> & Within = {}) =>
      session.judge(
        state.endInState(host, connection, wanted, {
          ...details,
          ...time(details),
        } as StateDetails),
      ),
    /** `ss` shows it no more: CLOSED. */
    toBeGone: ({
      lasting,
      ...rest
    }: Within & { lasting?: { since: Sighting; about: string } } = {}) =>
      session.judge(
        state.endGone(host, connection, {
          ...time(rest),
          ...(lasting === undefined
            ? {}
            : { lasting: { since: lasting.since, ms: milliseconds(lasting.about) } }),
        }),
      ),
  });

  const ofListener = ({ host, port }: SubjectOf<'listener'>) => ({
    /** It is in LISTEN; `queued` are the connections that nobody has accepted, `backlog` listen()'s. */
    toBeListening: (details: { backlog?: number; queued?: number } & Within = {}) =>
      session.judge(
        state.listening(host, port, { ...details, ...time(details) } as { backlog?: number }),
      ),
  });

  const ofSockets = ({ host, port }: SubjectOf<'sockets'>) => ({
    /** So many sockets in each state, and none in any other. */
    toBe: (wanted: Census, options: Within = {}) =>
      session.judge(
        state.census(host, wanted, { ...time(options), ...(port === undefined ? {} : { port }) }),
      ),
    /** There is one in this state that was not there before. */
    toShowNew: async (wanted: State, options: Within = {}) =>
      remember(
        await session.judge(
          state.newSocket(host, wanted, known, {
            ...time(options),
            ...(port === undefined ? {} : { port }),
          }),
        ),
      ),
  });

  const ofCounter = ({ host, name }: SubjectOf<'counter'>) => ({
    toBe: async (wanted: number) => {
      await session.perform('counters', host, {});
      return session.judge(counterIs(host, name, wanted));
    },
  });

  const ofWire = () => {
    const flow = (of: Flow | Connection): Flow => ('server' in of ? flowOf(of) : of);
    return {
      /** A connection that both ends show ESTABLISHED, and that no one has spoken of before. */
      connection: async () => remember(await session.judge(state.established(known))),
      /** Both captures hold these segments, one after the other. */
      toHaveCarried: (of: Flow | Connection, pattern: string, options: Within = {}) =>
        session.judge(packets.carries(flow(of), link, pattern, time(options))),
      /** Both captures hold these segments and no others. */
      toHaveCarriedOnly: (of: Flow | Connection, pattern: string) =>
        session.judge(packets.carries(flow(of), link, pattern, { whole: true, within: 0 })),
      /** No such segment has been carried so far. */
      toHaveCarriedNo: (of: Flow | Connection, line: string) =>
        session.judge(packets.never(flow(of), link, line)),
      /** No such segment is carried for a time from now on. */
      toStayWithout: (of: Flow | Connection, line: string, { during }: { during: string }) =>
        session.judge(packets.silence(flow(of), link, line, milliseconds(during))),
    };
  };

  const ofProgram = (subject: Program) => ({
    toPrint: (line: string, options: Within = {}) =>
      session.judge(program.prints(subject, line, time(options).within)),
    toEnd: (wanted: { status?: number; signal?: string } = {}, options: Within = {}) =>
      session.judge(program.ends(subject, wanted, time(options).within)),
    /** It ends because a call of its failed so. */
    toFailWith: (code: string, options: Within = {}) =>
      session.judge(program.failsWith(subject, code, time(options))),
  });

  const ofStarting = (subject: Starting) => ({
    toFailWith: async (code: string, options: Within = {}) => {
      const { program: started, role } = await subject.running();
      const { port, pid } = started;
      const server = role === 'server' ? { port, pid } : {};
      return session.judge(program.failsWith(started, code, { ...time(options), ...server }));
    },
  });

  const ofCall = (subject: TypedCall & { typed: Promise<void> }) => ({
    toFailWith: async (code: string) => {
      await subject.typed;
      return session.judge(
        program.shellResult(subject.shell, subject.index, subject.call, { code }),
      );
    },
    /** It succeeds, with this result if given. */
    toReturn: async (result: string | RegExp = '0') => {
      await subject.typed;
      return session.judge(
        program.shellResult(subject.shell, subject.index, subject.call, { result }),
      );
    },
  });

  function expect(subject: SubjectOf<'end'>): ReturnType<typeof ofEnd>;
  function expect(subject: SubjectOf<'listener'>): ReturnType<typeof ofListener>;
  function expect(subject: SubjectOf<'sockets'>): ReturnType<typeof ofSockets>;
  function expect(subject: SubjectOf<'counter'>): ReturnType<typeof ofCounter>;
  function expect(subject: Wire): ReturnType<typeof ofWire>;
  function expect(subject: Program): ReturnType<typeof ofProgram>;
  function expect(subject: Starting): ReturnType<typeof ofStarting>;
  function expect(subject: TypedCall & { typed: Promise<void> }): ReturnType<typeof ofCall>;
  function expect(
    subject: Subject | Wire | Program | Starting | (TypedCall & { typed: Promise<void> }),
  ) {
    if (subject instanceof Program) return ofProgram(subject);
    if (subject instanceof Starting) return ofStarting(subject);
    switch (subject.kind) {
      case 'end':
        return ofEnd(subject);
      case 'listener':
        return ofListener(subject);
      case 'sockets':
        return ofSockets(subject);
      case 'counter':
        return ofCounter(subject);
      case 'wire':
        return ofWire();
      case 'call':
        return ofCall(subject);
    }
  }
  return expect;
}

export type Expect = ReturnType<typeof makeExpect>;

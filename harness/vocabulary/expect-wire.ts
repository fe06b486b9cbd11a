import { flowOf, type Connection, type Flow } from '../history/connection.ts';
import { carries } from '../expect/segments/carried.ts';
import { never, silence } from '../expect/segments/not-carried.ts';
import { established } from '../expect/sockets/newcomer.ts';
import { waits } from '../expect/segments/waits.ts';
import type { Session } from './session.ts';
import type { Held } from './sides.ts';
import { milliseconds, timed, type Within } from './within.ts';

interface Repeats {
  /** Retransmissions, and the ACKs that answer them, count too; they are left out otherwise. */
  repeats?: boolean;
}

const flow = (of: Flow | Connection): Flow => ('server' in of ? flowOf(of) : of);

/** `expect(wire)`. A flow is a connection, or all that goes to and from a port of the server. */
export const ofWire = (session: Session, known: Connection[]) => ({
  /** A connection that both ends show ESTABLISHED, and that no one has spoken of before. */
  connection: async () => {
    const connection = await session.judge(established(known));
    known.push(connection);
    return connection;
  },

  /** A segment that this host has sent waits: the first, or the first with these flags. */
  toHold: async ({ from, flags }: Held) => {
    await session.judge(waits(from.host, flags));
  },

  /** Both captures hold these segments, one after the other. */
  toHaveCarried: (of: Flow | Connection, pattern: string, options: Within & Repeats = {}) =>
    session.judge(carries(flow(of), pattern, timed(options))),

  /** Both captures hold these segments and no others. */
  toHaveCarriedOnly: (of: Flow | Connection, pattern: string, options: Repeats = {}) =>
    session.judge(carries(flow(of), pattern, { ...options, whole: true, within: 0 })),

  /** No such segment has been carried so far; without a line, none at all. */
  toHaveCarriedNo: (of: Flow | Connection, line?: string) => session.judge(never(flow(of), line)),

  /** No such segment is carried for a time from now on. */
  toStayWithout: (of: Flow | Connection, line: string, { during }: { during: string }) =>
    session.judge(silence(flow(of), line, milliseconds(during))),
});

import { flowOf, type Connection, type Flow } from '../history/connection.ts';
import { carries } from '../expect/segments/carried.ts';
import { never, silence } from '../expect/segments/not-carried.ts';
import { established } from '../expect/sockets/newcomer.ts';
import { waits } from '../expect/segments/waits.ts';
import { textOf, type Lines } from './lines.ts';
import type { Session } from './session.ts';
import type { Held } from './sides.ts';
import { milliseconds, timed, type Within } from './within.ts';

interface Repeats {
  /** Retransmissions, and the ACKs that answer them, count too; they are left out otherwise. */
  repeats?: boolean;
}

const flow = (of: Flow | Connection): Flow => ('server' in of ? flowOf(of) : of);

/** `expect(wire)`: what the captures hold. A flow is a connection, or all that goes to and from a port of the server. */
export const ofWire = (session: Session, known: Connection[]) => ({
  /**
   * A connection that both ends show ESTABLISHED, and that no one has spoken of before. The value: it.
   * @example const conn = await expect(wire).connection();
   */
  connection: async () => {
    const connection = await session.judge(established(known));
    known.push(connection);
    return connection;
  },

  /**
   * A segment that this host has sent waits on the held wire: the first, with these flags, of this
   * connection.
   * @example await expect(wire).toHold({ from: server, flags: 'F.' });
   */
  toHold: async ({ from, flags, of }: Held) => {
    await session.judge(waits(from.host, flags, of && flowOf(of)));
  },

  /**
   * Both captures hold these segments, one after the other. The value: what its names stand for.
   * @example
   * const { names } = await expect(wire).toHaveCarried(
   *   conn,
   *   `client > server  S   seq=x
   *    server > client  S.  seq=y  ack=x+1`,
   * );
   */
  toHaveCarried: (of: Flow | Connection, pattern: Lines, options: Within & Repeats = {}) =>
    session.judge(carries(flow(of), textOf(pattern), timed(options))),

  /**
   * Both captures hold these segments and no others.
   * @example
   * await expect(wire).toHaveCarriedOnly(
   *   { serverPort: 6001 },
   *   `client > server  S   seq=x
   *    server > client  R.  ack=x+1`,
   * );
   */
  toHaveCarriedOnly: (of: Flow | Connection, pattern: Lines, options: Repeats = {}) =>
    session.judge(carries(flow(of), textOf(pattern), { ...options, whole: true, within: 0 })),

  /**
   * No such segment has been carried so far; without a line, none at all.
   * @example await expect(wire).toHaveCarriedNo(conn, 'server > client  R|R.');
   */
  toHaveCarriedNo: (of: Flow | Connection, line?: string) => session.judge(never(flow(of), line)),

  /**
   * No such segment is carried for a time from now on.
   * @example await expect(wire).toStayWithout(conn, 'client > server  F.', { during: '1s' });
   */
  toStayWithout: (of: Flow | Connection, line: string, { during }: { during: string }) =>
    session.judge(silence(flow(of), line, milliseconds(during))),
});

import { connected, type Connected, type Prepared } from './connected.ts';
import { makeExpect, type Expect } from './expect.ts';
import { overflow, type Overflowing } from './overflow.ts';
import { reacher, type Reachable, type Reached } from './reach.ts';
import type { Session } from './session.ts';
import { Side, Wire } from './sides.ts';
import { told, type Told } from '../told.ts';

/** What a lab works at: two hosts, the wire between them, and what it may expect of them. */
export interface Testbed {
  /**
   * The host on the left.
   * @example await server.run('echo-server');
   */
  server: Side;
  /**
   * The host on the right.
   * @example await client.run('echo-client');
   */
  client: Side;
  /**
   * The link between them.
   * @example await wire.hold(client);
   */
  wire: Wire;
  /**
   * States what must be seen of a subject; awaited, it has been seen, or the lab fails.
   * @example await expect(wire).connection();
   */
  expect: Expect;
  /**
   * Two socket shells with a connection between them, accepted: at the server the listener is
   * descriptor 3 and the connection 4, at the client it is 3. Calls may be typed before they bind and
   * connect.
   * @example const { ser, cli, conn } = await connected({ client: 'bind 3 client:7000' });
   */
  connected: (prepared?: Prepared) => Promise<Connected>;
  /**
   * Brings the client's end of a new connection into a state, in which it stays: SYN-RECEIVED, ESTABLISHED,
   * FIN-WAIT-1, FIN-WAIT-2, CLOSE-WAIT, CLOSING or LAST-ACK. A lab that does sets `rtoMin`. The value: the
   * connection, the shell and the descriptor that have this end, and the sequence number that it expects
   * next.
   * @example const { conn: closing, cli, fd } = await reach('CLOSING');
   */
  reach: (state: Reachable) => Promise<Reached>;
  /**
   * A handshake whose ACK finds the accept queue full. The listener is descriptor 3 at the server, on port
   * 6000; three clients on the server's own host fill its queue (`listen 3 2`), the last of them between the
   * SYN+ACK and the ACK of the other host's. That ACK waits on the held wire: the client's end is
   * ESTABLISHED, the server's in SYN-RECEIVED.
   * @example
   * const { ser, cli, half } = await overflow();
   * await wire.carry(client);
   * await expect(server.end(half)).toBeIn('SYN-RECEIVED');
   */
  overflow: () => Promise<Overflowing>;
  /**
   * A named stretch of the lab. A title with a value in it is `told('listen({n})', { n })`, with
   * `import { lab, told } from 'socket-lab'`, so that it can be translated.
   * @example
   * await step('the client closes', async () => {
   *   await program.type('end');
   * });
   */
  step: (title: string | Told, body: () => Promise<void>) => Promise<void>;
  /**
   * A step that fills in a cell of a table, by its row and its column: what was expected there came out,
   * and what the calls came to. The run draws the table, and several steps may share a cell.
   * @example
   * await cell('listen(0)', 'the second client', async () => {
   *   await shell.does('connect 4 server:6000 = ETIMEDOUT');
   * });
   */
  cell: (row: string | Told, column: string | Told, body: () => Promise<void>) => Promise<void>;
  /**
   * The long waits that a kernel imposes are wanted too (`--slow`).
   * @example if (slow) await expect(server.end(conn)).toBeGone({ within: '70s' });
   */
  slow: boolean;
}

export function testbed(session: Session): Testbed {
  let programs = 0;
  const nextProgram = (): number => ++programs;
  const ends = {
    server: new Side(session, 'server', nextProgram),
    client: new Side(session, 'client', nextProgram),
    wire: new Wire(session),
    expect: makeExpect(session),
  };
  return {
    ...ends,
    connected: (prepared) => connected(ends, prepared),
    reach: reacher(ends),
    overflow: () => overflow(ends, (title, body) => session.step(title, body)),
    step: (title, body) => session.step(asTold(title), body),
    cell: (row, column, body) =>
      session.step(told('{row}: {column}', { row: asTold(row), column: asTold(column) }), body),
    slow: session.slow,
  };
}

const asTold = (text: string | Told): Told => (typeof text === 'string' ? told(text) : text);

import type { Connection } from '../history/connection.ts';
import type { Ends } from './connected.ts';
import type { SocketShell } from './socket-shell.ts';

/** The states into which the client's end of a connection can be brought, and in which it stays. */
export type Reachable = keyof typeof WAYS;

/** Where the client's end is now. */
export interface Reached {
  conn: Connection;
  /** The shell that has it, as this descriptor. */
  cli: SocketShell;
  fd: string;
  /** The sequence number that it expects next (RCV.NXT). */
  next: number;
}

interface Way {
  /** The server says that it has sent everything. */
  serverCloses?: true;
  /** The client does. */
  clientCloses?: true;
  /** The client's FIN does not arrive: it would be acknowledged. */
  finLost?: true;
  /** The server's FIN comes without acknowledging the client's. */
  finsCross?: true;
}

export const WAYS = {
  // Its way is another one: the SYNs cross, and nothing of the client's arrives.
  'SYN-RECEIVED': {},
  ESTABLISHED: {},
  'FIN-WAIT-1': { clientCloses: true, finLost: true },
  'FIN-WAIT-2': { clientCloses: true },
  'CLOSE-WAIT': { serverCloses: true },
  CLOSING: { clientCloses: true, finLost: true, finsCross: true },
  'LAST-ACK': { serverCloses: true, clientCloses: true, finLost: true },
} as const satisfies Record<string, Way>;

/**
 * Brings the client's end of a new connection into a state. A lab that does wants `rtoMin`: what is
 * lost on the way would be sent again.
 */
export function reacher(ends: Ends): (state: Reachable) => Promise<Reached> {
  let shells: Promise<[SocketShell, SocketShell]> | undefined;
  let port = 7000;
  return async (state) => {
    shells ??= Promise.all([
      ends.server.shell(`
        socket = 3
        bind 3 server:6000
        listen 3 5
      `),
      ends.client.shell(),
    ]);
    const [ser, cli] = await shells;
    await ends.wire.dropNothing(ends.server);
    const conn = ends.wire.between(6000, port++);
    const [fd = ''] = await cli.does('socket');
    await cli.does(`bind ${fd} client:${conn.client.port}`);
    const next = await (state === 'SYN-RECEIVED'
      ? openFromBothSides(ends, conn, cli, fd)
      : openAndClose(ends, conn, { cli, fd, ser }, WAYS[state]));
    await ends.expect(ends.client.end(conn)).toBeIn(state, { orphaned: false });
    return { conn, cli, fd, next };
  };
}

/** An injected SYN crosses the client's, which is lost. */
async function openFromBothSides(
  { server, wire }: Ends,
  conn: Connection,
  cli: SocketShell,
  fd: string,
): Promise<number> {
  await wire.drop({ to: server, flags: '*' });
  await cli.does(`
    nonblock ${fd}
    connect ${fd} server:6000 = EINPROGRESS
  `);
  await server.inject(conn, 'S seq=1000');
  return 1001;
}

async function openAndClose(
  { server, client, wire, expect }: Ends,
  conn: Connection,
  { cli, fd, ser }: { cli: SocketShell; fd: string; ser: SocketShell },
  { serverCloses, clientCloses, finLost, finsCross }: Way,
): Promise<number> {
  await cli.does(`connect ${fd} server:6000 = 0`);
  const [accepted = ''] = await ser.does('accept 3');
  const { names } = await expect(wire).toHaveCarried(
    conn,
    `client > server  S   seq=x
     server > client  S.  seq=y  ack=x+1`,
  );
  const { x = NaN, y = NaN } = names;
  if (serverCloses) {
    await ser.does(`shutdown ${accepted.split(' ')[0] ?? ''} WR`);
    await expect(client.end(conn)).toBeIn('CLOSE-WAIT');
  }
  if (finLost) await wire.drop({ to: server, flags: 'F.' });
  if (clientCloses) await cli.does(`shutdown ${fd} WR`);
  if (finsCross) {
    await expect(client.end(conn)).toBeIn('FIN-WAIT-1');
    await server.inject(conn, `F. seq=${y + 1} ack=${x + 1}`);
  }
  return y + 1 + (serverCloses || finsCross ? 1 : 0);
}

import type { Connection } from '../history/connection.ts';
import type { Expect } from './expect.ts';
import type { Side, Wire } from './sides.ts';
import type { SocketShell } from './socket-shell.ts';

/** Calls with each side's descriptor 3 before it binds or connects: `setsockopt 3 SO_RCVBUF 4096`. */
export interface Prepared {
  server?: string;
  client?: string;
}

/** Two socket shells and the connection between them. */
export interface Connected {
  /** Its listener, on port 6000, is descriptor 3; its end of the connection descriptor 4. */
  ser: SocketShell;
  /** Its end is descriptor 3. */
  cli: SocketShell;
  conn: Connection;
}

/** What a lab works at: both hosts, the wire between them, and what may be expected of them. */
export interface Ends {
  server: Side;
  client: Side;
  wire: Wire;
  expect: Expect;
}

/** How most labs begin: a server that has accepted, a client that has connected, both typed by hand. */
export async function connected(
  { server, client, wire, expect }: Ends,
  prepared: Prepared = {},
): Promise<Connected> {
  const ser = await server.shell(`
    socket                = 3
    ${prepared.server ?? ''}
    bind 3 server:6000    = 0
    listen 3 5            = 0
  `);
  const cli = await client.shell(`
    socket                = 3
    ${prepared.client ?? ''}
    connect 3 server:6000 = 0
  `);
  const conn = await expect(wire).connection();
  await ser.does('accept 3 = 4');
  return { ser, cli, conn };
}

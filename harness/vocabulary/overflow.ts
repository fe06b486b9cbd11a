import type { Connection } from '../history/connection.ts';
import { told } from '../told.ts';
import type { Ends } from './connected.ts';
import type { Session } from './session.ts';
import type { SocketShell } from './socket-shell.ts';

/** A handshake whose ACK will find the accept queue full. */
export interface Overflowing {
  /** Its listener, on port 6000, is descriptor 3; the clients that are in the queue are 4, 5 and 6. */
  ser: SocketShell;
  /** Its end is descriptor 3. */
  cli: SocketShell;
  half: Connection;
}

/**
 * A SYN is answered while the accept queue has room for one more, and a client on the server's own host
 * takes that place before the ACK comes, which waits on the held wire.
 */
export async function overflow(
  { server, client, wire, expect }: Ends,
  step: Session['step'],
): Promise<Overflowing> {
  const [ser, cli] = [await server.shell(), await client.shell()];
  await ser.does(`
    socket = 3
    bind 3 server:6000
    listen 3 2
  `);
  for (const fd of [4, 5])
    await ser.does(`
      socket                    = ${fd}
      connect ${fd} server:6000 = 0
    `);
  await expect(server.listener()).toBeListening({ queued: 2, backlog: 2 });
  await step(told('a SYN is answered; before its ACK comes the queue is full'), async () => {
    await ser.does('socket = 6');
    await wire.hold(server);
    await cli.connecting('server:6000');
    await expect(wire).toHold({ from: server, flags: 'S.' });
    await ser.does('connect 6 server:6000 = 0');
    await wire.hold(client);
    await wire.carry(server);
    await expect(client.sockets()).toBe({ ESTABLISHED: 1 });
    await expect(wire).toHold({ from: client, flags: '.' });
  });
  const half = await expect(server.sockets()).toShowNew('SYN-RECEIVED');
  return { ser, cli, half };
}

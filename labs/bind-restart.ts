import { lab } from '../harness/index.ts';

export default lab(
  {
    name: 'bind-restart',
    title: 'A server that closed first cannot be started again at once',
    section: 'Taking a port again',
    next: 'reuseaddr',
    explanation: `A server is stopped and started again on the same port, three times. Where its
      client has not closed yet, the old connection is in FIN-WAIT-2, and bind() fails with
      EADDRINUSE. So it does in TIME-WAIT, which is there so that what comes late of the old
      connection meets no new one (--slow waits until it is over; then the server starts). In
      both, no process has the old socket any more, but the kernel keeps it and with it the port.
      Where the client closed first, the client has the TIME-WAIT and the server nothing: it
      starts again at once.`,
    notice: `The port was taken in FIN-WAIT-2 just as in TIME-WAIT, and free where the client had
      closed first. What keeps a port is the old connection, not the old process.`,
    sources: [
      'seed 000, "TIME_WAIT 状态" and "程序中查看TCP的状态"; seed 001, "4.4. 2MSL等待状态"',
      'seed 004, "多说几句TIME_WAIT"; RFC 9293 3.6, 3.6.1',
      'net/ipv4/inet_connection_sock.c inet_csk_get_port, inet_bind_conflict',
    ],
    shows: ['ESTABLISHED -> CLOSE-WAIT', 'FIN-WAIT-2 -> TIME-WAIT'],
    showsSlow: ['TIME-WAIT -> CLOSED'],
    waits: { slow: '60s' },
  },
  async ({ server, client, wire, step, expect, slow }) => {
    const ser = await server.run('echo-server');
    const cli = await client.run('echo-client');
    const conn = await expect(wire).connection();
    await expect(ser).toPrint('accept c = 4');
    await step('in FIN-WAIT-2, the client still open', async () => {
      await ser.kill();
      await expect(server.end(conn)).toBeIn('FIN-WAIT-2', { orphaned: true });
      await expect(client.end(conn)).toBeIn('CLOSE-WAIT', { orphaned: false });
      await expect(server.run('echo-server')).toFailWith('EADDRINUSE', { call: 'bind' });
      await expect(server.end(conn)).toBeIn('FIN-WAIT-2');
    });
    await step('in TIME-WAIT', async () => {
      await cli.type('end');
      await expect(server.end(conn)).toBeIn('TIME-WAIT', { orphaned: true });
      await expect(client.end(conn)).toBeGone();
      const closed = `
        server > client F. seq=s
        client > server . ack=s+1
        client > server F.
      `;
      await expect(wire).toHaveCarried(
        conn,
        `${closed}
         server > client .`,
      );
      await expect(server.run('echo-server')).toFailWith('EADDRINUSE', { call: 'bind' });
      await expect(server.end(conn)).toBeIn('TIME-WAIT');
    });
    await step('the client closed first', async () => {
      const other = await server.run('echo-server', { port: 6001 });
      await (await client.run('echo-client', { port: 6001 })).type('end');
      await expect(other).toPrint('close');
      await expect(server.sockets(6001)).toBe({ LISTEN: 1 });
      await expect(client.sockets(6001)).toBe({ 'TIME-WAIT': 1 });
      const flow = { serverPort: 6001 };
      await expect(wire).toHaveCarried(
        flow,
        `client > server F.
         ...
         server > client F.`,
      );
      await other.kill();
      await server.run('echo-server', { port: 6001 }); // it listens
    });
    if (!slow) return;
    await step('a minute later', async () => {
      await expect(server.end(conn)).toBeGone({ within: '75s' });
      await server.run('echo-server');
    });
  },
);

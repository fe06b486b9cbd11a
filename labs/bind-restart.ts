import { lab } from '../harness/index.ts';

export default lab(
  {
    name: 'bind-restart',
    title: 'A server that closed first cannot be started again at once',
    explanation: `A server is ended and started again on the same port, three times. While its old
      connection is in TIME-WAIT, bind fails with EADDRINUSE; so it does in FIN-WAIT-2, where the
      client has not closed yet. In both, no process has the old socket any more, but the kernel
      keeps it and with it the port. Where the client closed first, the client has the TIME-WAIT
      and nothing at the server is left in the way: the restart succeeds at once.`,
    sources: [
      'seed 000, "程序中查看TCP的状态"; seed 004, "多说几句TIME_WAIT"',
      'RFC 9293 3.6, 3.6.1',
      'net/ipv4/inet_connection_sock.c inet_csk_get_port, inet_bind_conflict',
    ],
  },
  async ({ server, client, wire, step, expect }) => {
    await step('in TIME-WAIT', async () => {
      const ser = await server.run('echo-server', { port: 6000 });
      const cli = await client.run('echo-client', { port: 6000 });
      const conn = await expect(wire).connection();
      await expect(ser).toPrint('accept c = 4');
      await ser.kill();
      await expect(client.end(conn)).toBeIn('CLOSE-WAIT');
      await cli.type('end');
      await expect(client.end(conn)).toBeGone();
      await expect(server.end(conn)).toBeIn('TIME-WAIT', { owned: false });
      await expect(wire).toHaveCarried(
        conn,
        `server > client  F.  seq=s
         client > server  .   ack=s+1
         client > server  F.  seq=c  ack=s+1
         server > client  .   ack=c+1`,
      );
      await expect(server.run('echo-server', { port: 6000 })).toFailWith('EADDRINUSE');
      await expect(server.end(conn)).toBeIn('TIME-WAIT');
    });

    await step('in FIN-WAIT-2, the client still open', async () => {
      const ser = await server.run('echo-server', { port: 6001 });
      await client.run('echo-client', { port: 6001 });
      const conn = await expect(wire).connection();
      await expect(ser).toPrint('accept c = 4');
      await ser.kill();
      await expect(server.end(conn)).toBeIn('FIN-WAIT-2', { owned: false });
      await expect(client.end(conn)).toBeIn('CLOSE-WAIT', { owned: true });
      await expect(wire).toHaveCarried(
        conn,
        `server > client  F.  seq=s
         client > server  .   ack=s+1`,
      );
      await expect(server.run('echo-server', { port: 6001 })).toFailWith('EADDRINUSE');
      await expect(server.end(conn)).toBeIn('FIN-WAIT-2');
    });

    await step('the client closed first', async () => {
      const ser = await server.run('echo-server', { port: 6002 });
      const cli = await client.run('echo-client', { port: 6002 });
      const conn = await expect(wire).connection();
      await cli.type('end');
      await expect(ser).toPrint('close');
      await expect(client.end(conn)).toBeIn('TIME-WAIT', { owned: false });
      await expect(server.end(conn)).toBeGone();
      await expect(wire).toHaveCarried(
        conn,
        `client > server  F.  seq=c
         server > client  .   ack=c+1  ?
         server > client  F.  seq=s  ack=c+1
         client > server  .   ack=s+1`,
      );
      await ser.kill();
      await server.run('echo-server', { port: 6002 }); // it listens
      await expect(client.end(conn)).toBeIn('TIME-WAIT');
    });
  },
);

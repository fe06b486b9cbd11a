import { lab } from '../harness/index.ts';

export default lab(
  {
    name: 'time-wait',
    title: 'Whoever closes first waits in TIME-WAIT',
    explanation: `The server is ended while the client is connected: its kernel sends a FIN. The
      client is ended later. Every segment is held until the states it will end have been seen:
      FIN-WAIT-1, FIN-WAIT-2 and TIME-WAIT at the server, CLOSE-WAIT and LAST-ACK at the client.
      The side that closed first stays in TIME-WAIT for a minute, so that a lost last ACK can be
      sent again and late segments die out; its port stays taken as long.`,
    sources: ['seed 000, "TIME_WAIT"', 'RFC 9293 3.6, 3.6.1', 'net/ipv4/tcp_minisocks.c tcp_time_wait'],
  },
  async ({ server, client, wire, step, expect, slow }) => {
    const ser = await server.run('echo-server');
    const cli = await client.run('echo-client');
    const conn = await expect(wire).connection();

    await step('the server closes first', async () => {
      await wire.hold();
      await ser.kill();
      await expect(server.end(conn)).toBeIn('FIN-WAIT-1', { owned: false });
      await wire.release(server);
      await expect(client.end(conn)).toBeIn('CLOSE-WAIT', { recvQ: 1 });
      await wire.release(client);
      await expect(server.end(conn)).toBeIn('FIN-WAIT-2');
    });
    await step('the client closes', async () => {
      await cli.type('end');
      await expect(client.end(conn)).toBeIn('LAST-ACK');
      await wire.release(client);
      const wait = await expect(server.end(conn)).toBeIn('TIME-WAIT', {
        timer: 'timewait',
        expires: { atLeast: 55_000, atMost: 60_000 },
      });
      await wire.carry();
      await expect(client.end(conn)).toBeGone();
      if (slow) {
        await expect(server.end(conn)).toBeGone({ within: '75s', lasting: { since: wait, about: '60s' } });
      }
    });
    await expect(wire).toHaveCarried(conn, `
      server > client  F.  seq=s
      client > server  .   ack=s+1
      client > server  F.  seq=c  ack=s+1
      server > client  .   ack=c+1
    `);
  },
);

import { lab } from '../harness/index.ts';

export default lab(
  {
    name: 'three-segment-close',
    title: 'FIN, FIN+ACK, ACK: three segments can end a connection',
    explanation: `A server that waits in recv() and closes as soon as that returns 0 is faster than its
      kernel, which keeps the ACK of a FIN back in the hope of something to go with it: for 40 ms where
      data has been received before, else for a tick of its clock. So the server's FIN takes the ACK
      along, and the client, which gets both in one segment, goes from FIN-WAIT-1 straight to
      TIME-WAIT. How fast a program is, no one can promise: three try, and one has to make it. Then a
      server takes its time, and the ACK that goes out alone is lost. To the client that is the same: a
      FIN carries the latest ACK in any case, so it still gets both at once.`,
    sources: [
      'seed 000, "状态转移"; seed 004, "LAST_ACK"',
      'RFC 9293 3.3.2 (figure 5, note 2), 3.8.6.3',
      'net/ipv4/tcp_input.c tcp_fin, net/ipv4/tcp_output.c tcp_send_delayed_ack, tcp_send_fin',
    ],
    shows: ['FIN-WAIT-1 -> TIME-WAIT', 'LAST-ACK -> CLOSED'],
    rtoMin: '10s',
  },
  async ({ server, client, wire, step, expect }) => {
    await server.run('echo-server', { port: 6000 });
    for (const nth of ['first', 'second', 'third']) {
      await step(`the ${nth} client of a server that closes at once`, async () => {
        const cli = await client.run('echo-client', { port: 6000 });
        const conn = await expect(wire).connection();
        await cli.type('hello');
        await expect(cli).toPrint('read:ok');
        await cli.type('end');
        await expect(client.end(conn)).toBeIn('TIME-WAIT', { owned: false });
        await expect(server.end(conn)).toBeGone();
      });
    }
    await expect(wire).toHaveCarried(
      { serverPort: 6000 },
      `client > server  F.  seq=c
       server > client  F.  seq=s  ack=c+1
       client > server  .   ack=s+1`,
    );

    const ser = await server.shell();
    await ser.does('socket = 3 \n bind 3 server:6001 \n listen 3 5');
    const cli = await client.run('echo-client', { port: 6001 });
    const conn = await expect(wire).connection();
    await cli.type('hello');
    await ser.does('accept 3 = 4 \n recv 4 = 6 "hello\\n" \n send 4 ok = 2');
    await expect(cli).toPrint('read:ok');
    await step('a server that closes later: its ACK goes alone, and is lost', async () => {
      await wire.drop({ to: client, flags: '.', count: 1 });
      await cli.type('end');
      await expect(wire).toHaveCarried(
        conn,
        `         client > server  F.  seq=c
         +20ms..  server > client  .   ack=c+1`,
      );
      await expect(server.end(conn)).toBeIn('CLOSE-WAIT', { owned: true });
      await expect(client.end(conn)).toBeIn('FIN-WAIT-1', { sendQ: 1, owned: false });
    });
    await step('its FIN acknowledges as well', async () => {
      await wire.hold(client);
      await ser.does('close 4 = 0');
      await expect(client.end(conn)).toBeIn('TIME-WAIT', { owned: false });
      await expect(server.end(conn)).toBeIn('LAST-ACK', { owned: false });
      await wire.carry(client);
      await expect(server.end(conn)).toBeGone();
      await expect(wire).toHaveCarried(
        conn,
        `server > client  F.  seq=s  ack=c
         client > server  .   seq=c  ack=s+1`,
      );
    });
  },
);

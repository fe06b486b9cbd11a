import { lab } from '../harness/index.ts';

export default lab(
  {
    name: 'client-time-wait',
    title: 'The client closes first: it keeps the TIME-WAIT, and the server none',
    explanation: `recv() returns 0 at the server when the client has closed, and it closes this
      connection too: its end is CLOSED at once, the client's is in TIME-WAIT for a minute. So the
      server can be ended and started again with nothing in its way. The client hardly minds: the
      kernel gives it another port. It minds when it wants one port of its own: then bind() fails
      with EADDRINUSE, unless the old socket had SO_REUSEADDR and the new one has it too. Even the
      very same addresses and ports can be connected again: by its timestamps the server tells the
      new connection's segments from late ones of the old, so connect() takes the place of
      TIME-WAIT, with a sequence number behind the last that the old connection used.`,
    sources: [
      'seed 000, "程序中查看TCP的状态"; seed 001, "4.4. 2MSL等待状态"; seed 004, "多说几句TIME_WAIT"',
      'RFC 9293 3.6.1; RFC 6191',
      'net/ipv4/tcp_ipv4.c tcp_twsk_unique, net/ipv4/inet_hashtables.c __inet_check_established',
    ],
    shows: ['TIME-WAIT -> SYN-SENT (active OPEN)'],
  },
  async ({ server, client, wire, step, expect }) => {
    const ser = await server.run('echo-server');
    await step('the client closes first', async () => {
      const cli = await client.run('echo-client');
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
    });
    await step('the server starts again at once, without SO_REUSEADDR', async () => {
      await ser.kill();
      await server.run('echo-server');
      await expect(server.sockets()).toBe({ LISTEN: 1 });
    });
    await step('a client that does not care gets another port', async () => {
      const cli = await client.run('echo-client');
      const next = await expect(wire).connection();
      await cli.type('end');
      await expect(client.end(next)).toBeIn('TIME-WAIT');
      await expect(client.sockets()).toBe({ 'TIME-WAIT': 2 });
    });
    const [cli, own] = [await client.shell(), wire.between(6000, 7000)];
    await step('one that wants the same port needs SO_REUSEADDR, before and after', async () => {
      await cli.does(`
        socket                      = 3
        setsockopt 3 SO_REUSEADDR 1
        bind 3 client:7000
        connect 3 server:6000       = 0
        close 3
      `);
      await expect(client.end(own)).toBeIn('TIME-WAIT');
      await cli.does(`
        socket                      = 3
        bind 3 client:7000          = EADDRINUSE
        setsockopt 3 SO_REUSEADDR 1
        bind 3 client:7000          = 0
      `);
    });
    await step('then it connects as before, and TIME-WAIT makes way', async () => {
      await wire.hold(client);
      const connected = cli.call('connect 3 server:6000');
      await expect(client.end(own)).toBeIn('SYN-SENT');
      await wire.carry(client);
      await expect(connected).toReturn('0');
      await expect(client.end(own)).toBeIn('ESTABLISHED');
      await expect(server.end(own)).toBeIn('ESTABLISHED');
      await expect(wire).toHaveCarried(
        own,
        `client > server  F.  seq=c
         ...
         client > server  S   seq>c
         server > client  S.`,
      );
    });
  },
);

import { lab } from '../harness/index.ts';

export default lab(
  {
    name: 'client-time-wait',
    title: 'The client closes first: it keeps the TIME-WAIT, and the server none',
    section: 'TIME-WAIT',
    next: 'server-closes-each',
    explanation: `When the client closes first, the server's end is CLOSED at once and the
      client's is in TIME-WAIT for a minute: the server can be stopped and started again with
      nothing in its way. That rarely matters to the client: the kernel gives it another port. It
      matters when it wants a certain port: then bind() fails, unless the old socket had
      SO_REUSEADDR and the new one has it too. Even the very same addresses and ports can be
      connected again: timestamps tell the new connection's segments from late ones of the old, so
      connect() takes the place of TIME-WAIT.`,
    notice: `TIME-WAIT is at the client, and the server starts again at once without SO_REUSEADDR.
      Which side waits depends only on which side closed first.`,
    sources: [
      'seed 000, "程序中查看TCP的状态"; seed 001, 4.4; seed 004, "多说几句TIME_WAIT"; RFC 6191',
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
      await expect(conn).toBeIn({ client: 'TIME-WAIT', server: 'CLOSED' });
    });
    await step('the server starts again at once, without SO_REUSEADDR', async () => {
      await ser.kill();
      await server.run('echo-server');
    });
    await step('a client that does not care gets another port', async () => {
      const other = await client.run('echo-client');
      await expect(client.sockets()).toBe({ 'TIME-WAIT': 1, ESTABLISHED: 1 });
      await other.type('end');
      await expect(client.sockets()).toBe({ 'TIME-WAIT': 2 });
    });
    const [cli, own] = [await client.shell(), wire.between(6000, 7000)];
    const reusing = `
      setsockopt 3 SO_REUSEADDR 1
      bind 3 client:7000 = 0
    `;
    await step('one that wants the same port needs SO_REUSEADDR, before and after', async () => {
      await cli.does(`
        socket                = 3
        ${reusing}
        connect 3 server:6000 = 0
        close 3
      `);
      await expect(client.end(own)).toBeIn('TIME-WAIT');
      await cli.does(`
        socket             = 3
        bind 3 client:7000 = EADDRINUSE
        ${reusing}
      `);
    });
    await step('then it connects as before, and TIME-WAIT makes way', async () => {
      await wire.hold(client);
      const connected = cli.call('connect 3 server:6000');
      await expect(client.end(own)).toBeIn('SYN-SENT');
      await wire.carry(client);
      await expect(connected).toReturn('0');
      await expect(own).toBeIn({ client: 'ESTABLISHED', server: 'ESTABLISHED' });
      const again = `
        client > server  F.  seq=c
        ...
        client > server  S  seq>c
      `;
      await expect(wire).toHaveCarried(own, again);
    });
  },
);

import { lab, told } from '../harness/index.ts';

/** The segments of the end; `alone` is an ACK of the first FIN that takes nothing along. */
const close = (alone: string): string =>
  `client > server  F.  seq=c${alone}
   server > client  F.  seq=s  ack=c+1
   client > server  .   ack=s+1`;
const ACK = `
   server > client  .   ack=c+1`;

export default lab(
  {
    name: 'three-segment-close',
    title: 'FIN, FIN+ACK, ACK: three segments can end a connection',
    section: 'Closing',
    next: 'simultaneous-close',
    explanation: `A server that waits in recv() and closes as soon as that returns 0 is faster than its
      kernel, which keeps the ACK of a FIN back in the hope of something to go with it: for 40 ms where
      data has been received before, else for a tick of its clock. So the server's FIN takes the ACK
      along, and the client, which gets both at once, goes from FIN-WAIT-1 straight to TIME-WAIT. How
      fast a program is, no one can promise: clients come until it was fast enough for one of them,
      twenty at most. Then a server takes its time, and the ACK that goes out alone is lost; its FIN
      carries the ACK in any case.`,
    notice: `The ACK of the first FIN and the second FIN shared a segment. Four segments are what
      must be said, not how many must be sent.`,
    sources: [
      'seed 000, "状态转移"; seed 004, "LAST_ACK"; RFC 9293 3.3.2 (figure 5, note 2), 3.8.6.3',
      'net/ipv4/tcp_input.c tcp_fin, net/ipv4/tcp_output.c tcp_send_delayed_ack, tcp_send_fin',
    ],
    shows: ['FIN-WAIT-1 -> TIME-WAIT', 'LAST-ACK -> CLOSED'],
    rtoMin: '10s',
  },
  async ({ server, client, wire, connected, step, expect }) => {
    const ser = await server.run('echo-server', { port: 7000 });
    let segments = 4;
    for (let nth = 1; segments === 4 && nth <= 20; nth++) {
      await step(told('client {n} of a server that closes at once', { n: nth }), async () => {
        const cli = await client.run('echo-client', { port: 7000 });
        const conn = await expect(wire).connection();
        await cli.type('hello');
        await expect(cli).toPrint('read:ok');
        await cli.type('end');
        await expect(conn).toBeIn({ client: 'TIME-WAIT', server: 'CLOSED' });
        ({ segments } = await expect(wire).toHaveCarried(conn, close(`${ACK}  ?`)));
      });
    }
    await expect(wire).toHaveCarried({ serverPort: ser.port }, close(''));
    const { ser: late, cli, conn } = await connected();
    await step('a server that closes later: its ACK goes alone, and is lost', async () => {
      await wire.drop({ to: client, flags: '.' });
      await cli.does('close 3');
      await expect(wire).toHaveCarried(conn, 'server > client  .');
      await expect(conn).toBeIn({ client: 'FIN-WAIT-1', server: 'CLOSE-WAIT' });
    });
    await step('its FIN acknowledges as well', async () => {
      await wire.hold(client);
      await late.does('close 4');
      await expect(conn).toBeIn({ client: 'TIME-WAIT', server: 'LAST-ACK' });
      await wire.carry(client);
      await expect(conn).toBeIn({ client: 'TIME-WAIT', server: 'CLOSED' });
    });
    await expect(wire).toHaveCarried(conn, close(ACK));
  },
);

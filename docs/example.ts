import { lab } from '../harness/index.ts';

export default lab(
  {
    name: 'example',
    title: 'The first half of a close',
    explanation: `The client closes: its kernel sends a FIN and is in FIN-WAIT-1. The ACK of the server's
      kernel is held until that has been seen. With it the client is in FIN-WAIT-2; the server stays in
      CLOSE-WAIT until its program closes, too.`,
    notice: 'The ACK was sent by a kernel: the program at the server has not done anything.',
    sources: ['RFC 9293 3.6'],
    rtoMin: '10s',
    shows: ['ESTABLISHED -> FIN-WAIT-1 -> FIN-WAIT-2', 'ESTABLISHED -> CLOSE-WAIT'],
  },
  async ({ server, connected, wire, step, expect }) => {
    const { cli, conn } = await connected();
    await wire.hold(server);
    await step('the client closes', async () => {
      await cli.does('close 3 = 0');
      await expect(conn).toBeIn({ server: 'CLOSE-WAIT', client: 'FIN-WAIT-1' });
    });
    await step('its FIN is acknowledged', async () => {
      await wire.carry(server);
      await expect(conn).toBeIn({ server: 'CLOSE-WAIT', client: 'FIN-WAIT-2' });
    });
    await expect(wire).toHaveCarried(
      conn,
      `client > server  F.  seq=x
       server > client  .   ack=x+1`,
    );
  },
);

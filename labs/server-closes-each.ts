import { lab, told } from '../harness/index.ts';

export default lab(
  {
    name: 'server-closes-each',
    title: 'A server that closes after each answer gathers the TIME-WAITs',
    section: 'TIME-WAIT',
    next: 'lost-last-ack',
    explanation: `An HTTP/1.0 server without keep-alive reads a request, answers it and closes: by
      its FIN the client knows that the answer is complete. Whoever sends the first FIN keeps the
      TIME-WAIT, so every visit leaves one at the server, for a minute, and none at the client,
      which reads to the end and closes. They belong to no process, take little memory and no port
      but the server's own, where the listener goes on accepting: a busy server has thousands of
      them and does not mind. With keep-alive it is mostly the client that closes, and has them.`,
    notice: `Three visits, three TIME-WAITs, all at the server and none at the client. They take no
      other port than the server's own, which goes on accepting.`,
    sources: [
      'seed 004, "FIN_WAIT1"',
      'RFC 9293 3.6 (case 2); RFC 1945 1.3',
      'net/ipv4/tcp_minisocks.c tcp_time_wait',
    ],
    shows: ['FIN-WAIT-2 -> TIME-WAIT'],
  },
  async ({ server, client, wire, step, expect }) => {
    await server.run('closing-server');
    for (const [before, visitor] of (['first', 'second', 'third'] as const).entries()) {
      await step(told('the {which} visitor', { which: told(visitor) }), async () => {
        const cli = await client.run('echo-client');
        const conn = await expect(wire).connection();
        await cli.type('GET / HTTP/1.0');
        await expect(cli).toPrint('read:ok');
        await expect(server.end(conn)).toBeIn('FIN-WAIT-2', { orphaned: true });
        await expect(client.end(conn)).toBeIn('CLOSE-WAIT', { orphaned: false });
        await cli.type('end');
        await expect(client.sockets()).toBe({});
        await expect(server.sockets()).toBe({ LISTEN: 1, 'TIME-WAIT': before + 1 });
        // The ACK of the answer may cross the FIN.
        await expect(wire).toHaveCarried(
          conn,
          `client > server  P.  seq=q  len=15
           ...
           server > client  F.  seq=s
           client > server  .   ack=s    ?
           client > server  .   ack=s+1
           client > server  F.  seq=q+15  ack=s+1
           server > client  .   ack=q+16`,
        );
      });
    }
  },
);

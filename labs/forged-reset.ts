import { lab } from '../harness/index.ts';

export default lab(
  {
    name: 'forged-reset',
    title: 'A forged reset has to hit one sequence number exactly',
    explanation: `Whoever knows the two addresses and ports of a connection can send a reset in the
      name of one end. So a number must be guessed as well, and Linux is strict about it. A RST with
      a sequence number that the receiver's window does not hold is dropped without a word. One that
      lies in the window, but is not the very next number, may be genuine and is not believed: the
      supposed sender is asked, by an ACK with the number that is due (a challenge ACK). Had it
      really given up the connection, it would answer with a RST that is exact; the client here has
      not, and an ACK that says nothing new is nothing to answer. Only the RST with the very next
      number ends the connection, at the server alone: the client hears of it when it sends next.
      (Challenge ACKs go out every 0.5 s at most, tcp_invalid_ratelimit; here they all do.)`,
    sources: [
      'seed 001, "5.RST，同时打开和同时关闭"',
      'RFC 9293 3.5.3, 3.10.7.4 (second), RFC 5961 3',
      'net/ipv4/tcp_input.c tcp_validate_incoming, tcp_send_challenge_ack',
    ],
    sysctls: { server: { 'net.ipv4.tcp_invalid_ratelimit': '0' } },
    shows: ['ESTABLISHED -> CLOSED (rcv RST)'],
  },
  async ({ server, client, wire, step, expect }) => {
    const ser = await server.shell();
    const cli = await client.shell();
    await ser.does(`
      socket                = 3
      bind 3 server:6000
      listen 3 5
    `);
    await cli.does(`
      socket                = 3
      connect 3 server:6000 = 0
    `);
    const conn = await expect(wire).connection();
    await ser.does('accept 3 = 4');
    const { names } = await expect(wire).toHaveCarried(
      conn,
      `client > server  S   seq=x
       server > client  S.  seq=y  ack=x+1  win=w`,
    );
    const { x = NaN, w = NaN } = names;
    const bothLive = async () => {
      await expect(server.end(conn)).toBeIn('ESTABLISHED');
      await expect(client.end(conn)).toBeIn('ESTABLISHED');
    };

    await step('outside the window: one number too low, one too high', async () => {
      await client.forge(conn, `R seq=${x}`);
      await client.forge(conn, `R seq=${x + w + 2}`);
      await bothLive();
    });
    await step('in the window, at its two ends: each is asked about', async () => {
      for (const offset of [2, w]) {
        await client.forge(conn, `R seq=${x + offset}`);
        await expect(wire).toHaveCarried(
          conn,
          `client > server  S  seq=x
           ...
           client > server  R  seq=x+${offset}
           server > client  .  ack=x+1`,
          { repeats: true },
        );
        await bothLive();
      }
      await expect(server.counter('TcpExtTCPChallengeACK')).toBe(2);
    });
    await step('the very next number', async () => {
      await client.forge(conn, `R seq=${x + 1}`);
      await expect(server.end(conn)).toBeGone();
      await ser.does('recv 4   = ECONNRESET');
      await expect(client.end(conn)).toBeIn('ESTABLISHED');
    });
    await step('the client has heard nothing, until it sends', async () => {
      await cli.does('send 3 hello = 5');
      await expect(client.end(conn)).toBeGone();
      await cli.does('recv 3 = ECONNRESET');
    });
    await expect(wire).toHaveCarriedOnly(
      conn,
      `client > server  S   seq=x
       server > client  S.  seq=y      ack=x+1  win=w
       client > server  .   seq=x+1    ack=y+1
       client > server  R   seq=x
       client > server  R   seq=x+w+2
       client > server  R   seq=x+2
       server > client  .   seq=y+1    ack=x+1
       client > server  R   seq=x+w
       server > client  .   seq=y+1    ack=x+1
       client > server  R   seq=x+1
       client > server  P.  seq=x+1    len=5
       server > client  R   seq=y+1`,
      { repeats: true },
    );
  },
);

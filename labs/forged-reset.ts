import { lab } from '../harness/index.ts';

export default lab(
  {
    name: 'forged-reset',
    title: 'A forged reset has to hit one sequence number exactly',
    section: 'Resets and data',
    next: 'send-buffer',
    explanation: `Whoever knows a connection's addresses and ports can send a reset in the name of
      one end, but has to guess a number. A RST outside the receiver's window is dropped silently.
      One in the window that is not the very next number is not believed either: an ACK with the
      number that is due (a challenge ACK) asks the supposed sender, who would answer with an exact
      RST, had it given up. Only the very next number ends the connection, at the server alone: the
      client hears of it when it sends. (tcp_invalid_ratelimit, 0.5 s between two, is off.)`,
    notice: `One number too low or too high and nothing happened; inside the window the kernel
      asked back with an ACK. Only the exact next number ended the connection.`,
    sources: [
      'seed 001, "5.RST，同时打开和同时关闭"; RFC 9293 3.5.3, 3.10.7.4 (second), RFC 5961 3',
      'net/ipv4/tcp_input.c tcp_validate_incoming, tcp_send_challenge_ack',
    ],
    sysctls: { server: { 'net.ipv4.tcp_invalid_ratelimit': '0' } },
  },
  async ({ server, client, wire, connected, step, expect }) => {
    const { ser, cli, conn } = await connected();
    const { names } = await expect(wire).toHaveCarried(conn, 'server > client  S.  ack=n  win=w');
    const { n = NaN, w = NaN } = names;
    await step('outside the window: one number too low, one too high', async () => {
      for (const seq of [n - 1, n + w + 1]) await client.inject(conn, `R seq=${seq}`);
      await expect(conn).toBeIn({ server: 'ESTABLISHED', client: 'ESTABLISHED' });
    });
    await step('in the window, at its two ends: each is asked about', async () => {
      for (const seq of [n + 1, n + w - 1]) {
        await client.inject(conn, `R seq=${seq}`);
        const asked = `
          client > server  R  seq=${seq >>> 0}
          server > client  .  ack=${n}
        `;
        await expect(wire).toHaveCarried(conn, asked, { repeats: true });
        await expect(conn).toBeIn({ server: 'ESTABLISHED', client: 'ESTABLISHED' });
      }
      await expect(server.counter('TcpExtTCPChallengeACK')).toBe(2);
    });
    await step('the very next number; the client hears of it when it sends', async () => {
      await client.inject(conn, `R seq=${n}`);
      await expect(conn).toBeIn({ server: 'CLOSED', client: 'ESTABLISHED' });
      await ser.does('recv 4 = ECONNRESET');
      await cli.does(`
        send 3 "hello" = 5
        recv 3         = ECONNRESET
      `);
      await expect(client.end(conn)).toBeGone();
    });
    await expect(wire).toHaveCarriedOnly(
      conn,
      `client > server  S
       server > client  S.  seq=y    ack=n  win=w
       client > server  .   seq=n    ack=y+1
       client > server  R   seq=n-1
       client > server  R   seq=n+w+1
       client > server  R   seq=n+1
       server > client  .   seq=y+1  ack=n
       client > server  R   seq=n+w-1
       server > client  .   seq=y+1  ack=n
       client > server  R   seq=n
       client > server  P.  seq=n    len=5
       server > client  R   seq=y+1`,
      { repeats: true },
    );
  },
);

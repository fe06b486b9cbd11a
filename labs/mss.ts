import { lab, type Connection } from '../harness/index.ts';

export default lab(
  {
    name: 'mss',
    title: 'How large a segment may be: each SYN says what its sender can take',
    section: 'Opening',
    next: 'mss-missing',
    explanation: `Each SYN says how large a segment its sender can receive (MSS): the MTU of its own
      link less 20 octets for each of two headers, so 1460 of 1500. Nothing is agreed on: each says its
      own number, and then both send segments no larger than the smaller one, less 12 octets of
      timestamps: 1448 in ss. A smaller MTU at the client lowers its own number only. (The
      SYN's window follows from the buffer sizes: tcp_rmem is pinned.)`,
    notice: `Each side names its own MSS, and they may differ: 1460 one way and 1360 the other. It
      is no negotiation, and the timestamps take 12 octets more.`,
    sources: [
      'seed 001, "3.最大报文长度"; seed 004, "Client发送到错误的端口"; RFC 9293 3.7.1, RFC 6691; tcp(7)',
      'net/ipv4/tcp_output.c tcp_advertise_mss, tcp_sync_mss; net/ipv4/tcp_input.c tcp_conn_request',
    ],
    sysctls: { both: { 'net.ipv4.tcp_rmem': '4096 131072 33554432' } },
  },
  async ({ server, client, wire, step, connected, expect }) => {
    for (const side of [server, client]) await side.setMtu(1500);
    const { ser, conn } = await connected();
    const saysAndSends = async (of: Connection, says: number, sends: number): Promise<void> => {
      await expect(wire).toHaveCarriedOnly(
        of,
        `client > server  S   mss=${says}
         server > client  S.  mss=1460
         client > server  .  !mss`,
      );
      for (const side of [client, server])
        await expect(side.end(of)).toBeIn('ESTABLISHED', { info: { mss: `${sends}` } });
    };

    await step('an MTU of 1500 at both ends', async () => {
      await saysAndSends(conn, 1460, 1448);
      await expect(wire).toHaveCarried(
        conn,
        'client > server  S  win=64240  sackOK  tsval  wscale',
      );
    });
    await step('an MTU of 1400 at the client', async () => {
      await client.setMtu(1400);
      await client.shell(`
        socket = 3
        connect 3 server:6000
      `);
      const small = await expect(wire).connection();
      await saysAndSends(small, 1360, 1348);
      await ser.does(`
        accept 3        = 5
        send 5 len=3000 = 3000
      `);
      await expect(client.end(small)).toBeIn('ESTABLISHED', { recvQ: 3000 });
      await expect(wire).toHaveCarriedNo(small, 'server > client  *  len>1348');
    });
  },
);

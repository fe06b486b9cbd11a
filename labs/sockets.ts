import { lab } from '../harness/index.ts';

export default lab(
  {
    name: 'sockets',
    title: 'One listener, and two sockets for every connection',
    section: 'Opening',
    next: 'established',
    explanation: `A listening socket never becomes a connection: each connection has a socket of its
      own at the server, with the listener's address and port, and one at the client. With two
      clients there are five. ser.c serves one client until it is gone and only then accepts the
      next, but the kernel does not wait for it: the second client's handshake is done and both its
      ends are ESTABLISHED, only that its socket at the server belongs to no process yet (netstat
      prints "-") and counts in the listener's Recv-Q. accept() takes first in, first out.`,
    notice: `The second client is ESTABLISHED at both ends although the server has not called
      accept() for it: the kernel completes handshakes by itself, and the connection waits in the
      listener's Recv-Q.`,
    sources: [
      'seed 000, "程序中查看TCP的状态"; seed 004, "ESTABLISHED"; RFC 9293 3.3.1, 3.9.1.1; accept(2)',
      'net/ipv4/inet_connection_sock.c inet_csk_reqsk_queue_add, inet_csk_accept',
    ],
  },
  async ({ server, client, wire, step, expect }) => {
    const ser = await server.run('echo-server');
    const one = await client.run('echo-client');
    const first = await expect(wire).connection();
    await step('one client: three sockets', async () => {
      await expect(ser).toPrint('accept c = 4');
      await expect(server.sockets()).toBe({ LISTEN: 1, ESTABLISHED: 1 });
      await expect(client.sockets()).toBe({ ESTABLISHED: 1 });
    });
    const two = await client.run('echo-client');
    const second = await expect(wire).connection();
    await step('two clients: five sockets, one of which no process has', async () => {
      await expect(server.sockets()).toBe({ LISTEN: 1, ESTABLISHED: 2 });
      await expect(client.sockets()).toBe({ ESTABLISHED: 2 });
      await expect(server.netstat()).toShow(
        `tcp 1 0 SERVER:6000 0.0.0.0:*                    LISTEN      ${ser.pid}/node
         tcp 0 0 SERVER:6000 CLIENT:${first.client.port}  ESTABLISHED ${ser.pid}/node
         tcp 0 0 SERVER:6000 CLIENT:${second.client.port} ESTABLISHED -`,
      );
      await expect(wire).toHaveCarriedOnly(
        second,
        `client > server  S   seq=x
         server > client  S.  seq=y    ack=x+1
         client > server  .   seq=x+1  ack=y+1`,
      );
    });
    await step('what it sends is acknowledged, and waits', async () => {
      await two.type('hello');
      await expect(server.end(second)).toBeIn('ESTABLISHED', { recvQ: 6, orphaned: true });
      await expect(wire).toHaveCarried(
        second,
        `client > server  P.  seq=p  len=6
         server > client  .   ack=p+6`,
      );
    });
    await client.run('echo-client');
    const third = await expect(wire).connection();
    await step('first in, first out: the second client, not the third', async () => {
      await one.type('end');
      await expect(two).toPrint('read:ok');
      await expect(server.end(second)).toBeIn('ESTABLISHED', { recvQ: 0, orphaned: false });
      await expect(server.end(third)).toBeIn('ESTABLISHED', { orphaned: true });
    });
  },
);

import { lab } from '../harness/index.ts';

export default lab(
  {
    name: 'bind',
    title: 'bind takes a port, listen opens it',
    explanation: `bind() gives a socket its address and port and nothing else: no segment is sent and
      nobody can connect, a SYN to the port is answered by a reset. listen() makes it a LISTEN
      socket; from then on the kernel completes handshakes, with or without accept(). Port 0 lets
      the kernel choose, 0.0.0.0 takes every address of the host, and listen() on a socket that was
      never bound does both. A port that is taken, an address that is not the host's, a second bind
      and a port below 1024 without the privilege for it are refused, each with its own errno.`,
    sources: [
      'seed 004, "LISTEN" and "bind中的PORT"',
      'RFC 9293 3.9.1.1 (OPEN), 3.10.7.1',
      'bind(2), listen(2), ip(7)',
      'net/ipv4/af_inet.c __inet_bind, net/ipv4/inet_connection_sock.c inet_csk_listen_start',
    ],
  },
  async ({ server, client, wire, step, expect }) => {
    const { address } = server;
    const shell = await server.shell();
    const call = (line: string) => expect(shell.call(line));

    await step('bound is not LISTEN', async () => {
      await call('socket').toReturn('3');
      await call(`bind 3 ${address}:6000`).toReturn();
      await expect(server.sockets()).toBe({});
      await expect(wire).toHaveCarriedNo({ serverPort: 6000 });
      await expect(client.run('echo-client')).toFailWith('ECONNREFUSED');
      await expect(wire).toHaveCarriedOnly(
        { serverPort: 6000 },
        `client > server  S   seq=x
         server > client  R.  seq=0  ack=x+1  win=0`,
      );
    });

    await step('listen opens it', async () => {
      await call('listen 3 5').toReturn();
      await expect(server.listener(6000)).toBeListening({ queued: 0, backlog: 5 });
      await client.run('echo-client');
      const conn = await expect(wire).connection();
      await expect(server.end(conn)).toBeIn('ESTABLISHED', { owned: false });
      await expect(server.listener(6000)).toBeListening({ queued: 1 });
      await expect(wire).toHaveCarriedOnly(
        conn,
        `client > server  S   seq=x
         server > client  S.  seq=y  ack=x+1
         client > server  .   ack=y+1`,
      );
    });

    await step('port 0: the kernel chooses', async () => {
      await call('socket').toReturn('4');
      await call(`bind 4 ${address}:0`).toReturn();
      const name = await call('getsockname 4').toReturn(`0 ${address}:*`);
      await call('listen 4 1').toReturn();
      await expect(server.listener(portOf(name))).toBeListening();
    });

    await step('0.0.0.0: every address', async () => {
      await call('socket').toReturn('5');
      await call('bind 5 0.0.0.0:6001').toReturn();
      await call('listen 5 1').toReturn();
      await client.run('echo-client', { port: 6001 });
      const conn = await expect(wire).connection();
      await expect(server.listener(6001)).toBeListening({ queued: 1 });
      await expect(client.end(conn)).toBeIn('ESTABLISHED');
    });

    await step('listen without bind: any address, a port that the kernel chooses', async () => {
      await call('socket').toReturn('6');
      await call('listen 6 1').toReturn();
      const name = await call('getsockname 6').toReturn('0 0.0.0.0:*');
      await expect(server.listener(portOf(name))).toBeListening();
    });

    await step('what bind refuses', async () => {
      await call('bind 3 0.0.0.0:6002').toFailWith('EINVAL'); // it is bound already
      await call('socket').toReturn('7');
      await call(`bind 7 ${address}:6000`).toFailWith('EADDRINUSE');
      await call('bind 7 0.0.0.0:6000').toFailWith('EADDRINUSE'); // that would take it too
      await call(`bind 7 ${client.address}:6002`).toFailWith('EADDRNOTAVAIL'); // not this host's
      await call(`bind 7 ${address}:80`).toFailWith('EACCES'); // ip_unprivileged_port_start
      await call(`bind 7 ${address}:6002`).toReturn(); // it was never bound by all that
    });
  },
);

const portOf = (name: string): number => Number(name.split(':').at(-1));

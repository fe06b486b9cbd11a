import { lab } from '../harness/index.ts';

export default lab(
  {
    name: 'slow-accept',
    title: 'A server that is slow to accept: first in, first out, for those who are in',
    section: 'The queue',
    next: 'backlog-overflow',
    notWalkable: 'it measures when a SYN is sent again',
    explanation: `After listen(1) two clients are queued, and the SYN of a third is dropped. accept()
      takes the connection that came first, and a place is free. But the third client has heard
      nothing, no reset either, and sends its SYN again when its own timer says so. A newcomer finds
      the place and is served before it: so it can seem that who comes last is served first. The
      queue is first in, first out, but whose SYN was dropped is not in it until another gets in.`,
    notice: `The newcomer was served before the client that had come earlier. The queue itself is
      first in, first out; but a client whose SYN was dropped is not in it.`,
    sources: [
      'seed 004, "每隔10秒accept一次" and "listen方法中的传参"',
      'RFC 9293 3.8.1, 3.9.1.2',
      'net/ipv4/inet_connection_sock.c inet_csk_accept, include/net/request_sock.h reqsk_queue_remove',
    ],
    shows: ['SYN-SENT -> ESTABLISHED'],
    waits: { always: '7s' },
  },
  async ({ server, client, wire, step, expect }) => {
    const [ser, cli] = [await server.shell(), await client.shell()];
    await ser.does(`
      socket = 3
      bind 3 server:6000
      listen 3 1
    `);
    const [third, newcomer] = [wire.between(6000, 7003), wire.between(6000, 7004)];
    // The SYNs until the client waits longer than a second for the first time, as its kernel does it.
    const early = client.synSchedule.gaps.findIndex((gap) => gap > 1);
    const silence = `
      client > server  S  seq=x
      +1s  client > server  S  seq=x  x${early}
    `;

    await step('two clients are queued, a third gets no answer', async () => {
      for (const n of [1, 2, 3]) {
        await cli.connecting('server:6000', `client:${7000 + n}`);
        await expect(server.listener()).toBeListening({ queued: Math.min(n, 2), backlog: 1 });
      }
      await expect(server.sockets()).toBe({ LISTEN: 1, ESTABLISHED: 2 });
      await cli.does(`
        socket = 6
        bind 6 client:7004
        nonblock 6
      `);
      await expect(wire).toHaveCarried(third, silence, { repeats: true, within: '12s' });
      // Which SYN comes when is not left to how fast the newcomer is, and ss.
      await wire.hold(client);
    });
    await step('accept makes room, and a newcomer takes it', async () => {
      await ser.does('accept 3 = 4 client:7001');
      await cli.does('connect 6 server:6000 = EINPROGRESS');
      await wire.letGo({ from: client, of: newcomer, flags: 'S' });
      await wire.letGo({ from: client, of: newcomer, flags: '.' });
      await expect(server.end(newcomer)).toBeIn('ESTABLISHED', { orphaned: true });
      await expect(client.end(third)).toBeIn('SYN-SENT');
    });
    await step('accept makes room again, and the next SYN of the third finds it', async () => {
      await ser.does('accept 3 = 5 client:7002');
      await expect(server.listener()).toBeListening({ queued: 1 });
      await wire.carry(client);
      await expect(server.end(third)).toBeIn('ESTABLISHED', { orphaned: true });
      await expect(wire).toHaveCarriedOnly(
        third,
        `${silence}
         client > server  S   seq=x                x1+
         server > client  S.  seq=y      ack=x+1
         client > server  .   seq=x+1    ack=y+1`,
        { repeats: true },
      );
    });
    await step('they are served in the order in which they got in', async () => {
      await ser.does(`
        accept 3 = 6 client:7004
        accept 3 = 7 client:7003
      `);
      await expect(server.listener()).toBeListening({ queued: 0 });
    });
  },
);

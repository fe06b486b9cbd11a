import { lab } from '../harness/index.ts';

export default lab(
  {
    name: 'example',
    title: 'Three segments make a connection',
    explanation: 'A client connects, and both ends are ESTABLISHED.',
    sources: ['RFC 9293 3.5'],
  },
  async ({ server, client, wire, expect }) => {
    await server.run('echo-server');
    await client.run('echo-client');
    const conn = await expect(wire).connection();
    await expect(wire).toHaveCarried(
      conn,
      `client > server  S   seq=x
       server > client  S.  seq=y  ack=x+1
       client > server  .   ack=y+1`,
    );
  },
);

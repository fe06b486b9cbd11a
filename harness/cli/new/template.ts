/** What `new` writes: a lab and its test. Whoever reads them is to change them. */

export const labText = (name: string): string => `import { lab } from 'socket-lab';

export default lab(
  {
    name: '${name}',
    title: 'Three segments make a connection',
    explanation: \`A client connects to a server that listens. Its kernel sends a SYN, the server's
      answers with its own SYN and an ACK, and the client's acknowledges that.\`,
    sources: ['RFC 9293 3.5'],
    // What every run is held to, beside what the lab's own code expects.
    shows: ['CLOSED -> LISTEN'],
  },
  async ({ server, client, wire, step, expect }) => {
    await server.run('echo-server');
    await client.run('echo-client');
    const conn = await expect(wire).connection();
    await expect(conn).toBeIn({ server: 'ESTABLISHED', client: 'ESTABLISHED' });
    await step('three segments have crossed the wire', async () => {
      await expect(wire).toHaveCarried(
        conn,
        \`client > server  S   seq=x
         server > client  S.  seq=y  ack=x+1
         client > server  .   ack=y+1\`,
      );
    });
  },
);
`;

export const testText = (
  name: string,
  install: string,
): string => `// The lab passes; and in a world that is not as it says, it fails.
//
// Node runs it, once the package is in this folder: ${install}
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { runLab } from 'socket-lab/testing';

const LAB = join(import.meta.dirname, '${name}.lab.ts');

test('${name} passes', async () => {
  const { status, message } = await runLab(LAB);
  assert.equal(status, 'passed', message);
});

test('${name} fails when the SYN+ACK is lost', async () => {
  const { status, message } = await runLab(LAB, {
    fault: async ({ client, wire }) => {
      await wire.drop({ to: client, flags: 'S.' });
    },
  });
  assert.equal(status, 'failed', message);
  // What runLab returns has \`failed\`, too: the expectation's kind ('new-connection'), step and line. Hold
  // the test to what must stay so when the lab is edited.
});
`;

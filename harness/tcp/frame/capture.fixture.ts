import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { execa, type ResultPromise } from 'execa';
import { decodeFrame } from './decode.ts';
import { PcapReader } from '../capture/pcap.ts';

/**
 * What runs while the capture is on: data in both directions, a refused connection, UDP to a closed
 * port (ICMP answers), IPv6. It ends by sending a UDP datagram to port 9, the marker.
 */
const EXCHANGE = `
import { createServer, connect } from 'node:net';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
for (const host of ['127.0.0.1', '::1']) {
  const server = createServer((socket) => socket.pipe(socket)).listen(6000, host);
  await once(server, 'listening');
  const client = connect(6000, host);
  const echoed = new Promise((resolve) => {
    let octets = 0;
    client.on('data', (data) => (octets += data.length) === 100_000 && resolve());
  });
  client.write(Buffer.alloc(100_000, 'x'));
  await echoed;
  client.end();
  await once(client, 'close');
  await once(connect(6001, host), 'error');
  server.close();
}
const closed = createSocket('udp4');
closed.connect(10, '127.0.0.1', () => closed.send('nobody is there'));
await once(closed, 'error');
closed.close();
const marker = createSocket('udp4');
await new Promise((resolve) => marker.send('marker', 9, '127.0.0.1', resolve));
marker.close();
`;

/**
 * Captures a real exchange on the loopback of a network namespace of its own, complete from its
 * first frame to its marker. Needs root, `unshare`, `nsenter`, `ip` and `tcpdump`.
 */
export async function captureLoopback(): Promise<Uint8Array> {
  // The namespace lives as long as this process, which lives as long as its stdin is open.
  const holder = execa('unshare', ['--net', 'cat'], { buffer: { stdout: false } });
  const held = explain(holder, 'a network namespace could not be made: this test needs root');
  try {
    holder.stdin.write('ready\n');
    await Promise.race([once(holder.stdout, 'data'), held]);
    const inside = ['--net', '--target', String(holder.pid)];
    await execa('nsenter', [...inside, 'ip', 'link', 'set', 'lo', 'up']);
    return await capture(inside);
  } finally {
    holder.stdin.end();
    await holder.catch(() => undefined);
  }
}

async function capture(inside: string[]): Promise<Uint8Array> {
  // Immediate mode gives every frame of an offloading link 256 KiB: the usual 2 MiB hold eight.
  const args = ['-i', 'lo', '-n', '--immediate-mode', '-U', '-B', '32768', '-w', '-'];
  const tcpdump = execa('nsenter', [...inside, 'tcpdump', ...args], { buffer: { stdout: false } });
  const ended = explain(tcpdump, 'tcpdump ended early: this test needs it, and root');
  const exchange = async () => {
    await isListening(tcpdump.stderr);
    const program = [process.execPath, '--input-type=module', '-e', EXCHANGE];
    await execa('nsenter', [...inside, ...program]);
  };
  try {
    const done = Promise.all([collectUntilMarker(tcpdump.stdout), exchange()]);
    const [bytes] = await Promise.race([done, ended]);
    return bytes ?? (await ended);
  } finally {
    tcpdump.kill('SIGTERM');
    await tcpdump.catch(() => undefined);
  }
}

/** Waits until tcpdump says so. Goes on reading: with its stderr closed tcpdump dies of SIGPIPE. */
function isListening(stderr: Readable): Promise<void> {
  let text = '';
  return new Promise((resolve) => {
    stderr.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      if (text.includes('listening on')) resolve();
    });
  });
}

/** Collects the octets of a capture up to the frame that holds the marker, undefined without one. */
async function collectUntilMarker(stdout: AsyncIterable<Buffer>): Promise<Uint8Array | undefined> {
  const reader = new PcapReader();
  const chunks: Buffer[] = [];
  let length = 24;
  for await (const chunk of stdout) {
    chunks.push(chunk);
    for (const { data } of reader.push(chunk)) {
      length += 16 + data.length;
      const decoded = decodeFrame(data, reader.linkType ?? 0);
      if (decoded.kind === 'other' && decoded.summary.includes(' > 127.0.0.1:9 ')) {
        return Buffer.concat(chunks).subarray(0, length);
      }
    }
  }
  return undefined;
}

async function explain(process: ResultPromise, reason: string): Promise<never> {
  const result = await process.catch((cause: unknown) => {
    throw new Error(reason, { cause });
  });
  throw new Error(reason, { cause: result });
}

import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';

import { afterEach, beforeEach, expect, test } from 'vitest';

import { type Namespace, openNamespace } from './testing/namespace.ts';
import { TestProgram } from './testing/program.ts';
import { requireForTest } from './testing/requirements.ts';
import { runScript } from './testing/script.ts';

// ethtool.ts and packet.ts on a veth pair, lab0 and lab1, between two namespaces.

let near: Namespace;
let far: Namespace;

beforeEach(async () => {
  requireForTest('ip', 'tcpdump');
  near = await openNamespace();
  far = await openNamespace();
  ip(near, `link add lab0 type veth peer name lab1 netns ${far.pid}`);
  ip(near, 'address add 10.0.0.1/24 dev lab0');
  ip(far, 'address add 10.0.0.2/24 dev lab1');
  ip(near, 'link set lab0 up');
  ip(far, 'link set lab1 up');
});
afterEach(async () => {
  await near[Symbol.asyncDispose]();
  await far[Symbol.asyncDispose]();
});

function ip(net: Namespace, command: string): string {
  const [file = '', ...args] = net.enter(['ip', ...command.split(' ')]);
  return execFileSync(file, args, { encoding: 'utf8' });
}

/** Captures `count` frames that match `filter`; resolves when tcpdump listens. */
async function capture(net: Namespace, dev: string, count: number, filter: string) {
  const options = ['-i', dev, '-c', String(count), '--immediate-mode', '-nn', '-e', '-xx'];
  const [file = '', ...args] = net.enter(['tcpdump', ...options, ...filter.split(' ')]);
  const tcpdump = spawn(file, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  const printed = text(tcpdump.stdout);
  while (!String((await once(tcpdump.stderr, 'data'))[0]).includes('listening on'));
  tcpdump.stderr.resume();
  return { printed };
}

const script = (source: string): Promise<string> => runScript(source, near.enter);

/** Sends 60 kB from near to far, to a program that does not read them. */
async function transfer(): Promise<void> {
  const listener = `require('net').createServer({ pauseOnConnect: true })
    .listen(6000, '10.0.0.2', () => console.log('ready'))`;
  await using server = new TestProgram(far.enter([process.execPath, '-e', listener]));
  await server.printed('ready\n');
  await script(`
    import net from 'node:net';
    net.connect(6000, '10.0.0.2').end(Buffer.alloc(60_000), () => process.exit());
  `);
}

test('offloads are switched one by one and read back', async () => {
  const output = await script(`
    import { getOffloads, setOffloads } from './harness/sys/ethtool.ts';
    const shown = [];
    const apply = (wanted) => {
      setOffloads('lab0', wanted);
      shown.push(getOffloads('lab0'));
    };
    apply({ tso: true, gso: true, gro: true, txChecksum: true });
    apply({ gro: false });
    apply({ tso: false });
    apply({ gso: false });
    apply({ txChecksum: false });
    console.log(JSON.stringify(shown));
  `);
  expect(JSON.parse(output)).toEqual([
    { tso: true, gso: true, gro: true, txChecksum: true },
    { tso: true, gso: true, gro: false, txChecksum: true },
    { tso: false, gso: true, gro: false, txChecksum: true },
    { tso: false, gso: false, gro: false, txChecksum: true },
    { tso: false, gso: false, gro: false, txChecksum: false },
  ]);
});

test('with the offloads off no frame is longer than the link allows', async () => {
  const jumbo = await capture(near, 'lab0', 1, 'tcp and greater 1515');
  await transfer();
  await jumbo.printed; // ends only if there was one
  await script(`
    import { setOffloads } from './harness/sys/ethtool.ts';
    setOffloads('lab0', { tso: false, gso: false, gro: false, txChecksum: false });
  `);
  const frames = await capture(near, 'lab0', 40, 'tcp and src 10.0.0.1');
  await transfer();
  const lengths = [...(await frames.printed).matchAll(/, length (\d+): 10\./g)].map(([, n]) =>
    Number(n),
  );
  expect(lengths).toHaveLength(40);
  expect(Math.max(...lengths)).toBe(1514);
});

test('a frame arrives at the other end of the link as it was made', async () => {
  const frames = await capture(far, 'lab1', 2, 'ether proto 0x88b5');
  const ifindex = Number.parseInt(ip(near, '-o link show lab0'));
  await script(`
    import { openPacketSocket, sendFrame } from './harness/sys/packet.ts';
    const header = Buffer.from('ffffffffffff' + '02005e000001' + '88b5', 'hex');
    const send = (dev, text) =>
      sendFrame(openPacketSocket(dev), dev, Buffer.concat([header, Buffer.from(text)]));
    send('lab0', 'by name');
    send(${ifindex}, 'by index');
  `);
  const hex = (await frames.printed).replace(/^\d.*$|0x\w+:|\s/gm, '');
  const header = 'ffffffffffff' + '02005e000001' + '88b5';
  const sent = ['by name', 'by index'].map((text) => header + Buffer.from(text).toString('hex'));
  expect(hex).toBe(sent.join(''));
});

test('an interface that is not there, or down, is named with its errno', async () => {
  ip(near, 'link set lab0 down');
  const output = await script(`
    import { getOffloads } from './harness/sys/ethtool.ts';
    import { openPacketSocket, sendFrame } from './harness/sys/packet.ts';
    const calls = [
      () => getOffloads('none0'),
      () => openPacketSocket('none0'),
      () => openPacketSocket(4711),
      () => sendFrame(openPacketSocket('lab0'), 'lab0', Buffer.alloc(60)),
    ];
    for (const call of calls) {
      try {
        call();
      } catch (error) {
        console.log(error.message.replace(/(?<=\\()\\d+(?=,)/, 'FD'));
      }
    }
  `);
  expect(output.split('\n')).toEqual([
    'ioctl(FD, SIOCETHTOOL, none0, 0x1e): ENODEV (19), No such device',
    'if_nametoindex(none0): ENODEV (19), No such device',
    'bind(FD, 4711): ENODEV (19), No such device',
    'sendto(FD, 60 octets, lab0): ENETDOWN (100), Network is down',
    '',
  ]);
});

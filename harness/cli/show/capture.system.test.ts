/** Captures that were made elsewhere, as `show` draws them; tshark says what is in them. */
import { execa } from 'execa';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ipv4, pcapFile, tcp, tcpFrame } from '../../tcp/frame/frames.fixture.ts';
import { lab } from '../cli.fixture.ts';

/** What a run of time-wait captured at its server. */
const CAPTURE = fileURLToPath(
  new URL('../../present/page/fields/captures/time-wait.pcap', import.meta.url),
);

let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'socket-lab-test-'));
});
afterAll(() => rm(dir, { recursive: true }));

async function file(name: string, content: Uint8Array): Promise<string> {
  const path = join(dir, name);
  await writeFile(path, content);
  return path;
}

async function show(...args: string[]) {
  const { stdout, stderr, exitCode } = await lab(['show', ...args]).child;
  return { stdout, stderr, exitCode };
}

/** Without what names the file. */
const ladders = (text: string): string => text.slice(text.indexOf('stream 0:'));

const arrows = (text: string): string[] =>
  text.split('\n').filter((line) => /^ +\d+\.\d+ .*seq=/.test(line));

test('the ladder of a capture: its segments, and states that are marked as inferred', async () => {
  const { stdout, stderr, exitCode } = await show(CAPTURE);
  expect([stderr, exitCode]).toEqual(['', 0]);
  expect(stdout.replace(/\s+/g, ' ')).toContain(
    'inferred from the segments by the diagram of RFC 9293',
  );
  expect(stdout).toMatch(/SYN-RECEIVED\? │<─+ SYN seq=x .*│ SYN-SENT\?$/m);
  expect(stdout).toMatch(/TIME-WAIT\? │<─+ FIN\+ACK seq=x\+1 ack=y\+2 ─+│ LAST-ACK\?$/m);
  const { stdout: segments } = await execa('tshark', ['-n', '-r', CAPTURE, '-Y', 'tcp and ip']);
  expect(arrows(stdout)).toHaveLength(segments.split('\n').length);
});

describe('in another format the same capture has the same ladder', () => {
  test.each([
    ['pcapng', (path: string) => execa('editcap', ['-F', 'pcapng', CAPTURE, path])],
    ['micro.pcap', (path: string) => execa('editcap', ['-F', 'pcap', CAPTURE, path])],
    ['modified', (path: string) => execa('editcap', ['-F', 'nsecpcap', CAPTURE, path])],
    [
      'gz',
      async (path: string) => {
        await writeFile(path, gzipSync(await readFile(CAPTURE)));
      },
    ],
    ['cut', (path: string) => execa('editcap', ['-F', 'nsecpcap', '-s', '96', CAPTURE, path])],
  ])('%s', async (name, convert) => {
    const path = join(dir, name);
    await convert(path);
    const { stdout, stderr, exitCode } = await show(path);
    expect([stderr, exitCode]).toEqual(['', 0]);
    expect(ladders(stdout)).toBe(ladders((await show(CAPTURE)).stdout));
  });
});

describe('several connections', () => {
  let path: string;
  beforeAll(async () => {
    const frames = Array.from({ length: 12 }, (_, i) => [
      tcpFrame({ srcPort: 40_001 + i, flags: 0x02, seq: 100 }),
      // The same ports again, another connection.
      ...(i === 0 ? [tcpFrame({ srcPort: 40_001, flags: 0x02, seq: 9000 })] : []),
    ]).flat();
    path = await file('several.pcap', pcapFile({ frames }));
  });

  test('have the numbers that Wireshark gives them', async () => {
    const fields = ['-T', 'fields', '-e', 'tcp.stream', '-e', 'tcp.srcport'];
    const { stdout: theirs } = await execa('tshark', ['-n', '-r', path, ...fields]);
    const { stdout } = await show(path);
    const ours = [...stdout.matchAll(/^stream (\d+): 10\.0\.0\.1:(\d+) /gm)];
    expect(ours.map(([, n, port]) => `${n}\t${port}`)).toEqual(theirs.split('\n').slice(0, 10));
    expect(stdout).toMatch(/^and 3 streams more: --stream N draws one, 0 to 12$/m);
  });

  test('--stream draws one of them', async () => {
    const { stdout } = await show(path, '--stream', '12');
    expect([...stdout.matchAll(/^stream (\d+)/gm)].map(([, n]) => n)).toEqual(['12']);
    expect(stdout).not.toContain('streams more');
  });

  test.each([
    [['--stream', '13'], / has the streams 0 to 12: 13 is none of them$/],
    [['--stream', 'x'], /--stream is 'x'; it is a whole number from 0 on$/],
    [['--open'], / is a capture, which has no report: leave out --open$/],
  ])('%j is refused', async (args, says) => {
    const { stdout, stderr, exitCode } = await show(path, ...args);
    expect([stdout, exitCode]).toEqual(['', 2]);
    expect(stderr.trimEnd()).toMatch(says);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  });
});

test('a file that is cut is drawn as far as it goes, and not passed over in silence', async () => {
  const whole = await readFile(CAPTURE);
  const path = await file('ends.pcap', whole.subarray(0, -30));
  const { stdout, stderr, exitCode } = await show(path);
  expect(arrows(stdout).length).toBeGreaterThan(3);
  expect(stderr).toMatch(/^lab: \S+ends\.pcap: pcap, octet \d+: the file ends inside record \d+; /);
  expect(exitCode).toBe(5);
});

describe('what is not drawn is named in a line', () => {
  const packet = ipv4(17, Uint8Array.from([0, 53, 0, 9, 0, 9, 0, 0, 1]));

  test.each([
    ['a.zip', () => Buffer.from('PK\x03\x04, and so on'), /an archive \(zip\): unpack it/],
    ['a.xz', () => Buffer.from('\xfd7zXZ\0\0\0'.padEnd(30), 'latin1'), /`unxz` unpacks it/],
    ['a.txt', () => Buffer.from('hello, this is a text'), /the file ends inside the file header/],
    ['b.txt', () => Buffer.from('hello, this is a longer text'), /no pcap file: it starts with/],
    ['empty', () => new Uint8Array(), /the file ends inside the file header/],
    ['no-frame', () => pcapFile({ frames: [] }), /a capture without a frame/],
    [
      'udp.pcap',
      () => pcapFile({ linkType: 101, frames: [packet, packet] }),
      /no TCP over IPv4 in its 2 frames: 2 udp$/,
    ],
    [
      'wifi.pcap',
      () => pcapFile({ linkType: 105, frames: [packet] }),
      /1 of link type 105; link types that are read: Ethernet \(1\), /,
    ],
    ['not.gz', () => Buffer.from('1f8b08000000', 'hex'), /gzip cannot unpack it/],
  ])('%s', async (name, content, says) => {
    const { stdout, stderr, exitCode } = await show(await file(name, content()));
    expect([stdout, exitCode]).toEqual(['', 2]);
    expect(stderr.trimEnd()).toMatch(says);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  });

  test('archives of bundles, also for verify', async () => {
    const bundle = join(dir, 'bundle');
    await execa('mkdir', [bundle]);
    await file('bundle/manifest.json', Buffer.from('{}'));
    const archives = [join(dir, 'bundle.tar'), join(dir, 'bundle.tar.gz')];
    await execa('tar', ['cf', archives[0] ?? '', '-C', dir, 'bundle']);
    await execa('tar', ['czf', archives[1] ?? '', '-C', dir, 'bundle']);
    for (const [i, archive] of archives.entries()) {
      for (const command of ['show', 'verify']) {
        const { stderr, exitCode } = await lab([command, archive]).child;
        expect(exitCode).toBe(2);
        const [kind, options] = i === 0 ? ['tar', 'xf'] : ['tar.gz', 'xzf'];
        expect(stderr).toBe(
          `lab: ${archive}: an archive (${kind}): unpack it (\`tar ${options}\`) and name the folder\n`,
        );
      }
    }
  });
});

test('a segment to itself, and two ends on one address', async () => {
  const frames = [{ flags: 0x02, seq: 1 }].map((segment) => {
    const packet = ipv4(6, tcp(segment));
    packet.set([10, 0, 0, 1], 16);
    return packet;
  });
  const { stdout, exitCode } = await show(
    await file('loopback.pcap', pcapFile({ linkType: 101, frames })),
  );
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(/│<─+ SYN seq=x ─+│ SYN-SENT\?$/m);
});

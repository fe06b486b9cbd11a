/** What every backend must do, whatever its hosts are made of. */
import { execa } from 'execa';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Capture } from '../witness/capture.ts';
import { LIMITS } from '../agent/limits.ts';
import type { EventOf, HostName, LabEvent } from '../evidence/events.ts';
import { Stream } from '../evidence/stream.ts';
import { sysctlsOf } from '../run/sysctls.ts';
import { setUp, type World } from '../run/world.ts';
import { readPcap } from '../tcp/capture/pcap.ts';
import { backendsUnderTest } from '../testing/backends.ts';
import { leftBehind, TOKEN } from '../testing/left-behind.ts';
import type { Pair } from './backend.ts';
import { code, type Code } from './code.ts';

const backends = await backendsUnderTest();
const PORT = 6000;
const FIN_TIMEOUT = 'net.ipv4.tcp_fin_timeout';

/** Resolves with the first event, past or to come, that fits. */
function seen<E extends LabEvent>(
  stream: Stream,
  fits: (event: LabEvent) => event is E,
): Promise<E> {
  const past = stream.events.find(fits);
  if (past !== undefined) return Promise.resolve(past);
  return new Promise((resolve) => {
    const forget = stream.listen((event) => {
      if (!fits(event)) return;
      forget();
      resolve(event);
    });
  });
}

const output =
  (program: number, line: string | RegExp) =>
  (event: LabEvent): event is EventOf<'output'> =>
    event.type === 'output' &&
    event.program === program &&
    (typeof line === 'string' ? event.line === line : line.test(event.line));

const exit =
  (program: number) =>
  (event: LabEvent): event is EventOf<'exit'> =>
    event.type === 'exit' && event.program === program;

describe.each(backends)('$name', (backend) => {
  const stream = new Stream();
  const captures = { server: new Capture('server'), client: new Capture('client') };
  const troubles: Error[] = [];
  let built: Code;
  let pair: Pair;
  let world: World;
  let programs = 0;
  // Programs inherit it from us by way of the agents; this very process does not have it.
  const owner = { pid: process.pid, token: `${process.pid}-${backend.name}` };

  beforeAll(async () => {
    built = await code();
    const sysctls = sysctlsOf({ server: { [FIN_TIMEOUT]: '7' } });
    const spec = (host: HostName) => ({ sysctls: sysctls[host] });
    process.env[TOKEN] = owner.token;
    pair = await backend.start({ server: spec('server'), client: spec('client') }, () => undefined);
    world = await setUp(pair, { sysctls }, { stream, captures }, (error) => troubles.push(error));
  });
  afterAll(async () => {
    await pair.close();
    expect(troubles).toEqual([]);
  });

  const run = async (host: HostName, ...argv: string[]): Promise<number> => {
    const program = ++programs;
    await world.hosts[host].agent.call('run', { program, argv, limits: LIMITS });
    return program;
  };
  const ours = (host: HostName, name: string, ...args: string[]): Promise<number> => {
    const file = built.programs[name] ?? '';
    return run(host, ...world.hosts[host].programCommand(file), ...args);
  };
  const address = (host: HostName): string => world.facts[host].address;
  const server = (port: number): Promise<number> =>
    ours('server', 'echo-server', '--address', address('server'), '--port', String(port));
  const client = (port: number): Promise<number> =>
    ours('client', 'echo-client', '--address', address('server'), '--port', String(port));
  const packets = (host: HostName, port: number): EventOf<'packet'>[] =>
    stream
      .of('packet')
      .filter(
        (event) =>
          event.host === host && [event.segment?.src.port, event.segment?.dst.port].includes(port),
      );
  const flags = (host: HostName, port: number): (string | undefined)[] =>
    packets(host, port).map(({ segment }) => segment?.flags);

  it('reaches the other host: an exchange, typed in and printed line by line', async () => {
    const ser = await server(PORT);
    await seen(stream, output(ser, 'accept wait ......'));
    const cli = await client(PORT);
    await seen(stream, output(cli, 'input:'));
    await world.hosts.client.agent.call('type', { program: cli, text: 'hello\n' });
    await seen(stream, output(cli, 'read:ok'));
    await seen(stream, output(ser, 'accept c = 4'));
    await seen(stream, output(ser, /^buff=hello/));
    await world.hosts.client.agent.call('type', { program: cli, text: 'end\n' });
    expect(await seen(stream, exit(cli))).toMatchObject({ status: 0, signal: null });
    await seen(stream, output(ser, 'close'));
    await world.hosts.server.agent.call('signal', { program: ser, signal: 'SIGKILL' });
    expect(await seen(stream, exit(ser))).toMatchObject({ status: null, signal: 'SIGKILL' });
  });

  it('reaches nothing else', async () => {
    const probe = `
      const socket = require('node:net').connect({ host: process.argv[1], port: 9, timeout: 1500 });
      socket.on('error', (error) => { console.log(error.code); process.exit(); });
      socket.on('timeout', () => { console.log('silence'); process.exit(); });
      socket.on('connect', () => { console.log('reached'); process.exit(); });`;
    const [own = 0] = address('client').split('.').slice(3).map(Number);
    const gateway = address('client').replace(/\d+$/, String(own === 1 ? 254 : 1));
    const elsewhere = ['192.0.2.1', ...(gateway === address('server') ? [] : [gateway])];
    for (const target of elsewhere) {
      const program = await run('client', 'node', '-e', probe, target);
      await seen(stream, exit(program));
      const said = stream.of('output').filter((event) => event.program === program);
      expect(said.map(({ line }) => line)).toEqual(['ENETUNREACH']);
    }
    const links = await run('client', 'ip', '-c=never', '-o', 'link', 'show', 'up');
    await seen(stream, exit(links));
    const names = stream.of('output').filter((event) => event.program === links);
    expect(names.map(({ line }) => /^\d+: (\w+)/.exec(line)?.[1])).toEqual(['lo', 'eth0']);
  });

  it('gives programs no capability', async () => {
    const program = await run('server', 'grep', '-E', '^Cap(Prm|Eff|Bnd|Amb)', '/proc/self/status');
    await seen(stream, exit(program));
    const said = stream.of('output').filter((event) => event.program === program);
    expect(said).toHaveLength(4);
    for (const { line } of said) expect(line).toMatch(/^Cap\w+:\t0+$/);
  });

  it('brings back exit status and errno', async () => {
    const status = await run('server', 'sh', '-c', 'exit 7');
    expect(await seen(stream, exit(status))).toMatchObject({ status: 7 });
    const refused = await client(PORT + 1);
    expect(await seen(stream, exit(refused))).toMatchObject({ status: 1 });
    const call = stream.of('call').find((event) => event.program === refused && event.code);
    expect(call).toMatchObject({ call: 'connect', code: 'ECONNREFUSED', errno: 111 });
  });

  it('ends a program that prints without end, with all that it started', async () => {
    const program = await run('server', 'sh', '-c', 'yes & yes; wait');
    expect(await seen(stream, exit(program))).toMatchObject({ signal: 'SIGKILL' });
    const limits = stream.of('limit').filter((event) => event.program === program);
    // Which it is depends on the machine.
    expect(limits.map(({ limit }) => limit.replace('PerSecond', ''))).toEqual(['outputLines']);
    // Ended they are, though nobody may have asked how yet.
    const living = 'cat /proc/[0-9]*/stat | grep "(yes) [^Z]"';
    const left = await run('server', 'sh', '-c', living);
    expect(await seen(stream, exit(left))).toMatchObject({ status: 1 });
  });

  it('shows each line of a C program as it is printed', async () => {
    // The container has no compiler: the program is compiled here, without a libc to miss there.
    const dir = await mkdtemp(join(tmpdir(), 'socket-lab-test-'));
    try {
      const source = join(dir, 'prints.c');
      await writeFile(
        source,
        '#include <stdio.h>\nint main(){printf("one\\n");getchar();printf("two\\n");}',
      );
      await execa('gcc', ['-static', '-o', join(dir, 'prints'), source]);
      const binary = (await readFile(join(dir, 'prints'))).toString('base64');
      const copy = await run(
        'server',
        'sh',
        '-c',
        'base64 -d > /tmp/socket-lab-prints && chmod +x /tmp/socket-lab-prints',
      );
      await world.hosts.server.agent.call('type', { program: copy, text: binary });
      await world.hosts.server.agent.call('closeInput', { program: copy });
      await seen(stream, exit(copy));
      const program = await run('server', '/tmp/socket-lab-prints');
      await seen(stream, output(program, 'one'));
      expect(stream.events.some(exit(program))).toBe(false);
      await world.hosts.server.agent.call('type', { program, text: '\n' });
      await seen(stream, output(program, 'two'));
      await seen(stream, exit(program));
      const remove = await run('server', 'rm', '/tmp/socket-lab-prints');
      await seen(stream, exit(remove));
    } finally {
      await rm(dir, { recursive: true });
    }
  });

  it('has the sysctls that were asked for, and no offloads', () => {
    const [one, two] = stream.of('host');
    expect(one).toMatchObject({ host: 'server', sysctls: { [FIN_TIMEOUT]: '7' } });
    expect(two).toMatchObject({ host: 'client', sysctls: { [FIN_TIMEOUT]: '60' } });
    for (const host of [one, two]) {
      expect(host?.offloads).toEqual({ tso: false, gso: false, gro: false, txChecksum: false });
      expect(host?.mtu).toBe(1500);
    }
  });

  it('holds, releases and carries', async () => {
    const port = PORT + 2;
    const ser = await server(port);
    await seen(stream, output(ser, 'accept wait ......'));
    const { server: s, client: c } = world.hosts;
    await Promise.all([s.agent.call('hold', {}), c.agent.call('hold', {})]);
    await client(port);
    await seen(
      stream,
      (event): event is EventOf<'sample'> =>
        event.type === 'sample' &&
        event.rows.some(({ state, peer }) => state === 'SYN-SENT' && peer.port === port),
    );
    await world.sync();
    expect(packets('server', port)).toEqual([]);
    await c.agent.call('release', {});
    await world.sync();
    expect(flags('server', port)).toEqual(['S']);
    await s.agent.call('release', {});
    await world.sync();
    expect(flags('client', port)).toEqual(['S', 'S.']);
    await Promise.all([s.agent.call('carry', {}), c.agent.call('carry', {})]);
    await world.sync();
    expect(flags('server', port)).toEqual(['S', 'S.', '.']);
  });

  it('knows each segment that waits, and does with it what is said', async () => {
    const port = PORT + 4;
    const ser = await server(port);
    await seen(stream, output(ser, 'accept wait ......'));
    const { agent } = world.hosts.client;
    const from = stream.events.length;
    const told = async (): Promise<string[]> => {
      await agent.call('settle', {});
      return stream.events
        .slice(from)
        .filter((event) => event.type === 'wire')
        .filter(({ host }) => host === 'client')
        .map(({ phase, id, segment }) => `${phase} ${id}${segment ? ` ${segment.flags}` : ''}`);
    };
    const waits = (id: number): Promise<unknown> =>
      seen(
        stream,
        (event): event is EventOf<'wire'> =>
          event.type === 'wire' && event.phase === 'waits' && event.id === id,
      );
    await agent.call('hold', {});
    const cli = await client(port);
    const first = stream
      .of('wire')
      .filter(({ phase, host }) => `${host} ${phase}` === 'client waits');
    const id = first.length + 1;
    await waits(id);
    // Another rule beside the one that holds: what waits is still there.
    await agent.call('drop', { flags: 'R' });
    await agent.call('duplicate', { id });
    await agent.call('letGo', { id });
    // The ACK of the SYN+ACK, and one of the SYN+ACK that answers the copy.
    await waits(id + 1);
    await agent.call('discard', { id: id + 1 });
    await expect(agent.call('letGo', { id: id + 1 })).rejects.toThrow(`no segment ${id + 1} waits`);
    await agent.call('delay', { ms: 1 });
    await world.hosts.client.agent.call('type', { program: cli, text: 'hello\n' });
    await seen(stream, output(ser, /^buff=hello/));
    await agent.call('carry', {});
    await agent.call('undrop', {});
    expect(await told()).toEqual(
      expect.arrayContaining([
        `waits ${id} S`,
        `copied ${id}`,
        `goes ${id}`,
        `waits ${id + 1} .`,
        `dropped ${id + 1}`,
      ]),
    );
    await world.sync();
    expect(flags('server', port).filter((one) => one === 'S')).toEqual(['S', 'S']);
  });

  it('drops: the capture shows the segment, TCP does not see it', async () => {
    const port = PORT + 3;
    await world.hosts.client.agent.call('drop', { flags: 'R.', count: 1 });
    const cli = await client(port);
    // The first reset is lost, the one that answers the SYN sent again is not.
    expect(await seen(stream, exit(cli))).toMatchObject({ status: 1 });
    await world.hosts.client.agent.call('undrop', {});
    await world.sync();
    expect(flags('client', port)).toEqual(['S', 'R.', 'S', 'R.']);
  });

  it('counts, from nothing', async () => {
    const counters = await world.hosts.client.agent.call('counters', {});
    expect(counters).toMatchObject({ TcpExtListenDrops: 0 });
    expect(counters['TcpActiveOpens']).toBeGreaterThanOrEqual(4);
  });

  it('captures all, at both ends, between two markers', async () => {
    await world.stop();
    for (const host of ['server', 'client'] as const) {
      const events = stream.events.filter(
        (event) => (event.type === 'packet' || event.type === 'marker') && event.host === host,
      );
      const { frames } = readPcap(captures[host].file(events.length));
      expect(events.map((event) => ('frame' in event ? event.frame : 0))).toEqual(
        frames.map(({ index }) => index),
      );
      expect(events.filter(({ type }) => type === 'marker').length).toBeGreaterThanOrEqual(4);
    }
    expect(flags('server', PORT)).toEqual(flags('client', PORT));
  });

  it('leaves nothing behind', async () => {
    await pair.close();
    await pair.close();
    expect(await leftBehind(owner, backend.name)).toEqual([]);
  });
});

import type { Body, EventOf, HostName, LabEvent } from '../evidence/events.ts';
import type { Asked, FailedOf, Kind, MetOf, Miss } from '../evidence/expectations.ts';
import { Stream } from '../evidence/stream.ts';
import type { Segment } from '../tcp/segment.ts';
import { told, type Told } from '../told.ts';

export type Came =
  | { verdict: 'met'; seen: MetOf<Kind> }
  | { verdict: 'failed'; seen: FailedOf<Kind>; misses?: Miss[]; nearest?: number };

/** Builds a stream by hand: times in milliseconds since the run began. */
export class SampleRun {
  readonly stream = new Stream();
  #id = 0;
  readonly #frames: Record<HostName, number> = { server: 0, client: 0 };
  readonly #lost: Record<HostName, number> = { server: 0, client: 0 };

  get events(): LabEvent[] {
    return this.stream.events;
  }

  add(ms: number, body: Body): this {
    this.stream.append(ms * 1e6, body);
    return this;
  }

  begin(title = 'What it shows'): this {
    this.add(0, {
      type: 'run',
      schema: 4,
      lab: 'sample',
      title,
      backend: 'netns',
      reason: told('no Docker daemon answers at {socket}', { socket: '/var/run/docker.sock' }),
      startedAt: '2026-01-02T03:04:05.000Z',
      command: ['npm', 'run', 'lab', '--', 'sample'],
      slow: false,
      harness: '0.1.0',
    });
    for (const host of ['server', 'client'] as const) this.add(1, hostEvent(host));
    return this;
  }

  step(from: number, to: number, named: string | Told, inside: () => void): this {
    const id = ++this.#id;
    const title = typeof named === 'string' ? told(named) : named;
    this.add(from, { type: 'step', phase: 'begin', id, title });
    inside();
    return this.add(to, { type: 'step', phase: 'end', id, title });
  }

  /**
   * An expectation and, unless `seen` is missing, its verdict: of lines that netstat shows, since what
   * is asked for and what is seen can be any text.
   */
  expect(from: number, to: number, text: string, seen?: string, failed = false): this {
    const asked: Asked = {
      kind: 'netstat-lines',
      params: { host: 'server', lines: [text] },
    };
    if (seen === undefined) return this.state(from, to, asked);
    if (!failed) return this.state(from, to, asked, { verdict: 'met', seen: { lines: [seen] } });
    const misses = seen.split('\n').map((line) => ({ event: 0, line, differs: [] }));
    return this.state(from, to, asked, { verdict: 'failed', seen: { missing: 0 }, misses });
  }

  /** Any expectation, and what came of it. */
  state(from: number, to: number, asked: Asked, came?: Came, by: number[] = []): this {
    const id = ++this.#id;
    const at = { file: 'labs/sample.ts', line: id };
    this.add(from, { type: 'expect', id, ...asked, within: 10_000, at });
    return came === undefined ? this : this.add(to, { type: 'verdict', id, by, ...came });
  }

  /** A segment in the captures of these hosts, at these times. */
  segment(from: HostName, wanted: Partial<Segment>, at: Partial<Record<HostName, number>>): this {
    for (const host of ['server', 'client'] as const) {
      const ms = at[host];
      if (ms === undefined) continue;
      const direction = host === from ? 'out' : 'in';
      const frame = ++this.#frames[host];
      this.add(ms, { type: 'packet', host, frame, direction, segment: segmentOf(from, wanted) });
    }
    return this;
  }

  /** A segment that has come to the other host is taken away before its TCP sees it. */
  lose(ms: number, from: HostName, wanted: Partial<Segment>): this {
    const host = from === 'server' ? 'client' : 'server';
    const id = ++this.#lost[host];
    return this.add(ms, {
      type: 'wire',
      phase: 'lost',
      host,
      id,
      segment: segmentOf(from, wanted),
    });
  }

  /** A host is to lose such segments from one time to another. */
  drop(from: number, to: number, host: HostName, flags: string, count?: number): this {
    const id = ++this.#id;
    const args = count === undefined ? { flags } : { flags, count };
    this.add(from, { type: 'action', phase: 'begin', id, op: 'drop', host, args });
    this.add(from, { type: 'action', phase: 'end', id, op: 'drop', host, value: null });
    const undo = ++this.#id;
    this.add(to, { type: 'action', phase: 'begin', id: undo, op: 'undrop', host, args: {} });
    return this.add(to, {
      type: 'action',
      phase: 'end',
      id: undo,
      op: 'undrop',
      host,
      value: null,
    });
  }
}

function hostEvent(host: HostName): EventOf<'host'> {
  return {
    type: 'host',
    host,
    address: host === 'server' ? '10.0.0.1' : '10.0.0.2',
    mac: '02:00:00:00:00:01',
    interface: 'eth0',
    mtu: 1500,
    kernel: '6.1.0',
    tools: {},
    sysctls: {},
    offloads: {},
  } as unknown as EventOf<'host'>;
}

function segmentOf(from: HostName, wanted: Partial<Segment>): Segment {
  const server = { address: '10.0.0.1', port: 6000 };
  const client = { address: '10.0.0.2', port: 40001 };
  return {
    src: from === 'server' ? server : client,
    dst: from === 'server' ? client : server,
    flags: '.',
    seq: 0,
    window: 64240,
    length: 0,
    options: {},
    ip: { id: 1, ttl: 64, length: 40 },
    ...wanted,
  };
}

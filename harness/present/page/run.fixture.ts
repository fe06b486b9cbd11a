/** Runs made by hand, with captures that hold what their events say. */
import type { HostName } from '../../evidence/events.ts';
import type { SeenSocket } from '../../evidence/expectations.ts';
import { SampleRun } from '../sample-run.fixture.ts';
import { decodeFrame } from '../../tcp/frame/decode.ts';
import { encodeFrame } from '../../tcp/frame/encode.ts';
import { parseSs } from '../../tcp/tables/ss.ts';
import { told, verbatim } from '../../told.ts';

const ENDS = {
  server: { address: '10.0.0.1', port: 6000, mac: '02:00:00:00:00:01' },
  client: { address: '10.0.0.2', port: 40000, mac: '02:00:00:00:00:02' },
} as const;
const ETHERNET = 1;
/** How long a segment is on its way, ms. */
const WAY = 0.02;

interface Numbers {
  seq: number;
  ack?: number;
  data?: string;
}

export class PageRun extends SampleRun {
  readonly #frames: Record<HostName, Buffer[]> = { server: [], client: [] };

  /** A segment that is sent, and arrives. */
  carry(ms: number, from: HostName, flags: string, { seq, ack = 0, data = '' }: Numbers): this {
    const to = from === 'server' ? 'client' : 'server';
    const frame = encodeFrame({ src: ENDS[from].mac, dst: ENDS[to].mac }, end(from), end(to), {
      flags,
      seq,
      ack,
      window: 64240,
      options: flags.includes('S') ? { mss: 1460 } : {},
      payload: Buffer.from(data),
    });
    return this.#seen(ms, from, 'out', frame).#seen(ms + WAY, to, 'in', frame);
  }

  /** A look of `ss` that shows these states of a host's end; none when it is gone. */
  look(ms: number, host: HostName, state?: string): this {
    const peer = host === 'server' ? 'client' : 'server';
    const ends = [ENDS[host], ENDS[peer]].map(({ address, port }) => `${address}:${port}`);
    const line = `${state ?? ''} 0 0 ${ends.join(' ')} ino:7 sk:3`;
    const rows = state === undefined ? [] : parseSs(`${line}\n`);
    const t = ms * 1e6;
    return this.add(ms, { type: 'sample', host, began: t - 1, ended: t, command: 'ss -tan', rows });
  }

  /** A look of `ss` at the server's listener, in whose accept queue so many connections wait. */
  listens(ms: number, length: number, backlog: number): this {
    const { address, port } = ENDS.server;
    const line = `LISTEN ${length} ${backlog} ${address}:${port} 0.0.0.0:* ino:9 sk:1`;
    const waiting = Array.from(
      { length },
      (_, n) => `ESTAB 0 0 ${address}:${port} ${ENDS.client.address}:${7000 + n} ino:0 sk:${n + 2}`,
    );
    const rows = parseSs(`${[line, ...waiting].join('\n')}\n`);
    const [began, ended] = [(ms - 1) * 1e6, ms * 1e6];
    return this.add(ms, {
      ...{ type: 'sample', host: 'server', began, ended, command: 'ss -tan', rows },
    });
  }

  /** The number of the event that was added last. */
  get last(): number {
    return this.events.length - 1;
  }

  get pcaps(): Record<HostName, Uint8Array> {
    return { server: pcapOf(this.#frames.server), client: pcapOf(this.#frames.client) };
  }

  #seen(ms: number, host: HostName, direction: 'in' | 'out', frame: Buffer): this {
    const decoded = decodeFrame(frame, ETHERNET);
    if (decoded.kind !== 'tcp') throw new Error('no segment');
    const { segment } = decoded;
    const index = this.#frames[host].push(frame);
    return this.add(ms, { type: 'packet', host, frame: index, direction, segment });
  }
}

const end = (host: HostName): { address: string; port: number } => {
  const { address, port } = ENDS[host];
  return { address, port };
};

/** Classic pcap, microseconds, big endian (draft-ietf-opsawg-pcap). */
function pcapOf(frames: readonly Buffer[]): Uint8Array {
  const header = Buffer.alloc(24);
  header.writeUInt32BE(0xa1b2c3d4, 0);
  header.writeUInt16BE(2, 4);
  header.writeUInt16BE(4, 6);
  header.writeUInt32BE(262144, 16);
  header.writeUInt32BE(ETHERNET, 20);
  const records = frames.flatMap((frame, index) => {
    const record = Buffer.alloc(16);
    record.writeUInt32BE(index, 0);
    record.writeUInt32BE(frame.length, 8);
    record.writeUInt32BE(frame.length, 12);
    return [record, frame];
  });
  return new Uint8Array(Buffer.concat([header, ...records]));
}

/** What a text of a run could try to be. */
export const HOSTILE = '</script><script>window.broken = 1</script><img src=x onerror=alert(1)>';

/** A connection that the client closes, and an expectation each that was met and not met. */
export function closingRun(): PageRun {
  const run = new PageRun().begin(`The client closes ${HOSTILE}`);
  run.carry(10, 'client', 'S', { seq: 100 });
  run.carry(11, 'server', 'S.', { seq: 900, ack: 101 });
  run.carry(12, 'client', '.', { seq: 101, ack: 901 });
  run.look(20, 'client', 'ESTAB').look(21, 'server', 'ESTAB');
  run.add(30, { type: 'step', phase: 'begin', id: 90, title: told('the client closes') });
  run.carry(40, 'client', 'F.', { seq: 101, ack: 901 });
  const fin = [run.last - 1, run.last];
  run.carry(41, 'server', '.', { seq: 901, ack: 102 });
  run.look(50, 'client', 'FIN-WAIT-2').look(51, 'server', 'CLOSE-WAIT');
  const pattern = 'client > server F.';
  const flow = { serverPort: 6000, clientPort: 40000 };
  run.state(
    60,
    60,
    { kind: 'carried', params: { flow, pattern, whole: false, repeats: false } },
    { verdict: 'met', seen: { names: {}, captures: ['server', 'client'], leftOut: [0, 0] } },
    fin,
  );
  const [server, client] = [end('server'), end('client')];
  const look = run.last - 2;
  const socket: SeenSocket = {
    ...{ local: server, peer: client, state: 'CLOSE-WAIT', recvQ: 1, sendQ: 0 },
    processes: [],
  };
  const differs = [{ field: 'state', expected: 'LAST-ACK', seen: 'CLOSE-WAIT' }];
  run.state(
    2000,
    2000,
    {
      kind: 'end-in-state',
      params: { host: 'server', connection: { server, client }, state: 'LAST-ACK' },
    },
    { verdict: 'failed', seen: { socket }, misses: [{ event: look, socket, differs }], nearest: 0 },
    [look],
  );
  run.add(2001, { type: 'step', phase: 'end', id: 90, title: told('the client closes') });
  run.add(2002, { type: 'note', ...verbatim(HOSTILE) });
  run.add(2003, { type: 'end', status: 'failed' });
  return run;
}

/** Two connections fill a listener's queue; the SYN of a third one is sent twice, and ignored. */
export function queueRun(): PageRun {
  const run = new PageRun().begin('A full accept queue');
  run.listens(10, 0, 1).listens(20, 1, 1).listens(30, 2, 1);
  run.carry(40, 'client', 'S', { seq: 100 }).look(600, 'client', 'SYN-SENT').listens(900, 2, 1);
  run.carry(1040, 'client', 'S', { seq: 100 }).listens(1050, 2, 1);
  return run.add(1060, { type: 'end', status: 'passed' });
}

/** A lab that fills in a table of two rows and two columns; in its last cell an expectation fails. */
export function matrixRun(): PageRun {
  const run = new PageRun().begin('Who gets the port');
  const places = ['LISTEN', 'TIME-WAIT'].flatMap((row) => ['old', 'new'].map((at) => [row, at]));
  for (const [n, [row = '', column = '']] of places.entries()) {
    const ms = 10 + 10 * n;
    const title = told('{row}: {column}', { row: told(row), column: told(column) });
    run.step(ms, ms + 5, title, () => run.expect(ms + 1, ms + 2, row, 'a line', n === 3));
  }
  return run.add(60, { type: 'end', status: 'failed' });
}

/** One connection that carries data until `packets` frames stand in the events. */
export function longRun(packets: number): PageRun {
  const run = new PageRun().begin('Very much data');
  run.carry(10, 'client', 'S', { seq: 100 });
  run.carry(11, 'server', 'S.', { seq: 900, ack: 101 });
  run.carry(12, 'client', '.', { seq: 101, ack: 901 });
  for (let n = 0; 6 + 4 * n < packets; n++) {
    run.carry(20 + 2 * n, 'client', 'P.', { seq: 101 + 5 * n, ack: 901, data: 'hello' });
    run.carry(21 + 2 * n, 'server', '.', { seq: 901, ack: 106 + 5 * n });
    if (n % 20 === 0) run.look(21.5 + 2 * n, 'client', 'ESTAB');
  }
  return run.add(20 + packets, { type: 'end', status: 'passed' });
}

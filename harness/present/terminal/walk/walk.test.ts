import { describe, expect, it } from 'vitest';
import type { HostName, LabEvent } from '../../../evidence/events.ts';
import { historyOf } from '../../../history/history.ts';
import { expectedOf, willBeLost, type Coming } from '../../../quiz/expected.ts';
import { parseSs } from '../../../tcp/tables/ss.ts';
import { english } from '../../../texts/say.ts';
import { SampleRun } from '../../sample-run.fixture.ts';
import { styleFor } from '../style.ts';
import { segmentLines } from './segment-line.ts';
import { changeLines, outlookLine, stopLines } from './stop-text.ts';

const dress = { t: english, style: styleFor({}, { NO_COLOR: '1' }, english) };
const SERVER = '10.0.0.1:6000';
const CLIENT = '10.0.0.2:40000';

/** A run in which the client's SYN (x = 1000) and the server's answer (y = 5000) have crossed. */
function opened(): SampleRun {
  const run = new SampleRun().begin();
  run.segment('client', { flags: 'S', seq: 1000, ...ends('client') }, { client: 10, server: 11 });
  return run.segment(
    'server',
    { flags: 'S.', seq: 5000, ack: 1001, ...ends('server') },
    { server: 20, client: 21 },
  );
}

const ends = (from: HostName) => {
  const [server, client] = [endpoint(SERVER), endpoint(CLIENT)];
  return from === 'server' ? { src: server, dst: client } : { src: client, dst: server };
};
const endpoint = (text: string) => {
  const [address = '', port] = text.split(':');
  return { address, port: Number(port) };
};

function sample(run: SampleRun, ms: number, host: HostName, state: string): void {
  const [local, peer] = host === 'server' ? [SERVER, CLIENT] : [CLIENT, SERVER];
  const rows = parseSs(state === '' ? '' : `${state} 0 0 ${local} ${peer} ino:0 sk:1\n`);
  const [began, ended] = [ms * 1e6, ms * 1e6 + 1];
  run.add(ms, { type: 'sample', host, began, ended, command: 'ss -tanpoei', rows });
}

/** The server's FIN waits. */
function closing(): { events: LabEvent[]; fin: Coming; run: SampleRun } {
  const run = opened();
  sample(run, 30, 'server', 'FIN-WAIT-1');
  sample(run, 30, 'client', 'ESTAB');
  const segment = {
    ...ends('server'),
    flags: 'F.',
    seq: 5001,
    ack: 1001,
    window: 500,
    length: 0,
    options: {},
    ip: { id: 1, ttl: 64, length: 52 },
  };
  run.add(31, { type: 'wire', phase: 'waits', host: 'server', id: 3, segment });
  return { events: run.events, fin: { host: 'server', segment }, run };
}

describe('a stop', () => {
  it('shows both states and what waits, by the numbers of the textbook', () => {
    const { events, fin } = closing();
    expect(segmentLines(historyOf(events), [fin])).toEqual([
      'server > client  FIN+ACK  seq=y+1  ack=x+1',
    ]);
    expect(stopLines(historyOf(events), [fin], dress)).toEqual([
      'server FIN-WAIT-1                   client ESTABLISHED',
      'waits: server > client  FIN+ACK  seq=y+1  ack=x+1',
    ]);
  });

  it('says what the diagram expects', () => {
    const { events, fin, run } = closing();
    expect(outlookLine(historyOf(events), fin, english)).toBe(
      'then: the client goes from ESTABLISHED to CLOSE-WAIT',
    );
    run.drop(40, 100, 'client', 'F.');
    expect(willBeLost(historyOf(events), fin)).toBe(false);
  });

  it('says of a SYN that the listener stays, as the claims do', () => {
    const run = new SampleRun().begin();
    const rows = parseSs(`LISTEN 0 5 ${SERVER} 0.0.0.0:* ino:7 sk:7\n`);
    const row = { type: 'sample', host: 'server', command: 'ss -tanpoei' } as const;
    run.add(5, { ...row, began: 5e6, ended: 5e6 + 1, rows });
    const { segment } = closing().fin;
    const syn: Coming = {
      host: 'client',
      segment: { ...segment, ...ends('client'), flags: 'S', seq: 1000 },
    };
    expect(outlookLine(historyOf(run.events), syn, english)).toBe(
      'then: the listener of the server stays, and a new socket is in SYN-RECEIVED',
    );
    const from = run.events.length;
    run.segment('client', syn.segment, { client: 10, server: 11 });
    const taken = parseSs(`SYN-RECV 0 0 ${SERVER} ${CLIENT} ino:0 sk:8\n`);
    run.add(30, { ...row, began: 30e6, ended: 30e6 + 1, rows: [...rows, ...taken] });
    expect(changeLines(historyOf(run.events), from, syn, dress)).toContain(
      'server: a new socket, SYN-RECEIVED; the listener stays',
    );
  });

  it('knows an ACK of a FIN that was sent while somebody walked', () => {
    const { events, fin } = closing();
    const { segment } = fin;
    const ack = { ...segment, ...ends('client'), flags: '.', seq: 1001, ack: 5002 };
    expect(expectedOf(historyOf(events), { host: 'client', segment: ack }).then).toBe('FIN-WAIT-2');
    expect(
      expectedOf(historyOf(events), { host: 'client', segment: { ...ack, ack: 5001 } }).then,
    ).toBe('FIN-WAIT-1');
  });
});

describe('what has changed', () => {
  it('is told by ss, and by the tracepoint where it was too quick for ss', () => {
    const { events, fin, run } = closing();
    const from = events.length;
    const transition = { local: endpoint(CLIENT), peer: endpoint(SERVER), pid: 1, command: 'node' };
    const [host, type] = ['client', 'transition'] as const;
    run.add(41, { type, host, from: 'ESTABLISHED', to: 'CLOSE-WAIT', ...transition });
    run.add(42, { type, host, from: 'CLOSE-WAIT', to: 'LAST-ACK', ...transition });
    sample(run, 50, 'client', 'LAST-ACK');
    expect(changeLines(historyOf(events), from, fin, dress)).toEqual([
      'client: ESTABLISHED -> CLOSE-WAIT -> LAST-ACK',
    ]);
  });

  it('may be nothing', () => {
    const { events, fin } = closing();
    expect(changeLines(historyOf(events), events.length, fin, dress)).toEqual([
      'neither end has changed its state',
    ]);
  });
});

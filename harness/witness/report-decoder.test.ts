import { describe, expect, it } from 'vitest';
import { CAPTURE_OCTETS } from '../agent/limits.ts';
import { Stream } from '../evidence/stream.ts';
import { RunClock } from './clock.ts';
import { Capture } from './capture.ts';
import { ReportDecoder } from './report-decoder.ts';
import { verbatim } from '../told.ts';

const link = { host: 'client', mac: '02:00:00:00:00:02' } as const;

/** A pcap file's header: nanoseconds, Ethernet (draft-ietf-opsawg-pcap). */
const HEADER = Buffer.from('4d3cb2a10200040000000000000000000000040001000000', 'hex');

/** A record of so many octets: a frame of no protocol that we know. */
function record(octets: number): Buffer {
  const bytes = Buffer.alloc(octets);
  bytes.writeUInt32LE(octets - 16, 8);
  bytes.writeUInt32LE(octets - 16, 12);
  return bytes;
}

describe('ReportDecoder', () => {
  it('takes a capture as long as it may be, and no longer', () => {
    const stream = new Stream();
    const capture = new Capture('client');
    const decoder = new ReportDecoder(link, new RunClock(0n), stream, capture);
    const receive = (chunk: Buffer): void => {
      decoder.receive({ notice: 'capture', data: chunk.toString('base64'), ahead: '0' });
    };
    const SIZE = 1 << 16;
    receive(HEADER);
    const fit = Math.floor((CAPTURE_OCTETS - HEADER.length) / SIZE);
    for (let i = 0; i < fit; i++) receive(record(SIZE));
    expect(stream.events).toHaveLength(fit);
    const why = `the client's capture has more than ${CAPTURE_OCTETS} octets`;
    expect(() => {
      receive(record(SIZE));
    }).toThrow(why);
    expect(stream.events).toHaveLength(fit);
    expect(capture.file(fit).length).toBeLessThanOrEqual(CAPTURE_OCTETS);
  });

  // A machine that was kept busy: ss had a new connection when the tracepoint was closed already.
  it('takes nothing as evidence once the run is over, but hears of trouble', () => {
    const stream = new Stream();
    const decoder = new ReportDecoder(link, new RunClock(0n), stream, new Capture('client'));
    const sample = (): void => {
      const stdout = 'ESTAB 0 0 10.0.0.2:47052 10.0.0.1:6000';
      decoder.receive({ notice: 'sample', began: '1', ended: '2', command: 'ss -tanpoei', stdout });
    };
    sample();
    expect(stream.events.map(({ type }) => type)).toEqual(['sample']);
    decoder.close();
    sample();
    const data = Buffer.concat([HEADER, record(80)]).toString('base64');
    decoder.receive({ notice: 'capture', data, ahead: '0' });
    expect(stream.events).toHaveLength(1);
    expect(() => {
      decoder.receive({ notice: 'trouble', t: '3', message: verbatim('tcpdump ended') });
    }).toThrow('tcpdump ended');
  });
});

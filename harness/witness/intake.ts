import type { Notice } from '../agent/protocol.ts';
import type { Body, CallEvent, HostName } from '../evidence/events.ts';
import { eventOfFrame, type Place } from '../evidence/frame-event.ts';
import type { Stream } from '../evidence/stream.ts';
import { decodeFrame } from '../tcp/decode.ts';
import { PcapReader, type Frame } from '../tcp/pcap.ts';
import { parseSs } from '../tcp/ss.ts';
import type { RunClock } from './clock.ts';

/** LINKTYPE_ETHERNET; a frame never comes before the header that says so. */
const ETHERNET = 1;

/** What a witness could not tell. */
export class WitnessError extends Error {
  override readonly name = 'WitnessError';
}

/** Turns what one host's agent reports into events of the stream. */
export class Intake {
  readonly #link: Place;
  readonly #clock: RunClock;
  readonly #stream: Stream;
  readonly #pcap = new PcapReader();
  readonly #chunks: Buffer[] = [];

  constructor(link: Place, clock: RunClock, stream: Stream) {
    this.#link = link;
    this.#clock = clock;
    this.#stream = stream;
  }

  get #host(): HostName {
    return this.#link.host;
  }

  /** The capture so far, as a pcap file. */
  get pcap(): Buffer {
    return Buffer.concat(this.#chunks);
  }

  /** @throws WitnessError or a parser's error when the report makes no sense. */
  receive(notice: Notice): void {
    switch (notice.notice) {
      case 'capture':
        this.#capture(Buffer.from(notice.data, 'base64'), BigInt(notice.ahead));
        return;
      case 'sample':
        this.#append(notice.ended, {
          type: 'sample',
          host: this.#host,
          began: this.#clock.at(BigInt(notice.began)),
          ended: this.#clock.at(BigInt(notice.ended)),
          command: notice.command,
          rows: parseSs(notice.stdout),
        });
        return;
      case 'waits':
        this.#waits(notice);
        return;
      case 'output': {
        const { program, stream, line } = notice;
        this.#append(notice.t, { type: 'output', host: this.#host, program, stream, line });
        return;
      }
      case 'call':
        this.#call(notice.program, notice.line);
        return;
      case 'exit': {
        const { program, status, signal } = notice;
        this.#append(notice.t, { type: 'exit', host: this.#host, program, status, signal });
        return;
      }
      case 'trouble':
        throw new WitnessError(`${this.#host}: ${notice.message}`);
    }
  }

  /** A program may write what it likes where its calls are reported. */
  #call(program: number, line: string): void {
    const report = readCall(line);
    if (report === undefined)
      throw new WitnessError(`program ${program} reports no call: ${line.slice(0, 80)}`);
    const { t, ...call } = report;
    this.#append(t, { type: 'call', host: this.#host, program, ...call });
  }

  #capture(chunk: Buffer, ahead: bigint): void {
    this.#chunks.push(chunk);
    for (const frame of this.#pcap.push(chunk)) this.#frame(frame, ahead);
  }

  #frame(frame: Frame, ahead: bigint): void {
    const t = (frame.time - ahead).toString();
    this.#append(t, eventOfFrame(frame, this.#pcap.linkType ?? ETHERNET, this.#link));
  }

  #waits({ t, id, frame }: Notice & { notice: 'waits' }): void {
    const decoded = decodeFrame(Buffer.from(frame, 'base64'), ETHERNET);
    if (decoded.kind !== 'tcp') throw new WitnessError(`${this.#host}: what waits is no segment`);
    const { segment } = decoded;
    this.#append(t, { type: 'walk', phase: 'waits', host: this.#host, id, segment });
  }

  #append(t: string, body: Body): void {
    this.#stream.append(this.#clock.at(BigInt(t)), body);
  }
}

interface CallReport extends Omit<CallEvent, 'type' | 'host' | 'program'> {
  t: string;
}

function readCall(line: string): CallReport | undefined {
  try {
    const { t, phase, call, args, result, out, errno, code } = JSON.parse(line) as CallReport;
    if (!/^\d+$/.test(t) || !['enter', 'return'].includes(phase)) return undefined;
    if (typeof call !== 'string' || !Array.isArray(args)) return undefined;
    return {
      t,
      phase,
      call,
      args,
      ...(result === undefined ? {} : { result }),
      ...(out === undefined ? {} : { out }),
      ...(errno === undefined ? {} : { errno }),
      ...(code === undefined ? {} : { code }),
    };
  } catch {
    return undefined;
  }
}

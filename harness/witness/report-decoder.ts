import type { Notice } from '../agent/protocol.ts';
import { readCallReport, type CallReport } from '../evidence/call.ts';
import type { Body, HostName } from '../evidence/events.ts';
import { eventOfFrame, type Place } from '../evidence/frame-event.ts';
import type { Stream } from '../evidence/stream.ts';
import { decodeFrame } from '../tcp/frame/decode.ts';
import { LINKTYPE_ETHERNET, type Frame } from '../tcp/capture/pcap.ts';
import { parseSs } from '../tcp/tables/ss.ts';
import type { Capture } from './capture.ts';
import type { RunClock } from './clock.ts';
import { WitnessError } from './error.ts';
import { told, type Told } from '../told.ts';

/** Turns what one host's agent reports into events of the stream. */
export class ReportDecoder {
  readonly #link: Place;
  readonly #clock: RunClock;
  readonly #stream: Stream;
  readonly #capture: Capture;
  #isOver = false;

  constructor(link: Place, clock: RunClock, stream: Stream, capture: Capture) {
    this.#link = link;
    this.#capture = capture;
    this.#clock = clock;
    this.#stream = stream;
  }

  get #host(): HostName {
    return this.#link.host;
  }

  /**
   * The run is over: what is reported from now on is no evidence. Other witnesses are not asked any
   * more, so that it would have to be believed alone.
   */
  close(): void {
    this.#isOver = true;
  }

  /** @throws WitnessError or a parser's error when the report makes no sense. */
  receive(notice: Notice): void {
    if (this.#isOver && notice.notice !== 'trouble') return;
    switch (notice.notice) {
      case 'capture':
        for (const frame of this.#capture.push(Buffer.from(notice.data, 'base64')))
          this.#frame(frame, BigInt(notice.ahead));
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
      case 'wire':
        this.#wire(notice);
        return;
      case 'output': {
        const { program, stream, line } = notice;
        this.#append(notice.t, { type: 'output', host: this.#host, program, stream, line });
        return;
      }
      case 'call':
        this.#call(notice);
        return;
      case 'limit': {
        const { program, limit, most } = notice;
        this.#append(notice.t, { type: 'limit', host: this.#host, program, limit, most });
        return;
      }
      case 'exit': {
        const { program, status, signal } = notice;
        this.#append(notice.t, { type: 'exit', host: this.#host, program, status, signal });
        return;
      }
      case 'trouble':
        throw new WitnessError(
          told('{host}: {seen}', { host: told(this.#host), seen: notice.message }),
        );
    }
  }

  /** A program may write what it likes where its calls are reported, and when it likes. */
  #call({ t: read, program, line }: Notice & { notice: 'call' }): void {
    const report = readCallReport(line);
    const wrong = 'wrong' in report ? report.wrong : this.#untimely(report.t, read);
    if (wrong !== undefined) {
      throw new WitnessError(
        told('program {n} at the {host} reports what is not a call: {why}: {line}', {
          ...{ n: program, host: told(this.#host), why: wrong },
          line: JSON.stringify(line.slice(0, 80)),
        }),
      );
    }
    const { t, ...call } = report as CallReport;
    this.#append(t, { type: 'call', host: this.#host, program, ...call });
  }

  /** A report is of a call of this run, and it was before the report was read. */
  #untimely(t: string, read: string): Told | undefined {
    const isOfNow = BigInt(t) <= BigInt(read) && this.#clock.at(BigInt(t)) >= 0;
    return isOfNow ? undefined : told("'t' is not a time of this run");
  }

  #frame(frame: Frame, ahead: bigint): void {
    const t = (frame.time - ahead).toString();
    this.#append(t, eventOfFrame(frame, this.#capture.linkType, this.#link));
  }

  #wire({ t, phase, id, frame }: Notice & { notice: 'wire' }): void {
    const decoded = frame && decodeFrame(Buffer.from(frame, 'base64'), LINKTYPE_ETHERNET);
    const segment = decoded && decoded.kind === 'tcp' ? { segment: decoded.segment } : {};
    this.#append(t, { type: 'wire', phase, host: this.#host, id, ...segment });
  }

  #append(t: string, body: Body): void {
    this.#stream.append(this.#clock.at(BigInt(t)), body);
  }
}

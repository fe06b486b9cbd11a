import { randomBytes } from 'node:crypto';
import { setOffloads } from '../sys/ethtool.ts';
import { openPacketSocket, sendFrame } from '../sys/packet.ts';
import { decodeFrame } from '../tcp/frame/decode.ts';
import { PcapReader, type Frame } from '../tcp/capture/pcap.ts';
import { ENTRANCE, EXIT } from '../wire/diversion.ts';
import { fenceFrame, fenceNonce } from '../wire/fence.ts';
import type { Notice } from './protocol.ts';
import { Capture } from './tcpdump.ts';
import { OFFLOADS } from './world.ts';

/** LINKTYPE_ETHERNET */
const ETHERNET = 1;

/** What a host has sent, a frame at a time: TCP segments wait here until they are let go. */
export class WaitingRoom {
  readonly #send: (frame: Buffer) => void;
  readonly #notify: (notice: Notice) => void;
  readonly #waiting = new Map<number, Buffer>();
  readonly #fences = new Map<string, () => void>();
  readonly #pcap = new PcapReader();
  #capture: Capture | undefined;
  #entrance: number | undefined;
  #lastId = 0;

  /** `send` puts a frame on the link. */
  constructor(send: (frame: Buffer) => void, notify: (notice: Notice) => void) {
    this.#send = send;
    this.#notify = notify;
  }

  /** Begins to read what comes out of the diversion. */
  async open(): Promise<void> {
    setOffloads(ENTRANCE, OFFLOADS);
    this.#entrance = openPacketSocket(ENTRANCE);
    this.#capture = new Capture(EXIT, (notice) => {
      if (notice.notice === 'capture') this.#read(notice);
      else this.#notify(notice);
    });
    await this.#capture.started();
    await this.settle();
  }

  /** Resolves when everything that was sent before has been told of. */
  settle(): Promise<void> {
    const nonce = randomBytes(6).toString('hex');
    const seen = new Promise<void>((resolve) => this.#fences.set(nonce, resolve));
    const nobody = '00:00:00:00:00:00';
    if (this.#entrance === undefined) throw new Error('nothing is diverted');
    sendFrame(this.#entrance, ENTRANCE, fenceFrame(nobody, nobody, nonce));
    return seen;
  }

  /** Puts the segment on the link. */
  go(id: number): void {
    const frame = this.#waiting.get(id);
    if (frame === undefined) throw new Error(`no segment ${id} waits`);
    this.#waiting.delete(id);
    this.#send(frame);
  }

  /** Forgets the segment. */
  leave(id: number): void {
    this.#waiting.delete(id);
  }

  async close(): Promise<void> {
    await this.#capture?.stop();
  }

  #read({ data, ahead }: Notice & { notice: 'capture' }): void {
    for (const frame of this.#pcap.push(Buffer.from(data, 'base64'))) {
      this.#frame(frame, (frame.time - BigInt(ahead)).toString());
    }
  }

  #frame({ data }: Frame, t: string): void {
    const decoded = decodeFrame(data, ETHERNET);
    if (decoded.kind === 'tcp') {
      const id = ++this.#lastId;
      this.#waiting.set(id, Buffer.from(data));
      this.#notify({ notice: 'waits', t, id, frame: Buffer.from(data).toString('base64') });
      return;
    }
    const payload = decoded.kind === 'other' ? decoded.payload : undefined;
    const nonce = payload === undefined ? undefined : fenceNonce(payload);
    if (nonce === undefined) this.#send(Buffer.from(data));
    else this.#passed(nonce);
  }

  #passed(nonce: string): void {
    this.#fences.get(nonce)?.();
    this.#fences.delete(nonce);
  }
}

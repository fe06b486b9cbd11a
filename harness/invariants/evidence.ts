import { isDeepStrictEqual } from 'node:util';
import { HARNESS_ERROR } from '../evidence/clock.ts';
import type { EventOf, HostName, LabEvent } from '../evidence/events.ts';
import { eventOfFrame } from '../evidence/frame-event.ts';
import { historyOf, type History } from '../history/history.ts';
import type { Action } from '../history/lab.ts';
import type { Outgoing } from '../tcp/frame/encode.ts';
import { InjectError, parseInjected } from '../tcp/frame/injected.ts';
import { PcapError, readPcap, type Frame } from '../tcp/capture/pcap.ts';
import type { Endpoint, Segment } from '../tcp/segment.ts';
import { told, ToldError, type Told } from '../told.ts';

/** What one capture holds of one frame, and the event that it is. */
export interface Captured {
  frame: Frame;
  /** What the octets say that it is. */
  is: ReturnType<typeof eventOfFrame>;
  /** The event in the stream that stands at its place; absent where there is none. */
  event?: EventOf<'packet'> | EventOf<'marker'>;
}

/** A host's capture, read from its file. */
export interface CaptureFile {
  host: HostName;
  linkType: number;
  frames: readonly Captured[];
}

/** What contradicts an invariant: where, and what was found there, mostly in no language. */
export interface Violation {
  /** Events, and a frame, by their numbers. */
  events?: readonly number[];
  frame?: { host: HostName; index: number };
  found: Told | string;
}

/** Something that holds of the evidence of every run, whatever the lab. */
export interface Invariant {
  name: string;
  /** What holds, in a sentence. */
  says: Told;
  check: (evidence: Evidence) => Iterable<Violation>;
}

/** Evidence that cannot be held together: what does not hold, and where. */
export class InvariantError extends ToldError {
  override readonly name = 'InvariantError';
}

/** All that a bundle has of a run, read once for all invariants. */
export class Evidence {
  readonly events: readonly LabEvent[];
  readonly history: History;
  readonly captures: Readonly<Record<HostName, CaptureFile>>;
  readonly hosts: Readonly<Record<HostName, EventOf<'host'>>>;
  /** The run was cut short. */
  readonly cut: boolean;
  /**
   * Up to when each capture is whole, ns: its last marker that the other has, too. What the kernels still say to each other
   * behind it, while the captures are being ended, may be in one, in both or in none.
   */
  readonly wholeUntil: Readonly<Record<HostName, number>>;
  /** Segments that the lab injected, as they went out: their events' numbers. */
  readonly injected: ReadonlySet<number>;

  /**
   * @throws InvariantError for a file that is no capture, and where nothing is said about a host
   */
  constructor(events: readonly LabEvent[], pcaps: Record<HostName, Uint8Array>) {
    this.events = events;
    this.history = historyOf(events);
    const { server, client } = this.history.hosts;
    if (server === undefined || client === undefined)
      throw new InvariantError(
        told('nothing is said about the {host}', {
          host: told(server === undefined ? 'server' : 'client'),
        }),
      );
    this.hosts = { server, client };
    this.captures = {
      server: this.#read('server', pcaps.server),
      client: this.#read('client', pcaps.client),
    };
    this.cut = this.history.end?.cut === true;
    const markers = this.of('marker');
    const isPaired = ({ host, from, nonce }: EventOf<'marker'>): boolean =>
      markers.some((one) => one.host !== host && one.from === from && one.nonce === nonce);
    const tailOf = (host: HostName): number =>
      markers.findLast((marker) => marker.host === host && isPaired(marker))?.t ?? 0;
    this.wholeUntil = { server: tailOf('server'), client: tailOf('client') };
    this.injected = injectedIn(this);
  }

  get run(): EventOf<'run'> {
    return this.events[0] as EventOf<'run'>;
  }

  of<T extends LabEvent['type']>(type: T): EventOf<T>[] {
    return this.events.filter((event): event is EventOf<T> => event.type === type);
  }

  /** Both addresses are of this wire: what stays inside a host crosses none. */
  crosses({ address }: Endpoint, peer: Endpoint): boolean {
    const link = [this.hosts.server.address, this.hosts.client.address];
    return address !== peer.address && link.includes(address) && link.includes(peer.address);
  }

  #read(host: HostName, file: Uint8Array): CaptureFile {
    const { linkType, frames } = readFrames(host, file);
    const { mac } = this.hosts[host];
    const events = this.events.filter(
      (event): event is NonNullable<Captured['event']> =>
        (event.type === 'packet' || event.type === 'marker') && event.host === host,
    );
    return {
      host,
      linkType,
      frames: frames.map((frame, index) => {
        const event = events[index];
        const is = eventOfFrame(frame, linkType, { host, mac });
        return { frame, is, ...(event && { event }) };
      }),
    };
  }
}

/** @throws InvariantError for a file that is no capture */
export function readFrames(host: HostName, file: Uint8Array): ReturnType<typeof readPcap> {
  try {
    return readPcap(file);
  } catch (cause) {
    if (!(cause instanceof PcapError)) throw cause;
    throw new InvariantError(told('{file}: {why}', { file: `${host}.pcap`, why: cause.told }), {
      cause,
    });
  }
}

/** A segment that the lab injected, as it said so itself. */
export interface Injection {
  action: Action;
  host: HostName;
  from: Endpoint;
  to: Endpoint;
  segment: Outgoing;
}

/** Those that make sense: what is recorded may be anybody's. */
export function injectionsIn({ lab }: History): Injection[] {
  return lab.actions.flatMap((action) => {
    if (action.op !== 'inject') return [];
    const { host, args } = action;
    const { from, to, segment } = args;
    try {
      return [{ action, host, from, to, segment: parseInjected(segment) }];
    } catch (error) {
      if (error instanceof InjectError) return [];
      throw error;
    }
  });
}

/** Each injected segment goes out once, while the lab injects it. */
function injectedIn({ history }: Evidence): Set<number> {
  const found = new Set<number>();
  for (const { action, host, from, to, segment: wanted } of injectionsIn(history)) {
    const sent = history.captures[host]
      .ofEnd(from, to)
      .find(
        ({ event, direction, segment, t }) =>
          direction === 'out' &&
          !found.has(event) &&
          looksLike(segment, wanted) &&
          isWithin(t, action),
      );
    if (sent !== undefined) found.add(sent.event);
  }
  return found;
}

const isWithin = (t: number, { begin, end }: Action): boolean =>
  t >= begin.t - HARNESS_ERROR && t <= (end?.t ?? Infinity) + HARNESS_ERROR;

function looksLike(segment: Segment, wanted: Outgoing): boolean {
  const { flags, seq, ack = wanted.ack, window, options, payload = '' } = segment;
  return isDeepStrictEqual(
    { flags, seq, ack, window, options, payload: Buffer.from(payload, 'hex') },
    { ...wanted, payload: Buffer.from(wanted.payload) },
  );
}

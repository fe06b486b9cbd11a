/** How a forger changes evidence: events, and captures whose checksums are made anew. */
import { HOSTS, type EventOf, type HostName, type LabEvent } from '../../evidence/events.ts';
import { eventOfFrame } from '../../evidence/frame-event.ts';
import { historyOf } from '../../history/history.ts';
import { internetChecksum } from '../../tcp/frame/checksum.ts';
import { readPcap } from '../../tcp/capture/pcap.ts';

export interface Recorded {
  events: LabEvent[];
  pcaps: Record<HostName, Buffer>;
}

/** A frame of a capture, to be changed. */
export interface Loose {
  host: HostName;
  index: number;
  /** Nanoseconds since 1970. */
  time: bigint;
  data: Buffer;
}

/** A copy of all, changed; whatever is left out, the events are numbered as if it had never been. */
export function changed(
  { events, pcaps }: Recorded,
  change: { event?: (event: LabEvent) => LabEvent[]; frame?: (frame: Loose) => Loose[] },
): Recorded {
  const { event: ofEvent = alone, frame: ofFrame = alone } = change;
  const [server, client] = HOSTS.map((host) => rewritten(pcaps[host], host, ofFrame));
  return {
    events: renumbered(events.flatMap(ofEvent)),
    pcaps: { server: server ?? Buffer.alloc(0), client: client ?? Buffer.alloc(0) },
  };
}

const alone = <T>(one: T): T[] => [one];

/** A forger knows that verdicts point at events. */
function renumbered(events: readonly LabEvent[]): LabEvent[] {
  const now = new Map(events.map(({ seq: was }, seq) => [was, seq]));
  return events.map((event, seq) =>
    event.type === 'verdict'
      ? { ...event, seq, by: event.by.map((was) => now.get(was) ?? was) }
      : { ...event, seq },
  );
}

function rewritten(file: Buffer, host: HostName, change: (frame: Loose) => Loose[]): Buffer {
  const { frames } = readPcap(file);
  const loose = frames.flatMap(({ index, time, data }) =>
    change({ host, index, time, data: Buffer.from(data) }),
  );
  return Buffer.concat([file.subarray(0, 24), ...loose.map(record)]);
}

/** As tcpdump writes it with --time-stamp-precision=nano on a little-endian machine. */
function record({ time, data }: Loose): Buffer {
  const header = Buffer.alloc(16);
  header.writeUInt32LE(Number(time / 1_000_000_000n), 0);
  header.writeUInt32LE(Number(time % 1_000_000_000n), 4);
  header.writeUInt32LE(data.length, 8);
  header.writeUInt32LE(data.length, 12);
  return Buffer.concat([header, data]);
}

/** Where IPv4 begins in an Ethernet frame, and TCP where it has no options. */
export const IP = 14;
export const TCP = 34;

export const isTcp = ({ data }: Loose): boolean =>
  data.readUInt16BE(12) === 0x0800 && data.readUInt8(IP + 9) === 6;

/** Makes a frame's checksums those of its octets. */
export function signed(frame: Loose): Loose {
  const { data } = frame;
  data.writeUInt16BE(0, IP + 10);
  data.writeUInt16BE(internetChecksum(data.subarray(IP, TCP)), IP + 10);
  const tcp = data.subarray(TCP, IP + data.readUInt16BE(IP + 2));
  tcp.writeUInt16BE(0, 16);
  const pseudo = Buffer.alloc(12);
  data.copy(pseudo, 0, IP + 12, IP + 20);
  pseudo.writeUInt8(6, 9);
  pseudo.writeUInt16BE(tcp.length, 10);
  tcp.writeUInt16BE(internetChecksum(Buffer.concat([pseudo, tcp])), 16);
  return frame;
}

/** Changes frames, and makes their events say what the frames say now, as who forges both would. */
export function reread(recorded: Recorded, change: (frame: Loose) => Loose[]): Recorded {
  const { pcaps } = changed(recorded, { frame: change });
  const { server, client } = historyOf(recorded.events).hosts;
  const bodies = new Map(
    [server, client].flatMap((about) => {
      if (about === undefined) return [];
      const { linkType, frames } = readPcap(pcaps[about.host]);
      return frames.map((frame) => {
        const body = eventOfFrame(frame, linkType, about);
        return [`${about.host} ${frame.index}`, body] as const;
      });
    }),
  );
  const again = (event: LabEvent): LabEvent[] => {
    if (event.type !== 'packet' && event.type !== 'marker') return [event];
    const { seq, t, step } = event;
    const body = bodies.get(`${event.host} ${event.frame}`);
    return body === undefined ? [] : [{ seq, t, ...(step === undefined ? {} : { step }), ...body }];
  };
  return { events: changed(recorded, { event: again }).events, pcaps };
}

/** So many of each packet, frame and event (0: left out), numbered as if it had always been so. */
export const times = (
  recorded: Recorded,
  howOften: (packet: EventOf<'packet'>) => number,
): Recorded => framesTimes(recorded, (event) => (event.type === 'packet' ? howOften(event) : 1));

/** The same of markers, too. */
export function framesTimes(
  recorded: Recorded,
  howOften: (event: EventOf<'packet'> | EventOf<'marker'>) => number,
): Recorded {
  const counts = new Map<string, number>();
  for (const event of recorded.events)
    if (event.type === 'packet' || event.type === 'marker')
      counts.set(`${event.host} ${event.frame}`, howOften(event));
  const countOf = (host: HostName, frame: number): number => counts.get(`${host} ${frame}`) ?? 1;
  const last: Record<HostName, number> = { server: 0, client: 0 };
  return changed(recorded, {
    event: (event) => {
      if (event.type !== 'packet' && event.type !== 'marker') return [event];
      const { host, frame } = event;
      return Array.from({ length: countOf(host, frame) }, () => ({
        ...event,
        frame: ++last[host],
      }));
    },
    frame: (frame) => Array<Loose>(countOf(frame.host, frame.index)).fill(frame),
  });
}

/** What a table of forgeries is made of. */
import type { EventOf, LabEvent } from '../../evidence/events.ts';
import type { Segment } from '../../tcp/segment.ts';
import type { State } from '../../tcp/states/state.ts';
import { changed, isTcp, signed, TCP, type Loose, type Recorded } from './forge.fixture.ts';

/** The labs whose runs are forged. */
export type Name = 'time-wait' | 'forged-reset' | 'half-close' | 'old-duplicate-syn' | 'wrong-port';

export type EventChange = (event: LabEvent) => LabEvent[];
export type Change = Parameters<typeof changed>[1];
export interface Forgery {
  what: string;
  of?: Name;
  /** The invariant that must tell it. */
  breaks: string;
  change?: Change | ((recorded: Recorded) => Change);
  /** Instead: what is no change of an event or a frame alone. */
  forge?: (recorded: Recorded) => Recorded;
}

/**
 * How a refusal reads: where, what was found there, and what does not hold. Where something is missing
 * nobody can say.
 */
export const readsSo = (invariant: string): RegExp => {
  const where = ['captures-are-marked', 'programs'].includes(invariant)
    ? ''
    : '(events?|frame) \\d+.*: ';
  return new RegExp(`^${where}\\S.*; ${invariant}: \\S`, 's');
};

/** The n-th event of a kind that looks so, changed; the others stay. */
export const the = <T extends LabEvent['type']>(
  type: T,
  which: (event: EventOf<T>) => boolean,
  into: (event: EventOf<T>) => LabEvent[] | LabEvent,
  n = 0,
): EventChange => {
  let seen = 0;
  return (event) =>
    event.type === type && which(event as EventOf<T>) && seen++ === n
      ? [into(event as EventOf<T>)].flat()
      : [event];
};

export const any = (): boolean => true;
export const all =
  <T extends LabEvent['type']>(
    type: T,
    into: (event: EventOf<T>) => LabEvent[] | LabEvent,
    which: (event: EventOf<T>) => boolean = any,
  ): EventChange =>
  (event) =>
    event.type === type && which(event as EventOf<T>)
      ? [into(event as EventOf<T>)].flat()
      : [event];

export const isSegment = ({ segment }: EventOf<'packet'>): boolean => segment !== undefined;
export const withFlags =
  (flags: string, direction?: 'in' | 'out') =>
  (packet: EventOf<'packet'>): boolean =>
    packet.segment?.flags === flags && (direction === undefined || packet.direction === direction);
/** The same packet with other fields of its segment. */
export const withSegment =
  (fields: Partial<Segment>) =>
  (packet: EventOf<'packet'>): LabEvent =>
    packet.segment === undefined
      ? packet
      : { ...packet, segment: { ...packet.segment, ...fields } };

export const HOUR = 3600e9;

/** Every frame's octets that are a segment's, changed, with its checksums. */
export const segments =
  (into: (data: Buffer, frame: Loose) => void) =>
  (frame: Loose): Loose[] => {
    if (!isTcp(frame)) return [frame];
    into(frame.data, frame);
    return [signed(frame)];
  };

/** In a sample's rows and their lines. */
export const spelled =
  (from: string, to: string) =>
  (event: LabEvent): LabEvent =>
    JSON.parse(JSON.stringify(event).replaceAll(from, to)) as LabEvent;

export const isShown =
  (state: State) =>
  ({ rows }: EventOf<'sample'>): boolean =>
    rows.some((row) => row.state === state);

/** What `ss` shows as one state it shows as another one, line and row alike. */
export const shownAs =
  (state: State, line: string, other: State, otherLine: string) =>
  (event: LabEvent): LabEvent =>
    spelled(
      `"state":"${state}"`,
      `"state":"${other}"`,
    )(spelled(`"line":"${line} `, `"line":"${otherLine} `)(event));

export const NOT_READ = (t: number): LabEvent => ({
  seq: 0,
  t,
  type: 'note',
  text: "the kernel's tracepoint is not read: {why}",
  params: { why: { text: 'only root may read it' } },
  absent: 'tracepoint',
});

export function sysctl(name: string, value?: string): (host: EventOf<'host'>) => EventOf<'host'> {
  return (host) => {
    const others = Object.entries(host.sysctls).filter(([one]) => one !== name);
    const it = value === undefined ? [] : [[name, value] as const];
    return { ...host, sysctls: Object.fromEntries([...others, ...it]) };
  };
}

/** Where the octets of a segment's timestamp value begin. */
export function timestampIn(data: Buffer): number | undefined {
  const end = TCP + (data.readUInt8(TCP + 12) >> 4) * 4;
  for (let at = TCP + 20; at + 1 < end;) {
    const kind = data.readUInt8(at);
    if (kind === 8) return at + 2;
    at += kind <= 1 ? 1 : Math.max(data.readUInt8(at + 1), 2);
  }
  return undefined;
}

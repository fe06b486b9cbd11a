import type { EventOf, HostName } from '../evidence/events.ts';
import { edgeName } from '../tcp/states/edges.ts';
import type { Endpoint } from '../tcp/segment.ts';
import type { NoEdgeReason } from '../evidence/expectations.ts';
import { edgesShown, isShown, readChanges } from './edges.ts';
import { historyOf } from './history.ts';
import {
  clientRow,
  CONNECTION,
  packet,
  sample,
  serverRow,
  stream,
  type Entry,
} from '../expect/script.fixture.ts';

export const LISTENER = 'LISTEN 0 5 10.0.0.1:6000 0.0.0.0:* ino:9 sk:1';
export const request = serverRow('SYN-RECV 0 0', 'timer:(on,900ms,0) ino:0 sk:2');
export const established = serverRow('ESTAB 0 0', 'ino:7 sk:2');

/** The edges that a run shows. */
export const names = (...entries: Entry[]): string[] =>
  edgesShown(historyOf(stream(...entries))).map(({ edge }) => edgeName(edge));

/** Why the changes are no edges. */
export const whys = (...entries: Entry[]): NoEdgeReason[] =>
  [...readChanges(historyOf(stream(...entries)))].flatMap((reading) =>
    isShown(reading) ? [] : [reading.why],
  );

/** The client's end in one state and, 100 ms later, in another; gone without a row. */
export const client = (was: string, is?: string): Entry[] => [
  sample(0, 'client', ...(was === '' ? [] : [clientRow(was, 'ino:5 sk:3')])),
  sample(100, 'client', ...(is === undefined ? [] : [clientRow(is, 'ino:5 sk:3')])),
];

/** A segment that the client receives, or sends, between the two. */
export const got = (ms: number, flags: string, seq: number, ack?: number): Entry =>
  packet(ms, 'client', 'server', flags, seq, ack === undefined ? {} : { ack });
export const sent = (ms: number, flags: string, seq: number, ack?: number): Entry =>
  packet(ms, 'client', 'client', flags, seq, ack === undefined ? {} : { ack });

/** A segment passes its host's queue: the wire was held before. */
export const passes = (ms: number, { body }: Entry): Entry => {
  if (body.type !== 'packet' || body.segment === undefined) throw new Error('no segment');
  const { host, segment } = body;
  return { ms, body: { type: 'wire', phase: 'passes', host, id: 1, segment } };
};

/** A segment that came in at the client is taken away before its TCP sees it. */
export const lost = (ms: number, came: Entry): Entry => {
  const { body } = came;
  if (body.type !== 'packet' || body.segment === undefined) throw new Error('no segment');
  const { host, segment } = body;
  return { ms, body: { type: 'wire', phase: 'lost', host, id: 1, segment } };
};

export const transition = (
  ms: number,
  from: EventOf<'transition'>['from'],
  to: EventOf<'transition'>['to'],
  {
    host = 'client',
    local = CONNECTION.client,
    peer = CONNECTION.server,
  }: { host?: HostName; local?: Endpoint; peer?: Endpoint } = {},
): Entry => ({
  ms,
  body: { type: 'transition', host, local, peer, from, to, pid: 1, command: 'node' },
});

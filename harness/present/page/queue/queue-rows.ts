import type { HostName } from '../../../evidence/events.ts';
import { acceptQueuesOf, isUsed, type AcceptQueue } from '../../../history/accept-queue.ts';
import type { History } from '../../../history/history.ts';
import type { LadderConnection } from '../../ladder/types.ts';

/** A listener's accept queue has become longer or shorter, or its backlog another one. */
export interface QueueRow {
  kind: 'queue';
  t: number;
  seq: number;
  host: HostName;
  /** The listener's. */
  port: number;
  length: number;
  backlog: number;
  /** A listener belongs to no connection. */
  connection?: undefined;
}

/** The queues in which connections have waited. */
export const usedQueues = (history: History): AcceptQueue[] =>
  acceptQueuesOf(history).filter(isUsed);

/** How they changed, in order of time; of the listener of one connection, or of all. */
export function queueRows(history: History, connection: LadderConnection | undefined): QueueRow[] {
  const queues = usedQueues(history).filter(
    ({ host, local }) => connection === undefined || connection[host].port === local.port,
  );
  return queues.flatMap(({ host, local: { port }, readings }) =>
    readings.flatMap(({ t, event: seq, length, backlog }, n): QueueRow[] => {
      const before = readings[n - 1];
      if (before?.length === length && before.backlog === backlog) return [];
      return [{ kind: 'queue', t, seq, host, port, length, backlog }];
    }),
  );
}

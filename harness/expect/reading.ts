import type { EventOf, HostName, LabEvent } from '../evidence/events.ts';

/** What an operation of the host's agent (`counters`, `netstat`) gave when it was last asked. */
export const lastReading = (
  events: readonly LabEvent[],
  host: HostName,
  op: string,
): EventOf<'action'> | undefined =>
  events.findLast(
    (event): event is EventOf<'action'> =>
      event.type === 'action' &&
      event.op === op &&
      event.phase === 'end' &&
      event.host === host &&
      typeof event.value === 'object' &&
      event.value !== null,
  );

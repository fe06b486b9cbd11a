import type { HostName, LabEvent } from '../evidence/events.ts';
import { failed, met, type Expectation } from './expectation.ts';

/** A counter of the host's TCP (nstat(8), /proc/net/netstat) at its last reading. */
export function counterIs(host: HostName, name: string, wanted: number): Expectation<number> {
  return {
    text: `${name} at ${wanted} (${host})`,
    within: 0,
    watches: [],
    evaluate: ({ events }) => {
      const reading = events.findLast(
        (event) =>
          event.type === 'action' &&
          event.op === 'counters' &&
          event.phase === 'end' &&
          event.host === host,
      );
      const value = reading === undefined ? undefined : valueOf(reading, name);
      if (reading === undefined || value === undefined) return failed('no such counter', []);
      return value === wanted
        ? met(value, String(value), [reading.seq])
        : failed(String(value), [reading.seq]);
    },
  };
}

function valueOf(event: LabEvent, name: string): number | undefined {
  if (event.type !== 'action' || typeof event.value !== 'object' || event.value === null)
    return undefined;
  const value = (event.value as Record<string, unknown>)[name];
  return typeof value === 'number' ? value : undefined;
}

import type { HostName } from '../evidence/events.ts';
import { failed, met, type Expectation } from './expectation.ts';
import { of } from './format.ts';
import { lastReading } from './reading.ts';

/** A counter of the host's TCP (nstat(8), /proc/net/netstat, /proc/net/snmp) at its last reading. */
export function counterIs(host: HostName, name: string, wanted: number): Expectation<number> {
  return {
    text: `${of(host)} ${name} to be ${wanted}`,
    within: 0,
    watches: [],
    evaluate: ({ events }) => {
      const reading = lastReading(events, host, 'counters');
      if (reading === undefined) return failed('no reading of the counters', []);
      const value = (reading.value as Record<string, unknown>)[name];
      if (typeof value !== 'number') return failed('no such counter', [reading.seq]);
      return value === wanted
        ? met(value, String(value), [reading.seq])
        : failed(String(value), [reading.seq]);
    },
  };
}

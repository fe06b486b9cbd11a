import type { HostName } from '../../evidence/events.ts';
import { failed, met, type Expectation } from '../expectation.ts';

/** A counter of the host's TCP (nstat(8), /proc/net/netstat, /proc/net/snmp) at its last reading. */
export function counterIs(
  host: HostName,
  name: string,
  value: number,
): Expectation<number, 'counter'> {
  return {
    kind: 'counter',
    params: { host, name, value },
    within: 0,
    watches: [],
    heeds: ['action'],
    stated:
      ({ history }) =>
      () => {
        const reading = history.lab.counters[host];
        if (reading === undefined) return failed({}, []);
        const seen = reading.value[name];
        if (seen === undefined) return failed({ value: null }, [reading.seq]);
        return seen === value
          ? met(seen, { value: seen }, [reading.seq])
          : failed({ value: seen }, [reading.seq]);
      },
  };
}

import type { EventOf, LabEvent } from '../evidence/events.ts';
import type { Lab } from '../vocabulary/define.ts';
import { sysctlsOf, WALKED } from './sysctls.ts';

/**
 * Where a recorded host is not the one that the lab wants: the event that says so, and what it says.
 * A run reads back what it has pinned, and does not begin when that differs.
 */
export function notPinned(
  lab: Lab,
  events: readonly LabEvent[],
): { event: number; found: string } | undefined {
  const walked = events.some((event) => event.type === 'run' && event.walked === true);
  const sysctls = sysctlsOf(lab.sysctls, walked ? WALKED : {});
  const hosts = events.filter((event): event is EventOf<'host'> => event.type === 'host');
  for (const { seq, host, sysctls: said, route } of hosts) {
    for (const [name, value] of Object.entries(sysctls[host])) {
      const found = said[name];
      if (found !== value)
        return { event: seq, found: `${name} is '${found ?? ''}', not '${value}'` };
    }
    const [, rtoMin] = / rto_min (?:lock )?(\S+)/.exec(route) ?? [];
    if ((rtoMin === undefined) !== (lab.rtoMin === undefined))
      return { event: seq, found: `the route is '${route}'` };
  }
  return undefined;
}

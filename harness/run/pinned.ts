import type { EventOf, LabEvent } from '../evidence/events.ts';
import type { Lab } from '../vocabulary/define.ts';
import { sysctlsOf, WALKED } from './sysctls.ts';
import { told, type Told } from '../told.ts';

/**
 * Where a recorded host is not the one that the lab wants: the event that says so, and what it says.
 * A run reads back what it has pinned, and does not begin when that differs.
 */
export function notPinned(
  lab: Lab,
  events: readonly LabEvent[],
): { event: number; found: Told } | undefined {
  const walked = events.some((event) => event.type === 'run' && event.walked === true);
  const sysctls = sysctlsOf(lab.sysctls, walked ? WALKED : {});
  const hosts = events.filter((event): event is EventOf<'host'> => event.type === 'host');
  for (const { seq, host, sysctls: said, route } of hosts) {
    for (const [name, value] of Object.entries(sysctls[host])) {
      const found = said[name];
      if (found !== value) {
        const params = { name, value: found ?? '', wanted: value };
        return { event: seq, found: told("{name} is '{value}', not '{wanted}'", params) };
      }
    }
    const [, rtoMin] = / rto_min (?:lock )?(\S+)/.exec(route) ?? [];
    if ((rtoMin === undefined) !== (lab.rtoMin === undefined))
      return { event: seq, found: told("the route is '{route}'", { route }) };
  }
  return undefined;
}

import type { EventOf, HostName, LabEvent } from '../evidence/events.ts';
import type { Lab } from '../vocabulary/define.ts';
import { sysctlsOf, WALKED } from './sysctls.ts';
import { milliseconds } from '../vocabulary/within.ts';
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
        return {
          event: seq,
          found: otherwise(host, told("{name} is '{value}', not '{wanted}'", params)),
        };
      }
    }
    const [, rtoMin] = / rto_min (?:lock )?(\S+)/.exec(route) ?? [];
    const found = otherTimeout(rtoMin, lab.rtoMin);
    if (found !== undefined) return { event: seq, found: otherwise(host, found) };
  }
  return undefined;
}

const otherwise = (host: HostName, what: Told): Told =>
  told("the {host}'s settings when it was recorded are not those of the lab: {what}", {
    host: told(host),
    what,
  });

/** `ip route` tells a time in its own way. */
function otherTimeout(found: string | undefined, wanted: string | undefined): Told | undefined {
  if (found === undefined && wanted !== undefined)
    return told("there is no rto_min, and the lab's 'rtoMin' is {value}", { value: wanted });
  if (found !== undefined && wanted === undefined)
    return told("rto_min is {value}, and the lab has no 'rtoMin'", { value: found });
  if (found === undefined || wanted === undefined || milliseconds(found) === milliseconds(wanted))
    return undefined;
  return told("rto_min is {value}, and the lab's 'rtoMin' is {wanted}", { value: found, wanted });
}

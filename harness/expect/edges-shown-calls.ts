import type { EventOf, LabEvent } from '../evidence/events.ts';
import type { Step } from '../history/sockets.ts';

type Call = EventOf<'call'>;

/** These say that it goes on. */
const GOES_ON = ['EINPROGRESS', 'EALREADY', 'EAGAIN', 'EINTR'];

/** Did a program that held the socket give it up, not told by any call that it was lost already? */
export function wasClosed(step: Step, events: readonly LabEvent[]): boolean {
  if (step.was === undefined || step.was.processes.length === 0) return false;
  const holders = programsOf(step, events);
  const meanwhile = events.filter(
    (event): event is Call | EventOf<'exit'> =>
      (event.type === 'call' || event.type === 'exit') &&
      event.host === step.host &&
      holders.has(event.program) &&
      event.t >= step.before.began &&
      event.t <= step.after.ended,
  );
  const isLost = (event: (typeof meanwhile)[number]): boolean =>
    event.type === 'call' && event.code !== undefined && !GOES_ON.includes(event.code);
  const isClosing = (event: (typeof meanwhile)[number]): boolean =>
    event.type === 'exit' || ['close', 'shutdown'].includes(event.call);
  return meanwhile.some(isClosing) && !meanwhile.some(isLost);
}

function programsOf({ host, was }: Step, events: readonly LabEvent[]): ReadonlySet<number> {
  const pids = new Set(was?.processes.map(({ pid }) => pid));
  return new Set(
    events.flatMap((event) =>
      event.type === 'program' && event.host === host && pids.has(event.pid) ? [event.program] : [],
    ),
  );
}

/** Did the timer that `ss` showed last run out before the next sample? */
export function timedOut({ was, before, after }: Step): boolean {
  if (was?.timer === undefined) return false;
  return before.began + (was.timer.expiresMs ?? 0) * 1e6 <= after.ended;
}

import type { EventOf, LabEvent } from '../../evidence/events.ts';

const ms = (ns: number): number => ns / 1e6;

/** Milliseconds of the lab's own code: from its first action or expectation to the end of the run. */
export function labTime(events: readonly LabEvent[]): number {
  const first = events.find(
    ({ type }) => type === 'action' || type === 'step' || type === 'expect',
  );
  const last = events.findLast(({ type }) => type === 'verdict' || type === 'action');
  return ms((last?.t ?? 0) - (first?.t ?? 0));
}

/** Milliseconds from the lab's order to start a program to the return of its listen(), each. */
export function listenTimes(events: readonly LabEvent[]): number[] {
  return events
    .filter((event): event is EventOf<'call'> => isReturnOf(event, 'listen') && event.result === 0)
    .flatMap((listened) => {
      const order = events.find(
        (event) =>
          event.type === 'action' &&
          event.op === 'run' &&
          event.phase === 'begin' &&
          (event.args as { program: number; name: string }).program === listened.program &&
          (event.args as { name: string }).name !== 'socket-shell',
      );
      return order === undefined ? [] : [ms(listened.t - order.t)];
    });
}

/** Milliseconds of the longest call that the kernel let fail with ETIMEDOUT; 0 without one. */
export function longestTimeout(events: readonly LabEvent[]): number {
  const waits = events
    .filter(
      (event): event is EventOf<'call'> => event.type === 'call' && event.code === 'ETIMEDOUT',
    )
    .map((ended) => {
      const entered = events.findLast(
        (event) =>
          event.seq < ended.seq &&
          event.type === 'call' &&
          event.phase === 'enter' &&
          event.program === ended.program &&
          event.call === ended.call,
      );
      return entered === undefined ? 0 : ms(ended.t - entered.t);
    });
  return Math.max(0, ...waits);
}

function isReturnOf(event: LabEvent, call: string): event is EventOf<'call'> & LabEvent {
  return event.type === 'call' && event.phase === 'return' && event.call === call;
}

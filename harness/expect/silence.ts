import { HOSTS, type LabEvent } from '../evidence/events.ts';
import { carried, type Link } from './carried.ts';
import type { Flow } from '../history/connection.ts';
import { failed, met, pending, type Evaluation, type Expectation } from './expectation.ts';
import { span } from './format.ts';
import { describeSegment, findSegments, parsePattern } from './pattern.ts';

/**
 * No segment of the flow that looks like the pattern's one line (without a line: none at all), in
 * either capture, for `ms` from now: met when that time has passed, failed at once when one comes.
 */
export function silence(
  flow: Flow,
  link: Link,
  line: string | undefined,
  ms: number,
): Expectation<undefined> {
  const find = finder(flow, link, line);
  return {
    text: `no ${segmentLike(flow, line)} for ${span(ms)}`,
    within: ms,
    watches: [],
    heeds: ['packet'],
    // What had happened before may still arrive: it is not meant.
    evaluate: ({ events, from, since, over }) =>
      find(
        events.slice(from).filter(({ t }) => t >= since),
        over,
      ),
  };
}

/** No such segment in either capture from the beginning of the run until now. */
export function never(flow: Flow, link: Link, line?: string): Expectation<undefined> {
  const find = finder(flow, link, line);
  return {
    text: `no ${segmentLike(flow, line)} so far`,
    within: 0,
    watches: [],
    heeds: ['packet'],
    evaluate: ({ events, over }) => (over ? find(events, over) : pending),
  };
}

const segmentLike = ({ serverPort }: Flow, line: string | undefined): string =>
  line === undefined
    ? `segment to or from port ${serverPort}`
    : `'${oneLine(line.trim())}' on the wire`;

function finder(flow: Flow, link: Link, line: string | undefined) {
  const pattern = line === undefined ? undefined : parsePattern(line);
  return (events: readonly LabEvent[], over: boolean): Evaluation<undefined> => {
    for (const host of HOSTS) {
      const all = carried(events, host, flow, link);
      const [segment] = pattern === undefined ? all : findSegments(pattern, all);
      if (segment !== undefined) {
        return failed(`${oneLine(describeSegment(segment))}, in the ${host}'s capture`, [
          segment.event,
        ]);
      }
    }
    return over ? met(undefined, 'none', []) : pending;
  };
}

const oneLine = (text: string): string => text.trim().replace(/\s+/g, ' ');

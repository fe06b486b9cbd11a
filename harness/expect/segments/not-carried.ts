import { HOSTS, type HostName } from '../../evidence/events.ts';
import type { Packet } from '../../history/capture.ts';
import type { Flow } from '../../history/connection.ts';
import { failed, met, pending, type Expectation, type Statement } from '../expectation.ts';
import { findSegments, formatPattern, parsePattern } from './pattern.ts';

/**
 * No segment of the flow that looks like the pattern's one line (without a line: none at all), in
 * either capture, for `ms` from now: met when that time has passed, failed at once when one comes.
 */
export const silence = (
  flow: Flow,
  line: string | undefined,
  ms: number,
): Expectation<undefined, 'not-carried'> => notCarried(flow, line, ms);

/** No such segment in either capture from the beginning of the run until now. */
export const never = (flow: Flow, line?: string): Expectation<undefined, 'not-carried'> =>
  notCarried(flow, line, undefined);

function notCarried(
  flow: Flow,
  line: string | undefined,
  ms: number | undefined,
): Expectation<undefined, 'not-carried'> {
  const pattern = line === undefined ? undefined : parsePattern(line);
  // What is wrong with it is said where the lab has it, not when the first segment comes.
  if (pattern !== undefined) findSegments(pattern, []);
  const asked = {
    ...(pattern && { line: formatPattern(pattern) }),
    ...(ms === undefined ? {} : { ms }),
  };
  const find = (packets: readonly Packet[]): Packet | undefined =>
    pattern === undefined ? packets[0] : (findSegments(pattern, packets)[0] as Packet | undefined);
  return {
    kind: 'not-carried',
    params: { flow, ...asked },
    within: ms ?? 0,
    watches: [],
    heeds: ['packet'],
    stated: (statement) => {
      const lists = HOSTS.map((host) => new Fresh(statement, host, flow, ms === undefined));
      return (over) => {
        if (ms === undefined && !over) return pending;
        for (const { host, fresh } of lists) {
          const found = find(fresh());
          if (found !== undefined) return failed({ capture: host }, [found.event]);
        }
        return over ? met(undefined, {}, []) : pending;
      };
    },
  };
}

/** A capture's segments of a flow, handed out once each: `ever`, or those since the statement. */
class Fresh {
  readonly host: HostName;
  readonly #statement: Statement;
  readonly #flow: Flow;
  readonly #ever: boolean;
  #next = 0;

  constructor(statement: Statement, host: HostName, flow: Flow, ever: boolean) {
    this.#statement = statement;
    this.host = host;
    this.#flow = flow;
    this.#ever = ever;
    if (!ever) this.#next = this.#all().findLastIndex(({ event }) => event < statement.from) + 1;
  }

  readonly fresh = (): Packet[] => {
    const all = this.#all();
    const fresh = all.slice(this.#next);
    this.#next = all.length;
    // What had happened before may still arrive: it is not meant.
    return this.#ever ? fresh : fresh.filter(({ t }) => t >= this.#statement.since);
  };

  #all(): readonly Packet[] {
    return this.#statement.history.captures[this.host].of(this.#flow);
  }
}

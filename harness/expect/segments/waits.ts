import type { HostName } from '../../evidence/events.ts';
import { connectionOfSegment, flowOf, type Flow } from '../../history/connection.ts';
import { areAmong } from '../../tcp/frame/flags.ts';
import { failed, met, pending, PATIENCE, type Expectation } from '../expectation.ts';

/**
 * A segment of a host's waits on the held wire; with `flags` one that has them (tcpdump's letters,
 * `S.|.` either), with `flow` one of that flow. Met at once by one that waits already, and else by the
 * first that comes: a kernel may put an ACK off. The value: its number.
 */
export function waits(host: HostName, flags?: string, flow?: Flow): Expectation<number, 'waits'> {
  return {
    kind: 'waits',
    params: { host, ...(flags === undefined ? {} : { flags }), ...(flow && { flow }) },
    within: PATIENCE,
    watches: [],
    heeds: ['wire'],
    stated:
      ({ history }) =>
      (over) => {
        const all = history.waiting.at(host);
        const one = all.find(
          ({ packet: { segment } }) =>
            (flags === undefined || areAmong(segment.flags, flags)) &&
            (flow === undefined || isOf(flow, flowOf(connectionOfSegment(segment, host)))),
        );
        if (one !== undefined) return met(one.id, {}, [one.packet.event]);
        if (!over) return pending;
        const misses = all.map(({ packet: { event, segment } }) => ({
          event,
          differs: [{ field: 'flags', expected: flags ?? null, seen: segment.flags }],
        }));
        return failed(
          {},
          misses.map(({ event }) => event),
          misses,
        );
      },
  };
}

const isOf = (wanted: Flow, { serverPort, clientPort }: Flow): boolean =>
  serverPort === wanted.serverPort &&
  (wanted.clientPort === undefined || clientPort === wanted.clientPort);

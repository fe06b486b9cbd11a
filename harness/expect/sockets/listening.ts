import type { HostName } from '../../evidence/events.ts';
import type { Difference } from '../../evidence/expectations.ts';
import type { SocketRow } from '../../tcp/tables/ss.ts';
import { differing, met, pending, PATIENCE, type Expectation } from '../expectation.ts';
import { Looks, notSighted, seenSocket, type Sighting } from './sighting.ts';

export interface ListenerDetails {
  /** listen()'s number: `ss` shows it as Send-Q. */
  backlog?: number;
  /** Connections that nobody has accepted yet: Recv-Q. */
  queued?: number;
  /** A process that holds it. */
  pid?: number;
  within?: number;
}

/** A listener of a host on a port, at whatever address. */
export function listening(
  host: HostName,
  port: number,
  { within = PATIENCE, ...details }: ListenerDetails = {},
): Expectation<Sighting, 'listening'> {
  const { backlog, queued, pid } = details;
  const isListener = (row: SocketRow): boolean => row.state === 'LISTEN' && row.local.port === port;
  const differences = (row: SocketRow): Difference[] => {
    const pids = row.processes.map((process) => process.pid);
    return [
      ...differing('Send-Q', backlog, row.sendQ),
      ...differing('Recv-Q', queued, row.recvQ),
      ...(pid === undefined || pids.includes(pid) ? [] : differing('pid', pid, pids[0])),
    ];
  };
  const fits = (row: SocketRow): boolean => isListener(row) && differences(row).length === 0;
  return {
    kind: 'listening',
    params: { host, port, ...details },
    within,
    watches: [host],
    heeds: ['sample'],
    stated: (statement) => {
      const looks = new Looks(statement, host);
      return (over) => {
        for (const sample of looks.fresh()) {
          const row = sample.rows.find(fits);
          if (row === undefined) continue;
          const sighting = looks.sighting(sample, row, fits);
          return met(sighting, { socket: seenSocket(row) }, [sample.event]);
        }
        return over ? notSighted(looks.all, isListener, differences) : pending;
      };
    },
  };
}

import type { HostName } from '../evidence/events.ts';
import { sameEndpoint } from '../tcp/endpoint.ts';
import type { Endpoint, Segment } from '../tcp/segment.ts';
import type { SocketRow } from '../tcp/tables/ss.ts';

/** A connection, by its two ends. */
export interface Connection {
  server: Endpoint;
  client: Endpoint;
}

/** Segments between the hosts, told by ports: a connection, or all that go to one port. */
export interface Flow {
  serverPort: number;
  clientPort?: number;
}

/** The addresses of both ends of the wire. */
export type Link = Record<HostName, { address: string }>;

export const flowOf = (connection: Connection): Flow => ({
  serverPort: connection.server.port,
  clientPort: connection.client.port,
});

export const other = (host: HostName): HostName => (host === 'server' ? 'client' : 'server');

/** Is this row (or transition) `host`'s end of `connection`? */
export const isEnd = (
  row: Pick<SocketRow, 'local' | 'peer'>,
  host: HostName,
  connection: Connection,
): boolean =>
  sameEndpoint(row.local, connection[host]) && sameEndpoint(row.peer, connection[other(host)]);

/** The connection of which this row of `host` is an end. */
export const connectionOf = (
  { local, peer }: Pick<SocketRow, 'local' | 'peer'>,
  host: HostName,
): Connection =>
  host === 'server' ? { server: local, client: peer } : { server: peer, client: local };

/** The connection that a segment sent by this host belongs to. */
export const connectionOfSegment = ({ src, dst }: Segment, from: HostName): Connection =>
  connectionOf({ local: src, peer: dst }, from);

export const connectionKey = ({ server, client }: Connection): string =>
  `${server.address}:${server.port}-${client.address}:${client.port}`;

/** What one end of a connection is looked up by: both endpoints, the host's own first. */
export const endKey = (local: Endpoint, peer: Endpoint): string =>
  `${local.address} ${local.port} ${peer.address} ${peer.port}`;

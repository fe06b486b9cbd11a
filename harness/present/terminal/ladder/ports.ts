import type { LadderConnection } from '../../ladder/types.ts';

/** The column that tells whose each line is, where a ladder has several connections. */
export interface Ports {
  /** Its columns; 0 where the ladder has no need of it. */
  width: number;
  /** `41382`, the client's port; `7000>6001` where clients' ports alone do not tell connections apart. */
  of(connection: LadderConnection): string;
  ofBoth: boolean;
}

/** Connections one after the other on the same ports are told apart by their letters: `x`, `x2`. */
export function portsOf(all: readonly LadderConnection[]): Ports {
  const connections = all.filter((one) => !isInside(one));
  const tuples = new Set(connections.map(both));
  const clients = new Set(connections.map(client));
  const ofBoth = clients.size < tuples.size;
  const of = ofBoth ? both : client;
  const width = tuples.size < 2 ? 0 : Math.max(LEAST, ...connections.map((one) => of(one).length));
  return { width, of, ofBoth };
}

/** Two sockets of one host: they share its lane, in which the port of each is told. */
export const isInside = ({ server, client, apart }: LadderConnection): boolean =>
  apart !== true && server.port !== client.port && server.address === client.address;

const LEAST = 5;

const client = ({ client: { port } }: LadderConnection): string => String(port);
const both = ({ client: { port }, server }: LadderConnection): string => `${port}>${server.port}`;

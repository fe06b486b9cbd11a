import type { Carried } from './carried.ts';

/** The ports of a segment by the hosts they belong to. */
export function sidePorts({ segment: { src, dst }, from }: Carried): {
  clientPort: number;
  serverPort: number;
} {
  return from === 'client'
    ? { clientPort: src.port, serverPort: dst.port }
    : { clientPort: dst.port, serverPort: src.port };
}

/** The same for both directions of a connection. */
export function flowKey(carried: Carried): string {
  const { clientPort, serverPort } = sidePorts(carried);
  return `${clientPort} ${serverPort}`;
}

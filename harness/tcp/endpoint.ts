import type { Endpoint } from './segment.ts';

/**
 * An address as every witness names it: the IPv4 address where IPv6 notation only wraps one
 * (`::ffff:10.0.0.1`, RFC 4291 2.5.5.2), because the wire carries IPv4 there.
 */
export function plainAddress(address: string): string {
  return /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1] ?? address;
}

export const sameEndpoint = (a: Endpoint, b: Endpoint): boolean =>
  a.port === b.port && a.address === b.address;

/** `10.0.0.1:6000`; `*` for no port, as `ss` prints it. Where the port is not to be told, the address. */
export const endpointText = ({ address, port }: { address: string; port?: number }): string =>
  port === undefined ? address : `${address}:${port || '*'}`;

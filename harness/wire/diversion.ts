import type { Neighbour } from './neighbour.ts';

/**
 * Walking, one segment at a time: the route to the peer leads into a pair of devices (veth(4)) of
 * the host's own, as if it were the link. What the kernel sends goes in at `ENTRANCE` and is read at
 * `EXIT`, complete to the last octet, where the kernel itself has no use for it: it is addressed to
 * another. Put on the real link it is the frame that would have been there without us.
 */
export const ENTRANCE = 'walk0';
export const EXIT = 'walk1';

/** The link that is stood in for: what its device and its route say must be the same. */
export interface Link {
  /** This end's own addresses. */
  address: string;
  mac: string;
  mtu: number;
}

/** Lines of `ip -batch`: the pair, not yet used. */
export const makeDiversion = ({ mac, mtu }: Link): string[] => [
  `link add ${ENTRANCE} mtu ${mtu} address ${mac} type veth peer name ${EXIT} mtu ${mtu}`,
  `link set ${EXIT} up`,
  `link set ${ENTRANCE} up`,
];

/** From here on everything to the peer goes in there. */
export const divert = (
  peer: Omit<Neighbour, 'interface'>,
  { address }: Link,
  rtoMin?: string,
): string[] => [
  `neigh replace ${peer.address} lladdr ${peer.mac} dev ${ENTRANCE} nud permanent`,
  `route replace ${peer.address}/32 dev ${ENTRANCE} proto kernel scope link src ${address}${
    rtoMin === undefined ? '' : ` rto_min ${rtoMin}`
  }`,
];

/** The stand-in has the MTU of the link: segments are cut, and SYNs written, by it. */
export const mtuOf = (octets: number): string[] =>
  [ENTRANCE, EXIT].map((dev) => `link set ${dev} mtu ${octets}`);

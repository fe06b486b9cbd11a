/**
 * Carrying and holding by the neighbour table (arp(7), ip-neighbour(8)): while the peer's link
 * address is unknown, the kernel queues what the host sends. Nobody on the link answers ARP
 * (arp_ignore=8), so the address is known only when we say so.
 */
export interface Neighbour {
  address: string;
  mac: string;
  interface: string;
}

/** One line of `ip -batch` each. */
export const carry = (n: Neighbour): string =>
  `neigh replace ${n.address} lladdr ${n.mac} dev ${n.interface} nud permanent`;

export const hold = (n: Neighbour): string => `neigh del ${n.address} dev ${n.interface}`;

/**
 * Makes held packets wait however long: the kernel gives up on an address, and drops its queue,
 * after this many probes, one a second.
 */
export const patience = (iface: string): string =>
  `ntable change name arp_cache dev ${iface} mcast_probes 10000`;

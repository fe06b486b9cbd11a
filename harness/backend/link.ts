/** Name of the interface on the lab's link, in both hosts. */
export const INTERFACE = 'eth0';

/**
 * Addresses that no other lab on this kernel has at this time, so that the kernel's tracepoint,
 * which does not know namespaces, can be read by address: the inode of a living network namespace
 * is unique, and the kernel hands them out densely.
 */
export function addressesOf(inode: number): { server: string; client: string } {
  const network = `10.${(inode >> 8) & 0xff}.${inode & 0xff}`;
  return { server: `${network}.1`, client: `${network}.2` };
}

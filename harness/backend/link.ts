/** Name of the interface on the lab's link, in both hosts. */
export const INTERFACE = 'eth0';

/**
 * Addresses that no other lab on this kernel has at this time, so that the kernel's tracepoint,
 * which does not know namespaces, can be read by address: the inode of a living network namespace
 * is unique, and the kernel hands them out densely. (A socket without a process may keep one host's
 * namespace when the other's is gone already, and its inode given away: witness/own-sockets.ts.)
 */
export function addressesOf(inode: number): { server: string; client: string } {
  const network = `10.${(inode >> 8) & 0xff}.${inode & 0xff}`;
  return { server: `${network}.1`, client: `${network}.2` };
}

/**
 * A wire keeps the order of what is sent, a pair of devices (veth(4)) does not: what two CPUs send at
 * the same time two CPUs receive, and a FIN may overtake the ACK before it. So one CPU receives all:
 * the first (Documentation/networking/scaling.rst, RPS). To be set before there is a device.
 */
export const IN_ORDER = { sysctl: 'net.core.rps_default_mask', value: '1' } as const;

/** The same as sysctls of a container on a kernel of this version (uname(2)): Linux has it since 6.3. */
export function inOrder(kernel: string): Record<string, string> {
  const [major = 0, minor = 0] = kernel.split(/[.-]/, 2).map(Number);
  return major > 6 || (major === 6 && minor >= 3) ? { [IN_ORDER.sysctl]: IN_ORDER.value } : {};
}

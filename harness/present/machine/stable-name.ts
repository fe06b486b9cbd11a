import type { HostName } from '../../evidence/events.ts';

/** From here on the kernel chooses the ports of clients (ip_local_port_range). */
const EPHEMERAL = 32768;

/**
 * An expectation's text without what another run of the same lab has otherwise: addresses (their
 * host's name is put there), ports and process ids that the kernel chose, absolute sequence numbers.
 */
export function stableName(
  text: string,
  hosts: readonly { host: HostName; address: string }[],
): string {
  return hosts
    .reduce((named, { host, address }) => replaceAddress(named, address, host), text)
    .replace(/\b(server|client):(\d+)/g, (all, host: string, port: string) =>
      Number(port) < EPHEMERAL ? all : host,
    )
    .replace(/\b(seq|ack)=\d{5,}/g, '$1=*')
    .replace(/\b\d+\/node\b/g, '*/node');
}

/** Not where it is the beginning of a longer one. */
const replaceAddress = (text: string, address: string, host: HostName): string =>
  text.replace(new RegExp(`\\b${address.replaceAll('.', '\\.')}\\b`, 'g'), host);

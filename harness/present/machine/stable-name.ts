import type { HostName } from '../../evidence/events.ts';
import type { Asked } from '../../evidence/expectations.ts';
import type { History } from '../../history/history.ts';
import { english } from '../../texts/say.ts';
import { statementInWords } from '../../words/verdicts.ts';

/** From here on the kernel chooses the ports of clients (ip_local_port_range). */
const EPHEMERAL = 32768;

type Hosts = readonly { host: HostName; address: string }[];

/**
 * An expectation in words without what another run of the same lab has otherwise: addresses (their
 * host's name is put there), ports and process ids that the kernel chose, absolute sequence numbers.
 */
export const stableName = ({ kind, params }: Asked, hosts: Hosts, history: History): string =>
  statementInWords({ kind, params: stable(params, hosts) } as Asked, english, history);

function stable(value: unknown, hosts: Hosts): unknown {
  if (typeof value === 'string') return stableText(value, hosts);
  if (Array.isArray(value)) return value.map((one) => stable(one, hosts));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([name, one]) => name !== 'port' || !isChosen(one));
  return Object.fromEntries(entries.map(([name, one]) => [name, stable(one, hosts)]));
}

const isChosen = (port: unknown): boolean => Number(port) >= EPHEMERAL;

/** What a lab has typed, or netstat should print, has this run's numbers in its text. */
function stableText(text: string, hosts: Hosts): string {
  return hosts
    .reduce((named, { host, address }) => replaceAddress(named, address, host), text)
    .replace(/\b(server|client):(\d+)/g, (all, host: string, port: string) =>
      isChosen(port) ? host : all,
    )
    .replace(/\b(seq|ack)=\d{5,}/g, '$1=*')
    .replace(/\b\d+\/node\b/g, '*/node');
}

/** Not where it is the beginning of a longer one. */
const replaceAddress = (text: string, address: string, host: HostName): string =>
  text.replace(new RegExp(`\\b${address.replaceAll('.', '\\.')}\\b`, 'g'), host);

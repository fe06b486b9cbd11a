import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { getOffloads, setOffloads } from '../sys/ethtool.ts';
import { batch } from './ip.ts';
import type { LinkFacts, WorldFacts, WorldSpec } from './protocol.ts';
import type { Shell } from './shell.ts';
import { told, ToldError } from '../told.ts';

export const OFFLOADS = { tso: false, gso: false, gro: false, txChecksum: false };

/** Only IPv4 is spoken on the lab's link; otherwise router and listener discovery would chatter. */
function quieten(): void {
  try {
    setSysctl('net.ipv6.conf.all.disable_ipv6', '1');
  } catch {
    // A container may not write it: there the link has no address of IPv6's, and so nothing to say.
    // A kernel may have no IPv6.
  }
}

/** Pins this host's world, then reads back what it is: that goes into the evidence. */
export async function configure(shell: Shell, spec: WorldSpec): Promise<WorldFacts> {
  quieten();
  for (const [name, value] of Object.entries(spec.sysctls)) pin(name, value);
  for (const [name, value] of Object.entries(spec.ifKnown)) {
    try {
      if (sysctl(name) !== undefined) setSysctl(name, value);
    } catch {
      // A container may not write it; what it is is read back.
    }
  }
  const dev = spec.interface;
  const moves = [
    'link set lo up',
    ...(existsSync('/proc/sys/net/ipv6') ? [`link set ${dev} addrgenmode none`] : []),
    `address add ${spec.address}/32 dev ${dev}`,
    `link set ${dev} up`,
    `address show dev ${dev}`,
  ];
  const shown = await batch(shell, moves, '-json');
  setOffloads(dev, OFFLOADS);
  return {
    ...linkFacts(dev, shown),
    sysctls: readBack(Object.keys(spec.sysctls)),
    offloads: { ...getOffloads(dev) },
  };
}

/** The other host. */
export interface Peer {
  address: string;
  mac: string;
  /** This host's own device that leads there. */
  interface: string;
}

/** A route to the peer, whose link address is known, and to nobody else; returns it as ip(8) prints it. */
export async function routeToPeer(
  shell: Shell,
  to: { own: string; peer: Peer; rtoMin?: string },
): Promise<string> {
  const { own, peer, rtoMin } = to;
  const dev = peer.interface;
  const moves = [
    `address flush dev ${dev}`,
    `address add ${own} peer ${peer.address}/32 dev ${dev}`,
  ];
  if (rtoMin !== undefined) {
    moves.push(
      `route change ${peer.address}/32 dev ${dev} proto kernel scope link src ${own} rto_min ${rtoMin}`,
    );
  }
  const shown = await batch(shell, [
    ...moves,
    `neigh replace ${peer.address} lladdr ${peer.mac} dev ${dev} nud permanent`,
    'route show',
  ]);
  return shown.trim().replace(/\s+/g, ' ');
}

function linkFacts(dev: string, shown: string): LinkFacts {
  const [link] = JSON.parse(shown) as [IpLink];
  const ipv4 = link.addr_info.find(({ family }) => family === 'inet');
  if (ipv4 === undefined)
    throw new ToldError(told('{device} has no IPv4 address', { device: dev }));
  return { address: ipv4.local, mac: link.address, interface: dev, mtu: link.mtu };
}

/** Of `ip -json address show`. */
interface IpLink {
  address: string;
  mtu: number;
  addr_info: { family: string; local: string }[];
}

const sysctlFile = (name: string): string => `/proc/sys/${name.replaceAll('.', '/')}`;

function pin(name: string, value: string): void {
  if (sysctl(name) === value) return;
  setSysctl(name, value);
  const after = sysctl(name);
  if (after !== value)
    throw new ToldError(
      told("sysctl {name} is '{value}' after setting it to '{wanted}'", {
        ...{ name, value: after ?? '', wanted: value },
      }),
    );
}

function setSysctl(name: string, value: string): void {
  writeFileSync(sysctlFile(name), value);
}

/** A sysctl's value with its blanks made single, as the kernel prints tabs; undefined where there is none. */
function sysctl(name: string): string | undefined {
  try {
    return readFileSync(sysctlFile(name), 'utf8').trim().replace(/\s+/g, ' ');
  } catch {
    return undefined;
  }
}

/** What a lab may depend on beside what it pins; not every kernel has every one. */
const WORTH_KNOWING = [
  'net.ipv4.tcp_syn_linear_timeouts',
  'net.ipv4.tcp_congestion_control',
  'net.ipv4.tcp_rto_max_ms',
];

function readBack(pinned: string[]): Record<string, string> {
  const facts: Record<string, string> = {};
  for (const name of [...pinned, ...WORTH_KNOWING]) {
    const value = sysctl(name);
    if (value !== undefined) facts[name] = value;
  }
  return facts;
}

/** Versions of what a host's evidence is made with, as the tools print them. */
export async function toolVersions(shell: Shell): Promise<Record<string, string>> {
  const version = (...argv: string[]): Promise<string> => shell.run(argv);
  const [ip, ss, netstat, tcpdump, nft] = await Promise.all([
    version('ip', '-V'),
    version('ss', '-V'),
    version('netstat', '--version').then((text) => text.split('\n')[0] ?? ''),
    version('tcpdump', '--version').then((text) => text.split('\n').slice(0, 2).join(', ')),
    version('nft', '--version'),
  ]);
  return { node: process.version, ip: ip.trim(), ss: ss.trim(), netstat, tcpdump, nft: nft.trim() };
}

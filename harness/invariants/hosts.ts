/** What is said of the hosts, against each other and against what was seen. */
import { isDeepStrictEqual } from 'node:util';
import { HOSTS } from '../evidence/events.ts';
import type { Invariant } from './evidence.ts';
import { told } from '../told.ts';

/** Both hosts run on one kernel, and their tools are those of one machine. */
const same: Invariant = {
  name: 'one-kernel',
  says: told('both hosts are of one kernel, with the same tools'),
  *check({ hosts: { server, client } }) {
    if (server.kernel !== client.kernel)
      yield { events: [server.seq, client.seq], found: `${server.kernel}, ${client.kernel}` };
    if (!isDeepStrictEqual(server.tools, client.tools))
      yield { events: [server.seq, client.seq], found: told('tools') };
  },
};

/** The link is as the harness makes it before anything runs. */
const link: Invariant = {
  name: 'link',
  says: told(
    "a host's only route leads to the other, and its device leaves nothing to the hardware",
  ),
  *check({ hosts }) {
    for (const host of HOSTS) {
      const { seq, address, interface: dev, route, offloads } = hosts[host];
      const peer = hosts[host === 'server' ? 'client' : 'server'].address;
      const wanted = new RegExp(
        `^${literal(peer)} dev ${literal(dev)} .*src ${literal(address)}( rto_min( lock)? \\S+)?$`,
      );
      if (!wanted.test(route)) yield { events: [seq], found: route };
      const on = Object.entries(offloads).filter(([, isOn]) => isOn);
      if (on.length > 0) yield { events: [seq], found: on.map(([name]) => name).join(' ') };
    }
  },
};

const literal = (text: string): string => text.replace(/[$()*+.?[\\\]^{|}]/g, '\\$&');

/** What mainline has since which release; distributions may have it earlier, none takes it out. */
const SINCE: readonly (readonly [sysctl: string, major: number, minor: number])[] = [
  ['net.ipv4.tcp_syn_linear_timeouts', 6, 5],
  ['net.ipv4.tcp_rto_max_ms', 6, 15],
];

/** A kernel of this release has these. */
const release: Invariant = {
  name: 'kernel',
  says: told('a kernel knows the sysctls that its release has'),
  *check({ hosts }) {
    for (const { seq, kernel, sysctls } of Object.values(hosts)) {
      const [, major, minor] = /^(\d+)\.(\d+)/.exec(kernel) ?? [];
      if (major === undefined) yield { events: [seq], found: kernel };
      const version = Number(major) * 1000 + Number(minor);
      for (const [name, first, second] of SINCE)
        if (version >= first * 1000 + second && sysctls[name] === undefined)
          yield { events: [seq], found: `${kernel}: ${name}` };
    }
  },
};

/** Whole numbers that the kernel takes (ip-sysctl.rst), where a lab computes with them. */
const RANGES: Readonly<Record<string, readonly [least: number, most: number]>> = {
  'net.ipv4.tcp_syn_retries': [1, 127],
  'net.ipv4.tcp_syn_linear_timeouts': [0, 127],
  'net.ipv4.tcp_rto_max_ms': [1000, 120_000],
};

/** Sysctls have values that the kernel takes, and what can be seen of them is seen. */
const sysctls: Invariant = {
  name: 'sysctls',
  says: told(
    'sysctls have values that a kernel takes, and the sockets that were seen keep to them',
  ),
  *check(evidence) {
    for (const { seq, sysctls } of Object.values(evidence.hosts)) {
      for (const [name, [least, most]] of Object.entries(RANGES)) {
        const value = sysctls[name];
        const isTaken = /^\d+$/.test(value ?? '0') && Number(value ?? least) >= least;
        if (value !== undefined && (!isTaken || Number(value) > most))
          yield { events: [seq], found: `${name}=${value}` };
      }
    }
    for (const { seq, host, rows } of evidence.of('sample')) {
      const known = evidence.hosts[host].sysctls;
      const congestion = known['net.ipv4.tcp_congestion_control'];
      const most = Number(known['net.core.somaxconn'] ?? Infinity);
      for (const { state, sendQ, info, line } of rows) {
        if (state === 'LISTEN' && sendQ > most) yield { events: [seq], found: line };
        // What `ss` says of it stands alone among its words.
        if (state === 'LISTEN' && congestion !== undefined && info[congestion] === undefined)
          yield { events: [seq], found: `${congestion}: ${line}` };
      }
    }
  },
};

export const ofHosts: readonly Invariant[] = [same, link, release, sysctls];

/** Forged hosts, and a forged order of the stream. */
import { all, any, sysctl, the, type Forgery } from './table.fixture.ts';

export const HOSTS: readonly Forgery[] = [
  // Hosts.
  {
    what: 'timestamps said to be off',
    breaks: 'syn-options',
    change: { event: all('host', sysctl('net.ipv4.tcp_timestamps', '0')) },
  },
  {
    what: 'selective acknowledgments said to be off',
    breaks: 'syn-options',
    change: { event: all('host', sysctl('net.ipv4.tcp_sack', '0')) },
  },
  {
    what: 'window scaling said to be off',
    breaks: 'syn-options',
    change: { event: all('host', sysctl('net.ipv4.tcp_window_scaling', '0')) },
  },
  {
    what: 'another congestion control',
    breaks: 'sysctls',
    change: { event: all('host', sysctl('net.ipv4.tcp_congestion_control', 'vegas')) },
  },
  {
    what: 'a backlog that the kernel would have cut',
    breaks: 'sysctls',
    change: { event: all('host', sysctl('net.core.somaxconn', '1')) },
  },
  {
    what: 'a sysctl that no kernel takes',
    breaks: 'sysctls',
    change: { event: all('host', sysctl('net.ipv4.tcp_syn_linear_timeouts', '1e9')) },
  },
  {
    what: "one host's kernel",
    breaks: 'one-kernel',
    change: { event: the('host', any, (h) => ({ ...h, kernel: '5.10.0' })) },
  },
  {
    what: 'the kernel of both, of a release that has what is not there',
    breaks: 'kernel',
    change: {
      event: all('host', (h) => sysctl('net.ipv4.tcp_rto_max_ms')({ ...h, kernel: '7.2.13' })),
    },
  },
  {
    what: "one host's tools",
    breaks: 'one-kernel',
    change: { event: the('host', any, (h) => ({ ...h, tools: {} })) },
  },
  {
    what: 'a route elsewhere',
    breaks: 'link',
    change: { event: the('host', any, (h) => ({ ...h, route: 'default via 10.0.0.1 dev eth0' })) },
  },
  {
    what: 'an offload that is on',
    breaks: 'link',
    change: { event: the('host', any, (h) => ({ ...h, offloads: { ...h.offloads, tso: true } })) },
  },
  {
    what: "a host's address",
    breaks: 'addresses',
    change: { event: the('host', any, (h) => ({ ...h, address: '10.1.2.3' })) },
  },
  {
    what: 'a host told of twice',
    breaks: 'hosts-first',
    change: { event: the('host', any, (h) => [h, h]) },
  },

  // The stream.
  {
    what: 'an action of another id',
    breaks: 'ids',
    change: {
      event: the(
        'action',
        ({ phase }) => phase === 'end',
        (a) => ({ ...a, id: a.id + 1000 }),
      ),
    },
  },
  {
    what: 'an action that ends as another one',
    breaks: 'ids',
    change: {
      event: the(
        'action',
        ({ op, phase }) => op === 'hold' && phase === 'end',
        (a) => (a.op === 'hold' ? { ...a, op: 'carry' } : a),
      ),
    },
  },
  {
    what: 'an event of another step',
    breaks: 'steps',
    change: { event: the('sample', any, (s) => ({ ...s, step: 999 })) },
  },
  {
    what: 'a run that passed and was cut short',
    breaks: 'ending',
    change: { event: the('end', any, (e) => ({ ...e, cut: true })) },
  },
  {
    what: 'a verdict that rests on what came later',
    breaks: 'grounds',
    change: { event: the('verdict', any, (v) => ({ ...v, by: [v.seq + 5] })) },
  },
];

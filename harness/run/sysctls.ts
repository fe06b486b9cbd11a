import { HOSTS, type HostName } from '../evidence/events.ts';
import type { Sysctls } from '../vocabulary/define.ts';

/**
 * Every host's world: a new namespace has the kernel's defaults, but kernels and distributions
 * differ in those, so all that labs depend on is written down (Documentation/networking/ip-sysctl).
 */
export const DEFAULTS: Readonly<Record<string, string>> = {
  'net.core.somaxconn': '4096',
  'net.ipv4.ip_local_port_range': '32768 60999',
  'net.ipv4.ip_nonlocal_bind': '0',
  'net.ipv4.ip_unprivileged_port_start': '1024',
  'net.ipv4.tcp_abort_on_overflow': '0',
  'net.ipv4.tcp_ecn': '2',
  'net.ipv4.tcp_fin_timeout': '60',
  'net.ipv4.tcp_keepalive_intvl': '75',
  'net.ipv4.tcp_keepalive_probes': '9',
  'net.ipv4.tcp_keepalive_time': '7200',
  'net.ipv4.tcp_max_syn_backlog': '1024',
  'net.ipv4.tcp_max_tw_buckets': '16384',
  'net.ipv4.tcp_no_metrics_save': '1',
  'net.ipv4.tcp_orphan_retries': '0',
  'net.ipv4.tcp_retries1': '3',
  'net.ipv4.tcp_retries2': '15',
  'net.ipv4.tcp_rfc1337': '0',
  'net.ipv4.tcp_sack': '1',
  'net.ipv4.tcp_syn_retries': '6',
  'net.ipv4.tcp_synack_retries': '5',
  'net.ipv4.tcp_syncookies': '1',
  'net.ipv4.tcp_timestamps': '1',
  'net.ipv4.tcp_tw_reuse': '2',
  'net.ipv4.tcp_window_scaling': '1',
};

/**
 * What lets somebody think while a segment waits: kernels that do not give up asking. None of it
 * changes what is seen meanwhile. What a lab pins itself it has for a reason, and keeps.
 */
export const WALKED: Readonly<Record<string, string>> = {
  'net.ipv4.tcp_orphan_retries': '60',
  'net.ipv4.tcp_retries2': '60',
  'net.ipv4.tcp_syn_retries': '60',
  'net.ipv4.tcp_synack_retries': '60',
};

/**
 * Where the kernel knows it (since 6.15), and where it may be written. A wire on which somebody thinks
 * is a slow one, and 3.5 retransmission timeouts of a slow wire are more than the minute for which
 * FIN-WAIT-2 and TIME-WAIT last otherwise (net/ipv4/tcp.c tcp_fin_time).
 */
export const WALKED_IF_KNOWN: Readonly<Record<string, string>> = {
  'net.ipv4.tcp_rto_max_ms': '12000',
};

/** Both hosts' sysctls: the defaults, `further` ones, and what a lab wants otherwise. */
export function sysctlsOf(
  wanted: Sysctls = {},
  further: Readonly<Record<string, string>> = {},
): Record<HostName, Record<string, string>> {
  const [server, client] = HOSTS.map((host) => ({
    ...DEFAULTS,
    ...further,
    ...wanted.both,
    ...wanted[host],
  }));
  return { server: server ?? {}, client: client ?? {} };
}

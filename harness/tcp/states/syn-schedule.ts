/** What decides when a SYN that nobody answers is sent again (ip-sysctl.rst). */
export interface SynPolicy {
  /** `net.ipv4.tcp_syn_retries`. */
  retries: number;
  /** `net.ipv4.tcp_syn_linear_timeouts`; 0 on kernels before 6.5, which do not know it. */
  linearTimeouts: number;
  /** `net.ipv4.tcp_rto_max_ms` in seconds; 120 on kernels before 6.15, which do not know it. */
  rtoMax?: number;
}

export interface SynSchedule {
  /** When each SYN is sent, seconds after the first; the first is 0. */
  sent: number[];
  /** Seconds between one SYN and the next. */
  gaps: number[];
  /** connect() fails with ETIMEDOUT so many seconds after the first SYN. */
  failsAfter: number;
}

/** RFC 6298 2.1: the retransmission timeout while no round trip has been measured, seconds. */
const INITIAL_RTO = 1;

/**
 * When a connect() that gets no answer sends its SYNs and gives up (net/ipv4/tcp_timer.c,
 * tcp_write_timeout and tcp_retransmit_timer): the timeout stays at 1 s for the linear ones, then
 * doubles. Real timers run late, never early.
 */
export function synSchedule({ retries, linearTimeouts, rtoMax = 120 }: SynPolicy): SynSchedule {
  const sent = [0];
  let now = 0;
  let rto = INITIAL_RTO;
  for (;;) {
    now += rto;
    const retransmits = sent.length - 1;
    const spent = retransmits > 0 && now >= patience(retries, rtoMax);
    if (retransmits >= retries + linearTimeouts || spent) {
      const gaps = sent.slice(1).map((t, i) => t - (sent[i] ?? 0));
      return { sent, gaps, failsAfter: now };
    }
    sent.push(now);
    if (sent.length - 1 > linearTimeouts) rto = Math.min(rto * 2, rtoMax);
  }
}

/** Seconds that `retries` doubling timeouts last (tcp_timer.c, tcp_model_timeout). */
function patience(retries: number, rtoMax: number): number {
  const doublings = Math.floor(Math.log2(rtoMax / INITIAL_RTO));
  if (retries <= doublings) return (2 ** (retries + 1) - 1) * INITIAL_RTO;
  return (2 ** (doublings + 1) - 1) * INITIAL_RTO + (retries - doublings) * rtoMax;
}

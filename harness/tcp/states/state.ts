/** The states of a TCP connection, as RFC 9293 3.3.2 writes them. */
export const STATES = [
  'CLOSED',
  'LISTEN',
  'SYN-SENT',
  'SYN-RECEIVED',
  'ESTABLISHED',
  'FIN-WAIT-1',
  'FIN-WAIT-2',
  'CLOSE-WAIT',
  'CLOSING',
  'LAST-ACK',
  'TIME-WAIT',
] as const;

export type State = (typeof STATES)[number];

/** How each tool spells a state. The kernel has two names for SYN-RECEIVED. */
interface Spelling {
  ss: string;
  netstat: string;
  kernel: readonly string[];
}

/**
 * The one table of spellings: `ss` from iproute2 misc/ss.c `sstate_name`, `netstat` from net-tools
 * netstat.c `tcp_state`, the kernel's from include/trace/events/sock.h `tcp_state_names`.
 */
export const SPELLINGS: Readonly<Record<State, Spelling>> = {
  CLOSED: { ss: 'UNCONN', netstat: 'CLOSE', kernel: ['TCP_CLOSE'] },
  LISTEN: { ss: 'LISTEN', netstat: 'LISTEN', kernel: ['TCP_LISTEN'] },
  'SYN-SENT': { ss: 'SYN-SENT', netstat: 'SYN_SENT', kernel: ['TCP_SYN_SENT'] },
  'SYN-RECEIVED': {
    ss: 'SYN-RECV',
    netstat: 'SYN_RECV',
    kernel: ['TCP_SYN_RECV', 'TCP_NEW_SYN_RECV'],
  },
  ESTABLISHED: { ss: 'ESTAB', netstat: 'ESTABLISHED', kernel: ['TCP_ESTABLISHED'] },
  'FIN-WAIT-1': { ss: 'FIN-WAIT-1', netstat: 'FIN_WAIT1', kernel: ['TCP_FIN_WAIT1'] },
  'FIN-WAIT-2': { ss: 'FIN-WAIT-2', netstat: 'FIN_WAIT2', kernel: ['TCP_FIN_WAIT2'] },
  'CLOSE-WAIT': { ss: 'CLOSE-WAIT', netstat: 'CLOSE_WAIT', kernel: ['TCP_CLOSE_WAIT'] },
  CLOSING: { ss: 'CLOSING', netstat: 'CLOSING', kernel: ['TCP_CLOSING'] },
  'LAST-ACK': { ss: 'LAST-ACK', netstat: 'LAST_ACK', kernel: ['TCP_LAST_ACK'] },
  'TIME-WAIT': { ss: 'TIME-WAIT', netstat: 'TIME_WAIT', kernel: ['TCP_TIME_WAIT'] },
};

const bySs = index((spelling) => [spelling.ss]);
const byNetstat = index((spelling) => [spelling.netstat]);
const byKernel = index((spelling) => spelling.kernel);

/** The state that `ss` prints as `name`; undefined for a name it never prints for TCP. */
export function stateFromSs(name: string): State | undefined {
  return bySs.get(name);
}

/** The state that `netstat` prints as `name`. */
export function stateFromNetstat(name: string): State | undefined {
  return byNetstat.get(name);
}

/** The state that the kernel's tracepoints print as `name`. */
export function stateFromKernel(name: string): State | undefined {
  return byKernel.get(name);
}

/** True when `name` is a state as RFC 9293 writes it. */
export function isState(name: string): name is State {
  return Object.hasOwn(SPELLINGS, name);
}

function index(names: (spelling: Spelling) => readonly string[]): ReadonlyMap<string, State> {
  return new Map(
    STATES.flatMap((state) => names(SPELLINGS[state]).map((name) => [name, state] as const)),
  );
}

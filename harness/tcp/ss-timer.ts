/** A socket's timer as `ss -o` shows it. */
export interface SocketTimer {
  /** `on` retransmits; `unknown` is also the delayed-ACK timer, which ss names only since 7.1. */
  name: 'on' | 'keepalive' | 'timewait' | 'persist' | 'unknown';
  /** Until it expires, ms. ss cuts it: to seconds from 10 s on, to minutes from 10 min on. */
  expiresMs: number | undefined;
  retransmits: number;
}

const NAMES: ReadonlyMap<string, SocketTimer['name']> = new Map([
  ['on', 'on'],
  ['keepalive', 'keepalive'],
  ['timewait', 'timewait'],
  ['persist', 'persist'],
  ['unknown', 'unknown'],
  ['delack', 'unknown'],
]);

/** Reads what stands after `timer:`, such as `(on,1.652ms,2)`; undefined for anything else. */
export function parseTimer(text: string): SocketTimer | undefined {
  const [, spelled = '', expiry = '', retransmits] = /^\((\w+),([\w.]*),(\d+)\)$/.exec(text) ?? [];
  const name = NAMES.get(spelled);
  const expiresMs = parseExpiry(expiry);
  if (!name || expiresMs === undefined) return undefined;
  return { name, expiresMs, retransmits: Number(retransmits) };
}

/**
 * Reads what iproute2's `print_ms_timer` (misc/ss.c) prints: minutes, then seconds, or
 * seconds and milliseconds. Before 6.11 it wrote `1.652ms` for what is `1.652sec` since: both are
 * 1652 ms, as milliseconds alone never have a point. Nothing at all is printed for 0 ms.
 */
function parseExpiry(text: string): number | undefined {
  const match = /^(?:(\d+)min)?(?:(\d+)(?:\.(\d{3})(?:ms|sec)|sec)|(\d+)ms)?$/.exec(text);
  if (!match) return undefined;
  const [, minutes = '0', seconds = '0', thousandths = '0', milliseconds = '0'] = match;
  const wholeSeconds = Number(minutes) * 60 + Number(seconds);
  return wholeSeconds * 1000 + Number(thousandths) + Number(milliseconds);
}

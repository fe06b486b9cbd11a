import { add } from '../sequence.ts';
import type { Endpoint, Segment, TcpOptions } from '../segment.ts';

/**
 * A segment in one line, after `tcpdump -nn -S` (absolute numbers, `first:last+1` for data):
 * `10.0.0.2:40001 > 10.0.0.1:6000 [S] seq 1 win 64240 options [mss 1460] length 0`.
 * As with tcpdump a pure ACK shows no seq. Options come in a fixed order, padding left out.
 */
export function formatSegment(segment: Segment): string {
  const options = formatOptions(segment.options);
  return [
    `${endpoint(segment.src)} > ${endpoint(segment.dst)} [${segment.flags}]`,
    ...formatSequence(segment),
    ...(segment.ack === undefined ? [] : [`ack ${segment.ack}`]),
    `win ${segment.window}`,
    ...(options.length > 0 ? [`options [${options.join(',')}]`] : []),
    `length ${segment.length}`,
  ].join(' ');
}

function formatSequence({ seq, length, flags }: Segment): string[] {
  if (length > 0) return [`seq ${seq}:${add(seq, length)}`];
  return /[SFR]/.test(flags) ? [`seq ${seq}`] : [];
}

function formatOptions({
  mss,
  windowScale,
  sackPermitted,
  timestamps,
  sack,
}: TcpOptions): string[] {
  return [
    ...(mss === undefined ? [] : [`mss ${mss}`]),
    ...(sackPermitted ? ['sackOK'] : []),
    ...(timestamps ? [`TS val ${timestamps.value} ecr ${timestamps.echo}`] : []),
    ...(windowScale === undefined ? [] : [`wscale ${windowScale}`]),
    ...(sack ? [`sack ${sack.length} ${sack.map(([l, r]) => `{${l}:${r}}`).join('')}`] : []),
  ];
}

function endpoint({ address, port }: Endpoint): string {
  return `${address}:${port}`;
}

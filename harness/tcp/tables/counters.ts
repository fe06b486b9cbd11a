import { told, ToldError, type Told } from '../../told.ts';

/** A counter file of /proc that cannot be read. */
export class CountersError extends ToldError {
  override readonly name = 'CountersError';
  constructor(file: string, why: Told) {
    super(told('{file}: {why}', { file, why }));
  }
}

/**
 * Reads the text of /proc/net/netstat and /proc/net/snmp. Names are as nstat(8) prints them: the
 * line's name, then the counter's (`TcpExtListenOverflows`, `TcpActiveOpens`).
 * Throws CountersError for text that is not in pairs of lines, names above values.
 */
export function parseCounters(netstat: string, snmp: string): Record<string, number> {
  return Object.fromEntries([
    ...parseFile('/proc/net/netstat', netstat),
    ...parseFile('/proc/net/snmp', snmp),
  ]);
}

function parseFile(file: string, text: string): [name: string, value: number][] {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const pairs: [string, number][] = [];
  for (let at = 0; at < lines.length; at += 2) {
    pairs.push(...parsePair(file, lines[at] ?? '', lines[at + 1] ?? ''));
  }
  if (pairs.length === 0) throw new CountersError(file, told('no counters'));
  return pairs;
}

function parsePair(file: string, above: string, below: string): [string, number][] {
  const [head, names] = splitLine(file, above);
  const [tail, values] = splitLine(file, below);
  if (head !== tail) {
    const params = { word: head, other: tail };
    throw new CountersError(file, told('names of {word}, then values of {other}', params));
  }
  if (names.length !== values.length) {
    const params = { field: head, n: names.length, m: values.length };
    throw new CountersError(file, told('{field} has {n} names, {m} values', params));
  }
  return names.map((name, at) => [head + name, toNumber(file, head + name, values[at] ?? '')]);
}

function splitLine(file: string, line: string): [prefix: string, words: string[]] {
  const match = /^(\w+):(.*)$/.exec(line);
  if (!match)
    throw new CountersError(file, told('no "Name: ..." in {line}', { line: JSON.stringify(line) }));
  const [, prefix = '', rest = ''] = match;
  return [prefix, rest.split(/\s+/).filter((word) => word !== '')];
}

function toNumber(file: string, name: string, text: string): number {
  // Tcp MaxConn is -1; the others are counts.
  if (!/^-?\d+$/.test(text))
    throw new CountersError(file, told('{name} is {value}', { name, value: JSON.stringify(text) }));
  return Number(text);
}

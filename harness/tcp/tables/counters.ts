/** A counter file of /proc that cannot be read. */
export class CountersError extends Error {
  constructor(file: string, reason: string) {
    super(`${file}: ${reason}`);
    this.name = 'CountersError';
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
  if (pairs.length === 0) throw new CountersError(file, 'no counters');
  return pairs;
}

function parsePair(file: string, above: string, below: string): [string, number][] {
  const [head, names] = splitLine(file, above);
  const [tail, values] = splitLine(file, below);
  if (head !== tail) throw new CountersError(file, `names of ${head}, then values of ${tail}`);
  if (names.length !== values.length) {
    throw new CountersError(file, `${head} has ${names.length} names, ${values.length} values`);
  }
  return names.map((name, at) => [head + name, toNumber(file, head + name, values[at] ?? '')]);
}

function splitLine(file: string, line: string): [prefix: string, words: string[]] {
  const match = /^(\w+):(.*)$/.exec(line);
  if (!match) throw new CountersError(file, `no "Name: ..." in ${JSON.stringify(line)}`);
  const [, prefix = '', rest = ''] = match;
  return [prefix, rest.split(/\s+/).filter((word) => word !== '')];
}

function toNumber(file: string, name: string, text: string): number {
  // Tcp MaxConn is -1; the others are counts.
  if (!/^-?\d+$/.test(text)) throw new CountersError(file, `${name} is ${JSON.stringify(text)}`);
  return Number(text);
}

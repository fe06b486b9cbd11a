import { afterAll, beforeAll, expect, test } from 'vitest';
import { censusOf, netstatCountLines } from './census.ts';
import { plainAddress } from '../endpoint.ts';
import { parseNetstat } from './netstat.ts';
import { openKnownSockets, type KnownSockets } from './netstat.fixture.ts';
import { parseSs } from './ss.ts';

// netstat and ss look at the same sockets in two ways (/proc/net/tcp, netlink); they must agree, and
// both with what the documents' own line counts.

const AWK = String.raw`netstat -n | awk '/^tcp/ {++S[$NF]} END {for(a in S) print a, S[a]}'`;

let sockets: KnownSockets;
beforeAll(async () => {
  sockets = await openKnownSockets();
});
afterAll(async () => {
  await sockets[Symbol.asyncDispose]();
});

const linesOf = (printed: string): string[] => printed.trimEnd().split('\n');

test('our census of ss is what the awk line counts', async () => {
  const census = censusOf(parseSs(await sockets.run('ss', '-Htan')));
  expect(census).toEqual(sockets.census);
  const counted = linesOf(await sockets.run('sh', '-c', AWK));
  expect(netstatCountLines(census).sort()).toEqual(counted.sort());
  expect(counted).toContain('ESTABLISHED 7');
  expect(counted).toContain('SYN_RECV 1');
});

test('so is our census of netstat -natp', async () => {
  const census = censusOf(parseNetstat(linesOf(await sockets.run('netstat', '-natp'))));
  expect(census).toEqual(sockets.census);
});

// Only the process's id: ss has the kernel's name of it, netstat what it was started as.
test('netstat and ss show the same sockets: addresses, queues, processes', async () => {
  const [netstat, ss] = await Promise.all([
    sockets.run('netstat', '-natp'),
    sockets.run('ss', '-Htanp'),
  ]);
  const ofNetstat = parseNetstat(linesOf(netstat)).map((row) => ({
    ends: [row.local, row.foreign].map(plain),
    state: row.state,
    queues: [row.recvQ, row.sendQ],
    pid: row.program?.split('/')[0],
  }));
  const ofSs = parseSs(ss).map(({ local, peer, state, recvQ, sendQ, processes: [process] }) => ({
    ends: [local, peer].map(({ address, port }) => plain(`${address}:${port || '*'}`)),
    state,
    // The backlog is what ss alone shows.
    queues: [recvQ, state === 'LISTEN' ? 0 : sendQ],
    pid: process && String(process.pid),
  }));
  const byEnds = (a: { ends: string[] }, b: { ends: string[] }): number =>
    a.ends.join().localeCompare(b.ends.join());
  expect(ofNetstat.sort(byEnds)).toEqual(ofSs.sort(byEnds));
  expect(ofNetstat.some(({ queues: [recvQ] }) => recvQ === 5)).toBe(true);
  expect(ofNetstat.some(({ pid }) => pid === undefined)).toBe(true);
});

/** One notation for both: ss writes `*` for every address, and an IPv4 address in IPv6 as such. */
function plain(end: string): string {
  const colon = end.lastIndexOf(':');
  const address = plainAddress(end.slice(0, colon));
  return `${address === '*' ? '::' : address}${end.slice(colon)}`;
}

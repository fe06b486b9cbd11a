import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** The command that traces `argv`, one file per thread: `prefix.TID`. */
export const strace = (prefix: string, argv: string[]): string[] => [
  ...['strace', '-qq', '-ff', '-e', 'trace=network,read,close', '-o', prefix],
  ...argv,
];

/** The process that a running strace started. */
export function tracee(stracePid: number): number {
  const children = readFileSync(`/proc/${stracePid}/task/${stracePid}/children`, 'utf8');
  const [child] = children.trim().split(' ').map(Number);
  if (!child) throw new Error(`strace ${stracePid} has no child`);
  return child;
}

/**
 * Whether the process sleeps in a call whose first argument is the descriptor `fd` (proc(5)), and is
 * not just stopped by strace at its beginning or end.
 */
export function isBlockedOn(pid: number, fd: number): boolean {
  const [, argument] = readFileSync(`/proc/${pid}/syscall`, 'utf8').split(' ');
  const state = /\) (\w) /.exec(readFileSync(`/proc/${pid}/stat`, 'utf8'))?.[1];
  return argument === `0x${fd.toString(16)}` && state === 'S';
}

/**
 * The calls on sockets in a process's trace, in order: every call of the network class, and `read`
 * and `close` of what socket() or accept() returned; last, the signal that ended the process. Node's
 * questions about its own standard streams, which may be sockets, are left out. Addresses in memory and ephemeral ports, different in every run, are replaced by words.
 */
export function socketCalls(prefix: string): string[] {
  const threads = readdirSync(dirname(prefix)).filter((file) =>
    file.startsWith(`${basename(prefix)}.`),
  );
  const read = (file: string) => readFileSync(join(dirname(prefix), file), 'utf8');
  const traces = threads.map((file) => select(read(file)));
  const used = traces.filter((calls) => calls.some((call) => !call.startsWith('+++')));
  if (used.length !== 1) throw new Error(`${used.length} threads used sockets, not one`);
  return used.flat().map(normalise);
}

function select(trace: string): string[] {
  const sockets = new Set<string>();
  return trace.split('\n').filter((line) => {
    const [, call = '', fd = ''] = /^(\w+)\((\w*)/.exec(line) ?? [];
    if (call === 'read') return sockets.has(fd);
    if (call === 'close') return sockets.delete(fd);
    const created = /^(?:socket|accept4?)\(.* = (\d+)$/.exec(line)?.[1];
    if (created !== undefined) sockets.add(created);
    return (call !== '' && !/^[012]$/.test(fd)) || line.startsWith('+++ killed');
  });
}

/** The lab's own ports lie below the ephemeral range (net.ipv4.ip_local_port_range, from 32768). */
const normalise = (line: string): string =>
  line
    .replace(/\)\s+= /, ') = ')
    .replace(/0x[0-9a-f]{6,}/g, 'POINTER')
    .replace(/htons\((\d+)\)/g, (whole, port) =>
      Number(port) < 32768 ? whole : 'htons(EPHEMERAL)',
    );

import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';

/**
 * Who made a thing that outlives a process (a container): written on it as a label, so
 * that a later start can tell what a dead run left behind from what a living one uses.
 */
export interface Owner {
  /** Names the machine: machine-id(5), or its host name where there is none. */
  machine: string;
  bootId: string;
  pidNamespace: string;
  pid: number;
  /** In clock ticks since boot (proc(5), field 22): a process id may be used again. */
  startTime: string;
}

export function thisProcess(): Owner {
  return {
    machine: read('/etc/machine-id') || hostname(),
    bootId: read('/proc/sys/kernel/random/boot_id'),
    pidNamespace: pidNamespace(),
    pid: process.pid,
    startTime: startTime(process.pid),
  };
}

export const formatOwner = (o: Owner): string =>
  [o.machine, o.bootId, o.pidNamespace, o.pid, o.startTime].join('/');

export function parseOwner(text: string): Owner | undefined {
  const [machine, bootId, pidNamespace, pid, startTime, ...rest] = text.split('/');
  if (machine === undefined || bootId === undefined || pidNamespace === undefined) return undefined;
  if (!/^\d+$/.test(pid ?? '') || startTime === undefined || rest.length > 0) return undefined;
  return { machine, bootId, pidNamespace, pid: Number(pid), startTime };
}

/** Certainly dead, as far as it can be told from here: never true of another machine's process. */
export function isDead(owner: Owner, here: Owner = thisProcess()): boolean {
  if (owner.machine !== here.machine) return false;
  if (owner.bootId !== here.bootId) return owner.machine !== '';
  if (owner.pidNamespace !== here.pidNamespace) return false;
  return startTime(owner.pid) !== owner.startTime;
}

/** Empty when there is no such process. Without a /proc (macOS) all living ones are alike. */
function startTime(pid: number): string {
  if (process.platform !== 'linux') return isAlive(pid) ? 'alive' : '';
  const stat = read(`/proc/${pid}/stat`);
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
}

/** There is a process with this id, perhaps another user's. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function pidNamespace(): string {
  try {
    return /\d+/.exec(readlinkSync('/proc/self/ns/pid'))?.[0] ?? '';
  } catch {
    return '';
  }
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    return '';
  }
}

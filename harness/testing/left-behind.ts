import { execa } from 'execa';
import { readdir, readFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import type { BackendName } from '../backend/backend.ts';

/** In the environment of a harness under test, and so of everything that it starts on this machine. */
export const TOKEN = 'SOCKET_LAB_TEST_TOKEN';

/** A harness: its process id, and the value of TOKEN in its environment. */
export interface Run {
  pid: number;
  token: string;
}

/** Processes of this machine with the token, but for the one that asks. */
async function processesOf({ token }: Run): Promise<string[]> {
  const found: string[] = [];
  for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
    if (Number(pid) === process.pid) continue;
    try {
      const environment = await readFile(`/proc/${pid}/environ`, 'latin1');
      if (!environment.split('\0').includes(`${TOKEN}=${token}`)) continue;
      found.push((await readFile(`/proc/${pid}/cmdline`, 'latin1')).replaceAll('\0', ' '));
    } catch {
      // It ended while we looked.
    }
  }
  return found;
}

/** Containers that carry the run as their owner. */
async function containers({ pid }: Run): Promise<string[]> {
  const format = '{{.ID}} {{.Label "socket-lab.owner"}}';
  const { stdout } = await execa('docker', ['ps', '-a', '--format', format]);
  return stdout.split('\n').filter((line) => line.split('/')[3] === String(pid));
}

async function tracers({ pid }: Run): Promise<string[]> {
  if (process.getuid?.() !== 0) return [];
  const tracefs = '/sys/kernel/tracing';
  const list = `mountpoint -q ${tracefs} || mount -t tracefs tracefs ${tracefs}; ls ${tracefs}/instances`;
  const { stdout } = await execa('unshare', ['-m', 'sh', '-c', list]);
  return stdout.split('\n').filter((name) => name.startsWith(`socket-lab-${pid}-`));
}

/**
 * What is left of a run: processes (and so namespaces and links), tracefs instances, containers.
 * A kernel and a daemon need their time, so they are looked at until nothing is left, at most 15 s.
 */
export async function leftBehind(run: Run, backend: BackendName): Promise<string[]> {
  const look = async (): Promise<string[]> => [
    ...(await processesOf(run)),
    ...(await tracers(run)),
    ...(backend === 'docker' ? await containers(run) : []),
  ];
  const deadline = performance.now() + 15_000;
  let left = await look();
  while (left.length > 0 && performance.now() < deadline) {
    await delay(50);
    left = await look();
  }
  return left;
}

import { spawn } from 'node:child_process';
import { once } from 'node:events';

import { requireForTest } from './requirements.ts';

/** A network stack with nothing but its loopback, where every port is free. */
export interface Namespace extends AsyncDisposable {
  /** The command that runs `argv` inside. */
  enter: (argv: string[]) => string[];
  /** A process in it, by which `ip link ... netns PID` names it. */
  pid: number;
}

/** Opens a network namespace; it goes when it is disposed of, or when this process ends. */
export async function openNamespace(): Promise<Namespace> {
  requireForTest('unshare', 'nsenter', 'ip');
  const script = 'ip link set lo up && echo ready && exec cat';
  const holder = spawn('unshare', ['--net', 'sh', '-c', script], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const closed = once(holder, 'close');
  const ready = once(holder.stdout, 'data');
  await Promise.race([
    ready,
    closed.then(() => {
      throw new Error('unshare --net failed: are we root?');
    }),
  ]);
  const pid = holder.pid ?? 0;
  return {
    pid,
    enter: (argv) => ['nsenter', `--net=/proc/${pid}/ns/net`, ...argv],
    async [Symbol.asyncDispose]() {
      holder.stdin.end();
      await closed;
    },
  };
}

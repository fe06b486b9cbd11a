/**
 * The kernel's own witness, a process of its own: a private tracefs instance with the tracepoint
 * sock:inet_sock_set_state, filtered to the lab's addresses (Documentation/trace/ftrace.rst).
 * Arguments: the instance's name, then the addresses. It runs in a mount namespace of its own and
 * prints trace lines; on end-of-file of stdin, which is also how the harness's death reaches it,
 * it removes the instance and leaves. What it reads on stdin goes into the trace as a marker.
 */
import { execFileSync, spawn } from 'node:child_process';
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmdirSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { createInterface } from 'node:readline';

const TRACEFS = '/sys/kernel/tracing';
const PREFIX = 'socket-lab-';

const [name = '', ...addresses] = process.argv.slice(2);

if (!existsSync(`${TRACEFS}/instances`)) {
  const stdio: ['ignore', 'ignore', 'pipe'] = ['ignore', 'ignore', 'pipe'];
  execFileSync('mount', ['-t', 'tracefs', 'tracefs', TRACEFS], { stdio });
}
reap();

const instance = `${TRACEFS}/instances/${PREFIX}${name}`;
mkdirSync(instance);
for (const signal of ['SIGINT', 'SIGHUP', 'SIGTERM'] as const) process.on(signal, () => undefined);

const set = (file: string, value: string): void => {
  writeFileSync(`${instance}/${file}`, value);
};
const event = 'events/sock/inet_sock_set_state';
const filter = addresses.map(littleEndian).map((n) => `saddr == ${n} || daddr == ${n}`);
set('trace_clock', 'mono');
// A listener on any address has neither of ours: the reader tells it by its process.
set(`${event}/filter`, [...filter, 'saddr == 0'].join(' || '));
set(`${event}/enable`, '1');
if (existsSync(`${instance}/buffer_percent`)) set('buffer_percent', '0');

// An instance can only be removed when nobody reads it any more: a reader that can be killed.
const reader = spawn('setpriv', ['--pdeathsig', 'KILL', 'cat', `${instance}/trace_pipe`], {
  stdio: ['ignore', 'inherit', 'inherit'],
});
reader.on('exit', () => {
  remove();
  process.exit(0);
});
const marker = openSync(`${instance}/trace_marker`, 'w');
createInterface({ input: process.stdin })
  .on('line', (line) => {
    writeSync(marker, line);
  })
  .on('close', () => {
    reader.kill('SIGKILL');
  });

/** The kernel compares the four octets of an address as one number in its own byte order. */
function littleEndian(address: string): string {
  const octets = address.split('.').map(Number);
  return `0x${Buffer.from(octets.reverse()).toString('hex')}`;
}

function remove(): void {
  closeSync(marker);
  rmdirSync(instance);
}

/** Instances that a tracer which was killed left behind: its process, told by start time, is gone. */
function reap(): void {
  for (const name of readdirSync(`${TRACEFS}/instances`)) {
    const owner = /^socket-lab-(\d+)-(\d+)/.exec(name);
    if (owner === null || startTime(Number(owner[1])) === owner[2]) continue;
    try {
      rmdirSync(`${TRACEFS}/instances/${name}`);
    } catch {
      // Another start was quicker.
    }
  }
}

function startTime(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
  } catch {
    return undefined;
  }
}

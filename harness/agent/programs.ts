import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import type { Readable } from 'node:stream';
import { ReadStream } from 'node:tty';
import { CALLS_FD_ENV } from '../sys/calls.ts';
import { monotonic } from '../sys/clock.ts';
import { LOW_FDS, reserveLowDescriptors } from '../sys/descriptors.ts';
import { openPty, openSlave } from '../sys/pty.ts';
import { hostEnvironment } from './environment.ts';
import { readLines } from './lines.ts';
import type { Notice, RunSpec } from './protocol.ts';

/** A program under test gets no capability and dies with the agent. */
const CONFINED = [
  'setpriv',
  '--pdeathsig=KILL',
  '--no-new-privs',
  '--bounding-set=-all',
  '--inh-caps=-all',
  '--ambient-caps=-all',
];

/** The first descriptor above those that a program has to itself. */
const CALLS_FD = Math.max(...LOW_FDS) + 1;

interface Running {
  child: ChildProcess;
  ended: Promise<void>;
}

/** The programs under test in this host, by the number that the harness gave them. */
export class Programs {
  readonly #notify: (notice: Notice) => void;
  readonly #running = new Map<number, Running>();

  constructor(notify: (notice: Notice) => void) {
    this.#notify = notify;
  }

  /** Starts a program; its stdout is a terminal, so that it comes line by line (a C program's too). */
  async run(spec: RunSpec): Promise<{ pid: number }> {
    const pty = openPty();
    const slave = openSlave(pty.slavePath);
    const nothing = openSync('/dev/null', 'r+');
    const reserved = reserveLowDescriptors(nothing);
    const [file = '', ...args] = [...CONFINED, ...spec.argv];
    const child = spawn(file, args, {
      // A process group of its own: what it forks ends with it.
      detached: true,
      stdio: ['pipe', slave, 'pipe', ...reserved.stdio, 'pipe'],
      env: { ...hostEnvironment(), ...reserved.env, [CALLS_FD_ENV]: String(CALLS_FD) },
    });
    closeSync(nothing);
    // A program may be gone when it is typed to; its exit says so, the broken pipe need not.
    child.stdin?.on('error', () => undefined);
    const stdout = new ReadStream(pty.master);
    const outputs = [
      this.#output(spec, child, 'stdout', stdout),
      this.#output(spec, child, 'stderr', child.stderr as Readable),
      this.#calls(spec, child.stdio[CALLS_FD] as Readable),
    ];
    const exited = new Promise<[number | null, string | null]>((resolve) => {
      child.once('exit', (status, signal) => {
        resolve([status, signal]);
      });
    });
    const ended = exited.then(async ([status, signal]) => {
      const t = monotonic().toString();
      endGroup(child.pid);
      // The terminal reports its end only when no slave is open any more, ours included.
      closeSync(slave);
      await Promise.all(outputs);
      this.#running.delete(spec.program);
      this.#notify({ notice: 'exit', t, program: spec.program, status, signal });
    });
    await new Promise<void>((resolve, reject) => {
      child.once('spawn', resolve);
      child.once('error', reject);
    });
    this.#running.set(spec.program, { child, ended });
    return { pid: child.pid ?? 0 };
  }

  type(program: number, text: string): void {
    this.#get(program).child.stdin?.write(text);
  }

  closeInput(program: number): void {
    this.#get(program).child.stdin?.end();
  }

  signal(program: number, signal: string): void {
    // Ended already: its exit is on the way.
    this.#running.get(program)?.child.kill(signal as NodeJS.Signals);
  }

  async endAll(): Promise<void> {
    const all = [...this.#running.values()];
    for (const { child } of all) child.kill('SIGKILL');
    await Promise.all(all.map(({ ended }) => ended));
  }

  #get(program: number): Running {
    const running = this.#running.get(program);
    if (running === undefined) throw new Error(`program ${program} has ended`);
    return running;
  }

  #output(
    spec: RunSpec,
    child: ChildProcess,
    stream: 'stdout' | 'stderr',
    readable: Readable,
  ): Promise<void> {
    const { program, outputLimit: limit } = spec;
    const onLine = (line: string): void => {
      this.#notify({ notice: 'output', t: monotonic().toString(), program, stream, line });
    };
    const onExcess = (): void => {
      onLine(`more than ${limit} octets of output: ended`);
      child.kill('SIGKILL');
    };
    return readLines(readable, onLine, { limit, onExcess });
  }

  #calls({ program }: RunSpec, readable: Readable): Promise<void> {
    return readLines(readable, (line) => {
      this.#notify({ notice: 'call', program, line });
    });
  }
}

/** Ends what a program left behind in its process group. */
function endGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // The usual case: the program was alone and is gone.
  }
}

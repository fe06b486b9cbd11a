import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import type { Readable } from 'node:stream';
import { ReadStream } from 'node:tty';
import { CALLS_FD_ENV } from '../sys/calls.ts';
import { monotonic } from '../sys/clock.ts';
import { LOW_FDS, reserveLowDescriptors } from '../sys/descriptors.ts';
import { openPty, openSlave } from '../sys/pty.ts';
import { hostEnvironment } from './environment.ts';
import { Budget, readLines, type Bounds } from './lines.ts';
import type { LimitName, Limits } from './limits.ts';
import type { Notice, RunSpec } from './protocol.ts';
import { told, ToldError } from '../told.ts';

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
    const outputs = this.#read(spec, child, {
      stdout: new ReadStream(pty.master),
      stderr: child.stderr as Readable,
      calls: child.stdio[CALLS_FD] as Readable,
    });
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
    if (running === undefined) throw new ToldError(told('program {n} has ended', { n: program }));
    return running;
  }

  /** Passes on what comes from a program. Beyond a limit it is ended, and nothing is read any more. */
  #read(
    { program, limits }: RunSpec,
    child: ChildProcess,
    streams: Record<'stdout' | 'stderr' | 'calls', Readable>,
  ): Promise<void>[] {
    let isOver = false;
    const budget = (bounds: Record<keyof Bounds, LimitName>): Budget => {
      const end = (bound: keyof Bounds): void => {
        if (isOver) return;
        isOver = true;
        const limit = bounds[bound];
        const most = limits[limit];
        this.#notify({ notice: 'limit', t: monotonic().toString(), program, limit, most });
        endGroup(child.pid);
        // Somebody who left the group may write on, to nobody.
        for (const stream of Object.values(streams)) stream.destroy();
      };
      return new Budget(boundsOf(bounds, limits), end);
    };
    const output = budget(OUTPUT);
    const passOn =
      (kind: { notice: 'output'; stream: 'stdout' | 'stderr' } | { notice: 'call' }) =>
      (line: string): void => {
        // What a stream still had when it was destroyed is not all of a line.
        if (!isOver) this.#notify({ ...kind, t: monotonic().toString(), program, line });
      };
    return [
      readLines(streams.stdout, passOn({ notice: 'output', stream: 'stdout' }), output),
      readLines(streams.stderr, passOn({ notice: 'output', stream: 'stderr' }), output),
      readLines(streams.calls, passOn({ notice: 'call' }), budget(CALLS)),
    ];
  }
}

/** Which limits bound what a program prints, and the reports of its calls. */
const OUTPUT: Record<keyof Bounds, LimitName> = {
  lines: 'outputLines',
  linesPerSecond: 'outputLinesPerSecond',
  octets: 'outputOctets',
  lineOctets: 'outputLineOctets',
};
const CALLS: Record<keyof Bounds, LimitName> = {
  lines: 'callReports',
  linesPerSecond: 'callReportsPerSecond',
  octets: 'callOctets',
  lineOctets: 'callReportOctets',
};

const boundsOf = (names: Record<keyof Bounds, LimitName>, limits: Limits): Bounds => ({
  lines: limits[names.lines],
  linesPerSecond: limits[names.linesPerSecond],
  octets: limits[names.octets],
  lineOctets: limits[names.lineOctets],
});

/** Ends all that is in a program's process group. */
function endGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // The usual case: the program was alone and is gone.
  }
}

import { type ChildProcess, spawn, type StdioOptions } from 'node:child_process';
import { closeSync, openSync, readdirSync, readFileSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { setImmediate } from 'node:timers/promises';
import { ReadStream } from 'node:tty';
import type { Readable } from 'node:stream';

import { reserveLowDescriptors } from '../descriptors.ts';
import { openPty, openSlave } from '../pty.ts';

interface Settings {
  /** Occupy descriptors 3-15, as the agent does; not for C programs. */
  reserve?: boolean;
  env?: Record<string, string>;
  /** Further descriptors, from 16 on with `reserve`, from 3 on without. */
  extra?: ('pipe' | number)[];
}

interface End {
  status: number | null;
  signal: NodeJS.Signals | null;
  stderr: string;
}

/** How long a test waits for output that should come at once, on a machine however busy. */
const PATIENCE_MS = 20_000;

/**
 * A program with its stdout on a terminal and its stdin on a pipe, in a process group of its own;
 * what is left of the group when it is disposed of is killed.
 */
export class TestProgram implements AsyncDisposable {
  readonly child: ChildProcess;
  readonly ended: Promise<End>;
  /** All that it has printed. */
  output = '';
  #seen = 0;
  #onOutput: () => void = () => undefined;

  constructor([file = '', ...args]: string[], settings: Settings = {}) {
    const { master, slavePath } = openPty();
    const slave = openSlave(slavePath);
    const devNull = openSync('/dev/null', 'r+');
    const reserved = settings.reserve ? reserveLowDescriptors(devNull) : { stdio: [], env: {} };
    const stdio: StdioOptions = [
      'pipe',
      slave,
      'pipe',
      ...reserved.stdio,
      ...(settings.extra ?? []),
    ];
    const env = { ...process.env, ...reserved.env, ...settings.env };
    this.child = spawn(file, args, { stdio, env, detached: true });
    closeSync(devNull);
    this.ended = this.#collect(new ReadStream(master), slave);
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  /** One of the further descriptors, to be read. */
  stream(fd: number): Readable {
    return (this.child.stdio as (Readable | undefined)[])[fd] as Readable;
  }

  /** Signals the whole group, as a terminal does at Ctrl-C. */
  signalGroup(signal: NodeJS.Signals): void {
    process.kill(-this.pid, signal);
  }

  /** Resolves when every process of the group is dead. */
  async groupEnded(): Promise<void> {
    await this.ended;
    // Who is dead but not yet reaped by init is still in /proc, and can still be signalled.
    while (groupMembers(this.pid).length > 0) await setImmediate();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    try {
      this.signalGroup('SIGKILL');
    } catch {
      // The usual case: nobody is left.
    }
    await this.ended;
  }

  type(line: string): void {
    this.child.stdin?.write(`${line}\n`);
  }

  /** Resolves once `expected` has been printed, after all that earlier calls waited for. */
  async printed(expected: string): Promise<void> {
    const deadline = Date.now() + PATIENCE_MS;
    for (;;) {
      const at = this.output.indexOf(expected, this.#seen);
      if (at !== -1) {
        this.#seen = at + expected.length;
        return;
      }
      await this.#moreOutput(deadline, expected);
    }
  }

  async #moreOutput(deadline: number, expected: string): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const why = await Promise.race([
      new Promise<'output'>((resolve) => {
        this.#onOutput = () => {
          resolve('output');
        };
      }),
      this.ended,
      new Promise<'too late'>((resolve) => {
        timer = setTimeout(resolve, deadline - Date.now(), 'too late');
      }),
    ]);
    clearTimeout(timer);
    if (why === 'output' || this.output.includes(expected, this.#seen)) return;
    const unread = JSON.stringify(this.output.slice(this.#seen));
    const cause = typeof why === 'string' ? why : JSON.stringify(why);
    throw new Error(`waiting for ${JSON.stringify(expected)}: ${cause}; printed: ${unread}`);
  }

  async #collect(terminal: ReadStream, slave: number): Promise<End> {
    const drained = new Promise<void>((resolve) => {
      terminal.setEncoding('utf8').on('data', (chunk) => {
        this.output += String(chunk);
        this.#onOutput();
      });
      // EIO: no slave is open any more.
      terminal.once('error', () => undefined).once('close', resolve);
    });
    const stderr = text(this.stream(2));
    const [status, signal] = await new Promise<[number | null, NodeJS.Signals | null]>((resolve) =>
      this.child.once('close', (...end) => {
        resolve(end);
      }),
    );
    closeSync(slave);
    await drained;
    return { status, signal, stderr: await stderr };
  }
}

/** The living processes of a process group (proc(5), stat: state, parent, group after the name). */
function groupMembers(group: number): string[] {
  return readdirSync('/proc').filter((pid) => {
    if (!/^\d+$/.test(pid)) return false;
    const stat = readIfThere(`/proc/${pid}/stat`);
    const [, state, pgrp] = /\) (\w) \d+ (\d+) /.exec(stat) ?? [];
    return pgrp === String(group) && state !== 'Z' && state !== 'X';
  });
}

/** Processes come and go while /proc is read. */
function readIfThere(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

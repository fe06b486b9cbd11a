import { HOSTS } from '../evidence/events.ts';
import type { CallResult } from '../evidence/expectations.ts';
import { shellResult, type ProgramRef } from '../expect/programs/programs.ts';
import { checkCall } from './calls.ts';
import { parseCalls, type ScriptedCall } from './call-script.ts';
import { textOf, type Lines } from './lines.ts';
import type { Program } from './program.ts';
import type { Session } from './session.ts';

/** Milliseconds. */
const STARTING = 30_000;

/** A call typed into a socket shell: its result is the shell's `index`-th line. */
export interface TypedCall {
  kind: 'call';
  shell: ProgramRef;
  index: number;
  call: string;
  /** Resolves when it has been typed. */
  typed: Promise<void>;
}

/** The program `socket-shell`: socket calls one at a time, as a student would type them. */
export class SocketShell {
  readonly #session: Session;
  readonly #program: Program;
  #typed = 0;

  constructor(session: Session, program: Program) {
    this.#session = session;
    this.#program = program;
  }

  /**
   * The process that has the sockets, to be killed.
   * @example await shell.program.kill('SIGKILL');
   */
  get program(): Program {
    return this.#program;
  }

  /**
   * Types a call (`bind 3 server:6000`); give it to `expect` to see its result. `server` and
   * `client` before a port stand for the hosts' addresses.
   * @example await expect(shell.call('bind 3 server:6000')).toFailWith('EADDRINUSE');
   * @throws CallScriptError for what is not a call
   */
  call(line: string): TypedCall {
    const call = this.#addressed(line);
    checkCall(call);
    return this.#type(call);
  }

  #type(call: string): TypedCall {
    const index = this.#typed++;
    const typed = this.#program.type(call);
    // Whoever expects something of it hears of the failure.
    typed.catch(() => undefined);
    return { kind: 'call', shell: this.#program, index, call, typed };
  }

  /**
   * Calls one after the other, a line each, with the result behind ` = ` as strace prints it: a script
   * (below). The value: the results as printed.
   * @example
   * const [fd] = await shell.does(`
   *   socket             = 3
   *   bind 3 server:6000 = 0
   *   listen 3 5         = 0
   * `);
   * @throws ExpectationError for the first call with another result, CallScriptError for a line that is
   *   not a call: none of them was typed then
   */
  async does(script: Lines): Promise<string[]> {
    const results: string[] = [];
    for (const { call, wanted } of this.#read(script)) {
      const { typed, index } = this.#type(call);
      await typed;
      results.push(await this.#result(index, call, wanted));
    }
    return results;
  }

  /**
   * The same, all lines typed at once, which is many times faster: for calls between which nothing
   * has to happen. Those behind one with another result are done as well.
   * @example
   * await shell.doesAtOnce(`
   *   close 3
   *   close 4
   * `);
   */
  async doesAtOnce(script: Lines): Promise<string[]> {
    const lines = this.#read(script).map((line) => ({ ...line, index: this.#typed++ }));
    if (lines.length > 0) await this.#program.type(lines.map(({ call }) => call).join('\n'));
    const results: string[] = [];
    for (const { index, call, wanted } of lines)
      results.push(await this.#result(index, call, wanted));
    return results;
  }

  /**
   * A new socket that begins to connect (`connecting('server:6000')`), from an address and port of
   * its own if one is given, and is not waited for: SYN-SENT, or further. The value: its descriptor.
   * @example const fd = await shell.connecting('server:6000', 'client:7000');
   * @throws ExpectationError when one of the calls has another result
   */
  async connecting(to: string, from?: string): Promise<string> {
    const [fd = ''] = await this.does('socket');
    if (from !== undefined) await this.does(`bind ${fd} ${from}`);
    await this.does(`
      nonblock ${fd}
      connect ${fd} ${to} = EINPROGRESS
    `);
    return fd;
  }

  #read(script: Lines): ScriptedCall[] {
    return parseCalls(textOf(script), (text) => this.#addressed(text));
  }

  #result(index: number, call: string, wanted: CallResult): Promise<string> {
    // It takes its first call when Node is up, which on a busy machine takes its time.
    const patience = index === 0 ? { within: STARTING } : {};
    return this.#session.judge(shellResult(this.#program, index, call, wanted, patience));
  }

  #addressed(line: string): string {
    return HOSTS.reduce(
      (text, host) =>
        text.replace(
          new RegExp(`\\b${host}:(?=\\d|N\\b)`, 'g'),
          `${this.#session.facts[host].address}:`,
        ),
      line,
    );
  }
}

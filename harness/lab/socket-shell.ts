import type { ProgramRef } from '../expect/program.ts';
import type { Program } from './program.ts';

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
  readonly #program: Program;
  #typed = 0;

  constructor(program: Program) {
    this.#program = program;
  }

  /** Types a call (`bind 3 127.0.0.1:6000`); give it to `expect` to see its result. */
  call(call: string): TypedCall {
    const index = this.#typed++;
    const typed = this.#program.type(call);
    // Whoever expects something of it hears of the failure.
    typed.catch(() => undefined);
    return { kind: 'call', shell: this.#program, index, call, typed };
  }
}

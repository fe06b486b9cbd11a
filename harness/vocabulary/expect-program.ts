import { ends, failsWith, prints, shellResult } from '../expect/programs/programs.ts';
import type { Program, Starting } from './program.ts';
import type { Session } from './session.ts';
import type { TypedCall } from './socket-shell.ts';
import { milliseconds, timed, type Within } from './within.ts';

interface Failing extends Within {
  /** Time that the failing call takes, about (`7s`). */
  after?: string;
}

const failing = ({ after, ...rest }: Failing) => ({
  ...timed(rest),
  ...(after === undefined ? {} : { after: milliseconds(after) }),
});

/** `expect(program)` */
export const ofProgram = (session: Session, program: Program) => ({
  toPrint: (line: string, options: Within = {}) =>
    session.judge(prints(program, line, timed(options).within)),

  toEnd: (wanted: { status?: number; signal?: string } = {}, options: Within = {}) =>
    session.judge(ends(program, wanted, timed(options).within)),

  /** It ends because a call of its failed so. */
  toFailWith: (code: string, options: Failing = {}) =>
    session.judge(failsWith(program, code, failing(options))),
});

/** `expect(server.run(...))`: of a program that is being started. */
export const ofStarting = (session: Session, starting: Starting) => ({
  toFailWith: async (code: string, options: Failing = {}) => {
    const program = await starting.running();
    const { port, pid } = program;
    const server = starting.listens ? { server: { port, pid } } : {};
    return session.judge(failsWith(program, code, { ...failing(options), ...server }));
  },
});

/** `expect(shell.call('bind 3 127.0.0.1:6000'))` */
export const ofCall = (session: Session, { shell, index, call, typed }: TypedCall) => ({
  toFailWith: async (code: string, options: Failing = {}) => {
    await typed;
    return session.judge(shellResult(shell, index, call, { code }, failing(options)));
  },

  /** It succeeds, with this result as strace prints it. The value: that result. */
  toReturn: async (result?: string, options: Failing = {}) => {
    await typed;
    const wanted = result === undefined ? {} : { result };
    return session.judge(shellResult(shell, index, call, wanted, failing(options)));
  },
});

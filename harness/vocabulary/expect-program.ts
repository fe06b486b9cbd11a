import { ends, failsWith, prints, shellResult } from '../expect/programs/programs.ts';
import type { Program, Starting } from './program.ts';
import type { Session } from './session.ts';
import type { TypedCall } from './socket-shell.ts';
import { milliseconds, timed, type Within } from './within.ts';

interface FailingCall extends Within {
  /** Time that the failing call takes, about (`7s`). */
  after?: string;
}

interface Failing extends FailingCall {
  /** The call that fails (`bind`): others can fail so, too. */
  call?: string;
}

const failing = ({ after, ...rest }: Failing) => ({
  ...timed(rest),
  ...(after === undefined ? {} : { after: milliseconds(after) }),
});

/** `expect(program)`: a program that runs. */
export const ofProgram = (session: Session, program: Program) => ({
  /**
   * It prints this line, without its line end.
   * @example await expect(await server.run('echo-server')).toPrint('accept wait ......');
   */
  toPrint: (line: string, options: Within = {}) =>
    session.judge(prints(program, line, timed(options).within)),

  /**
   * It ends: with a status, by a signal, or anyhow.
   * @example await expect(await client.run('echo-client')).toEnd({ status: 0 });
   */
  toEnd: (wanted: { status?: number; signal?: string } = {}, options: Within = {}) =>
    session.judge(ends(program, wanted, timed(options).within)),

  /**
   * It ends because a call of its failed so, after about this time.
   * @example
   * const cli = await client.run('echo-client', { port: 6001 });
   * await expect(cli).toFailWith('ECONNREFUSED', { call: 'connect' });
   */
  toFailWith: (code: string, options: Failing = {}) =>
    session.judge(failsWith(program, code, failing(options))),
});

/** `expect(server.run(...))`: a program that is being started. */
export const ofStarting = (session: Session, starting: Starting) => ({
  /**
   * It never comes up, because a call of its fails so.
   * @example await expect(server.run('echo-server')).toFailWith('EADDRINUSE', { call: 'bind' });
   */
  toFailWith: async (code: string, options: Failing = {}) => {
    const program = await starting.running();
    const { port, pid } = program;
    const server = starting.listens ? { server: { port, pid } } : {};
    return session.judge(failsWith(program, code, { ...failing(options), ...server }));
  },
});

/** `expect(shell.call('recv 3'))`: a call typed into a socket shell. */
export const ofCall = (session: Session, { shell, index, call, typed }: TypedCall) => ({
  /**
   * It fails so, after about this time.
   * @example await expect(shell.call('recv 3')).toFailWith('ETIMEDOUT', { after: '7s' });
   */
  toFailWith: async (code: string, options: FailingCall = {}) => {
    await typed;
    return session.judge(shellResult(shell, index, call, { code }, failing(options)));
  },

  /**
   * It succeeds, with this result as strace prints it. The value: that result.
   * @example await expect(shell.call('recv 3')).toReturn('5 "hello"');
   */
  toReturn: async (result?: string, options: FailingCall = {}) => {
    await typed;
    const wanted = result === undefined ? {} : { result };
    return session.judge(shellResult(shell, index, call, wanted, failing(options)));
  },
});

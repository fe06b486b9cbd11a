import type { HostName } from '../evidence/events.ts';
import type { ProgramRef } from '../expect/programs/programs.ts';
import * as program from '../expect/programs/programs.ts';
import type { Session } from './session.ts';

/** The port of `ser.c`. */
export const PORT = 6000;

/**
 * The programs in `servers/` and `clients/`, and when each is up: one that `listens` when `ss` shows it
 * in LISTEN, one that `runs` as soon as it has been started.
 */
export const PROGRAMS = {
  /**
   * Answers once on each connection, `ok`, and closes it. Prints `accept wait ......`, `accept c = 4`,
   * `buff=hello` (with the line end that it got) and `close`.
   */
  'closing-server': 'listens',
  /**
   * Connects. Prints `input:`, and waits for a line (`type`): it sends the line and prints what comes
   * back, `read:ok`, and asks again; after `end` it closes and ends.
   */
  'echo-client': 'runs',
  /**
   * Accepts a connection, and answers all that comes on it with `ok` until the client closes; then it
   * closes, too, and accepts the next. Prints `accept wait ......`, `accept c = 4`, `buff=hello` and
   * `close`.
   */
  'echo-server': 'listens',
  /** Connects and closes, `count` times, a connection at a time. Prints `made 100` when it ends. */
  'flood-client': 'runs',
  /** Listens, and never accepts. Prints nothing. */
  'never-accept-server': 'listens',
  /** What `shell()` starts: a call for each line that is typed. Prints each call as strace does. */
  'socket-shell': 'runs',
} as const;

export type ProgramName = keyof typeof PROGRAMS;

/** Options of the programs in `servers/` and `clients/`, as on their command lines. */
export interface ProgramOptions {
  /** Where a server listens, or to where a client connects; by default the server's address. */
  address?: string;
  /** The port there, by default 6000. */
  port?: number;
  /** What a server gives to listen(), by default 5. */
  backlog?: number;
  /** A server sets SO_REUSEADDR before bind(). */
  reuseAddr?: boolean;
  /** The address that a client binds to before it connects. */
  sourceAddress?: string;
  /** The port that a client binds to before it connects. */
  sourcePort?: number;
  /** How many connections `flood-client` makes; as many as it can where it is not said. */
  count?: number;
}

/** A program that runs in a host. */
export class Program implements ProgramRef {
  readonly host: HostName;
  readonly program: number;
  readonly name: string;
  readonly port: number;
  readonly pid: number;
  readonly #session: Session;

  constructor(session: Session, ref: ProgramRef, facts: { port: number; pid: number }) {
    this.#session = session;
    this.host = ref.host;
    this.program = ref.program;
    this.name = ref.name;
    this.port = facts.port;
    this.pid = facts.pid;
  }

  /**
   * Types a line into it, as at its terminal.
   * @example await program.type('end');
   */
  async type(line: string): Promise<void> {
    await this.#session.perform('type', this.host, { program: this.program, text: `${line}\n` });
  }

  /**
   * Signals it, without waiting for what comes of it.
   * @example await program.signal('SIGSTOP');
   */
  async signal(signal: string): Promise<void> {
    await this.#session.perform('signal', this.host, { program: this.program, signal });
  }

  /**
   * Ends it, as Ctrl-C at its terminal would, and waits until it is gone.
   * @example await program.kill();
   */
  async kill(signal = 'SIGINT'): Promise<void> {
    await this.signal(signal);
    await this.#session.judge(program.ends(this, { signal }));
  }
}

/** A program being started. Awaited, it is up (`PROGRAMS`); given to `expect`, it may also fail. */
export class Starting implements PromiseLike<Program> {
  /** Is it up only when it listens? */
  readonly listens: boolean;
  readonly #session: Session;
  readonly #started: Promise<Program>;

  constructor(
    session: Session,
    ref: ProgramRef & { name: ProgramName },
    { port = 0, args = [] }: { port?: number; args?: string[] } = {},
  ) {
    const { host, program, name } = ref;
    this.#session = session;
    this.listens = PROGRAMS[name] === 'listens';
    this.#started = session
      .perform('run', host, { program, name, args })
      .then(({ pid }) => new Program(session, ref, { port, pid }));
    // Whoever awaits it or expects something of it hears of the failure.
    this.#started.catch(() => undefined);
  }

  /** The program as started, whatever comes of it. */
  async running(): Promise<Program> {
    return this.#started;
  }

  then<A = Program, B = never>(
    onReady?: ((program: Program) => A | PromiseLike<A>) | null,
    onError?: ((error: unknown) => B | PromiseLike<B>) | null,
  ): PromiseLike<A | B> {
    return this.#ready().then(onReady, onError);
  }

  async #ready(): Promise<Program> {
    const started = await this.#started;
    if (this.listens) await this.#session.judge(program.ready(started, started.port, started.pid));
    return started;
  }
}

/** Command-line arguments for a program's options. */
export function argumentsFor(options: ProgramOptions): string[] {
  const args: string[] = [];
  const add = (name: string, value: string | number | undefined): void => {
    // In one word: a value may begin with a dash (a backlog of -1).
    if (value !== undefined) args.push(`--${name}=${value}`);
  };
  add('address', options.address);
  add('port', options.port);
  add('backlog', options.backlog);
  add('source-address', options.sourceAddress);
  add('source-port', options.sourcePort);
  add('count', options.count);
  if (options.reuseAddr === true) args.push('--reuse-addr');
  return args;
}

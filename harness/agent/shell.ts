import { spawn, type ChildProcess } from 'node:child_process';
import type { Readable } from 'node:stream';
import { hostEnvironment } from './environment.ts';
import { TOOL_OCTETS } from './limits.ts';
import { told, ToldError, toldBy, verbatim, type Told } from '../told.ts';

/**
 * What a shell reads first: `run` starts a tool, and behind what that wrote on stdout come a NUL, its
 * exit status and a NUL; behind what it wrote on stderr, a NUL. No substitution: that forks the shell
 * once more, where a lone command is spawned without copying anything.
 */
const RUN = `run() { "$@"; printf '\\0%d\\0' $?; printf '\\0' >&2; }\n`;
/** Exit status of a shell that finds no such command (POSIX, Shell Command Language, 2.8.2). */
const NOT_FOUND = '127';
const ENDED = told('its shell has ended');

/** A tool of the host that failed: the command as typed and the first thing it said. */
export class CommandError extends ToldError {
  override readonly name = 'CommandError';
  readonly code = 'COMMAND';
  readonly argv: readonly string[];
  readonly why: Told;
  constructor(argv: readonly string[], why: Told) {
    super(told('{command}: {why}', { command: argv.join(' '), why }));
    this.argv = argv;
    this.why = why;
  }
}

interface Order {
  argv: readonly string[];
  input: string;
  resolve: (stdout: string) => void;
  reject: (error: Error) => void;
}

/**
 * Runs tools of the host, one after another. A small shell starts them: to fork a process as large
 * as Node takes longer than most of them need.
 */
export class Shell {
  readonly #orders: Order[] = [];
  /** What has come whole of each: two fields a tool, and one. */
  #stdout: string[] = [];
  #stderr: string[] = [];
  readonly #most: number;
  #sh: ChildProcess | undefined;

  /** @param most octets that a tool may print */
  constructor(most = TOOL_OCTETS) {
    this.#most = most;
  }

  /** What the tool printed on stdout, given `input` on stdin. @throws CommandError */
  run(argv: readonly string[], input = ''): Promise<string> {
    const sh = (this.#sh ??= this.#start());
    return new Promise<string>((resolve, reject) => {
      this.#orders.push({ argv, input, resolve, reject });
      sh.stdin?.write(`run ${argv.map(quoted).join(' ')} ${here(input)}\n`);
    });
  }

  /** Lets it go when it has done what it was given. */
  end(): void {
    this.#sh?.stdin?.end();
  }

  #start(): ChildProcess {
    const sh = spawn('sh', [], { stdio: 'pipe', env: hostEnvironment() });
    const answer = (): void => {
      this.#answer();
    };
    const tooMuch = (): void => {
      const why = told('printed more than the {n} octets that a tool may', { n: this.#most });
      this.#lost(sh, why, ENDED);
      sh.kill('SIGKILL');
    };
    fields(sh.stdout, { whole: this.#stdout, most: this.#most, arrived: answer, tooMuch });
    fields(sh.stderr, { whole: this.#stderr, most: this.#most, arrived: answer, tooMuch });
    sh.stdin.on('error', () => undefined);
    sh.once('error', (error) => {
      this.#lost(sh, toldBy(error));
    });
    sh.once('close', () => {
      this.#lost(sh, ENDED);
    });
    sh.stdin.write(RUN);
    return sh;
  }

  /** The tools that both streams have told the end of. */
  #answer(): void {
    while (this.#stdout.length >= 2 && this.#stderr.length >= 1) {
      const [stdout = '', status = ''] = this.#stdout.splice(0, 2);
      const said = this.#stderr.shift() ?? '';
      const order = this.#orders.shift();
      if (status === '0') order?.resolve(stdout);
      else order?.reject(new CommandError(order.argv, reasonOf(status, said)));
    }
  }

  /** What it was given fails; what comes next has another shell. */
  #lost(sh: ChildProcess, why: Told, ofTheRest = why): void {
    if (this.#sh !== sh) return;
    this.#sh = undefined;
    // An earlier one may still say something.
    this.#stdout = [];
    this.#stderr = [];
    for (const [i, { argv, reject }] of this.#orders.splice(0).entries())
      reject(new CommandError(argv, i === 0 ? why : ofTheRest));
  }
}

interface Fields {
  /** What has come whole. */
  whole: string[];
  most: number;
  arrived: () => void;
  /** A field has more than `most` octets (of ASCII, which tools print); no more of the stream is read. */
  tooMuch: () => void;
}

/** Puts what ends with a NUL into `whole`, field by field, and says so. */
function fields(stream: Readable, { whole, most, arrived, tooMuch }: Fields): void {
  let parts: string[] = [];
  let length = 0;
  stream.setEncoding('utf8').on('data', (text: string) => {
    const [rest = '', ...begun] = text.split('\0');
    parts.push(rest);
    length += rest.length;
    if (length > most) {
      stream.destroy();
      tooMuch();
      return;
    }
    if (begun.length === 0) return;
    const last = begun.pop() ?? '';
    whole.push(parts.join(''), ...begun);
    parts = [last];
    length = last.length;
    arrived();
  });
}

function reasonOf(status: string, said: string): Told {
  if (status === NOT_FOUND) return told('not installed');
  const words = said.trim().split('\n')[0] ?? '';
  return words === '' ? told('exit status {n}', { n: status }) : verbatim(words);
}

const quoted = (word: string): string => `'${word.replaceAll("'", `'\\''`)}'`;

/** A here-document (POSIX, Shell Command Language, 2.7.4), taken as it is. */
const here = (input: string): string =>
  input === '' ? '</dev/null' : `<<'END OF INPUT'\n${input.replace(/\n?$/, '\n')}END OF INPUT`;

import { spawn, type ChildProcess } from 'node:child_process';
import { hostEnvironment } from './environment.ts';

/**
 * What a shell reads first: `run` starts a tool and answers with what it wrote on stdout, a NUL, its
 * exit status, what it wrote on stderr, and another NUL.
 */
const RUN = `run() {
  { said=$("$@" 2>&1 >&3 3>&-); } 3>&1
  printf '\\0%d %s\\0' $? "$said"
}
`;
const ANSWER = /([^\0]*)\0(\d+) ([^\0]*)\0/gy;
/** Exit status of a shell that finds no such command (POSIX, Shell Command Language, 2.8.2). */
const NOT_FOUND = '127';

/** A tool of the host that failed: the command as typed and the first thing it said. */
export class CommandError extends Error {
  readonly code = 'COMMAND';
  constructor(argv: readonly string[], reason: string) {
    super(`${argv.join(' ')}: ${reason}`);
    this.name = 'CommandError';
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
  #sh: ChildProcess | undefined;
  #read = '';

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
    const sh = spawn('sh', [], { stdio: ['pipe', 'pipe', 'ignore'], env: hostEnvironment() });
    sh.stdout.setEncoding('utf8').on('data', (text: string) => {
      this.#read += text;
      if (text.endsWith('\0')) this.#answer();
    });
    sh.stdin.on('error', () => undefined);
    sh.once('error', (error) => {
      this.#failAll(error.message);
    });
    sh.once('close', () => {
      this.#failAll('its shell has ended');
    });
    sh.stdin.write(RUN);
    return sh;
  }

  #answer(): void {
    const answers = [...this.#read.matchAll(ANSWER)];
    this.#read = this.#read.slice(answers.reduce((octets, [whole]) => octets + whole.length, 0));
    for (const [, stdout = '', status = '', said = ''] of answers) {
      const order = this.#orders.shift();
      if (status === '0') order?.resolve(stdout);
      else order?.reject(new CommandError(order.argv, reasonOf(status, said)));
    }
  }

  #failAll(reason: string): void {
    for (const { argv, reject } of this.#orders.splice(0)) reject(new CommandError(argv, reason));
  }
}

const reasonOf = (status: string, said: string): string =>
  status === NOT_FOUND ? 'not installed' : said.trim().split('\n')[0] || `exit status ${status}`;

const quoted = (word: string): string => `'${word.replaceAll("'", `'\\''`)}'`;

/** A here-document (POSIX, Shell Command Language, 2.7.4), taken as it is. */
const here = (input: string): string =>
  input === '' ? '</dev/null' : `<<'END OF INPUT'\n${input.replace(/\n?$/, '\n')}END OF INPUT`;

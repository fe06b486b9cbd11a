import { spawn, type ChildProcess } from 'node:child_process';
import { CommandError } from './command.ts';
import { hostEnvironment } from './environment.ts';

/**
 * Runs what it is started with for every line that it reads. An answer is what the command wrote on
 * stdout, a NUL, its exit status, what it wrote on stderr, and another NUL.
 */
const LOOP = `while read -r _; do
  { said=$("$@" 2>&1 >&3 3>&-); } 3>&1
  printf '\\0%d %s\\0' $? "$said"
done`;
const ANSWER = /^([^\0]*)\0(\d+) ([^\0]*)\0$/;

interface Waiting {
  resolve: (stdout: string) => void;
  reject: (error: Error) => void;
}

/**
 * One tool of the host, run again and again, one run at a time. A small shell starts it: to fork a
 * process as large as Node takes longer than a look at the sockets.
 */
export class RepeatedCommand {
  readonly #argv: readonly [string, ...string[]];
  #shell: ChildProcess | undefined;
  #read = '';
  #waiting: Waiting | undefined;

  constructor(...argv: [string, ...string[]]) {
    this.#argv = argv;
  }

  /** What the command printed on stdout. @throws CommandError */
  run(): Promise<string> {
    this.#shell ??= this.#start();
    const answer = new Promise<string>((resolve, reject) => {
      this.#waiting = { resolve, reject };
    });
    this.#shell.stdin?.write('\n');
    return answer;
  }

  stop(): void {
    this.#shell?.stdin?.end();
  }

  #start(): ChildProcess {
    const shell = spawn('sh', ['-c', LOOP, 'sh', ...this.#argv], {
      stdio: ['pipe', 'pipe', 'ignore'],
      env: hostEnvironment(),
    });
    shell.stdout.setEncoding('utf8').on('data', (text: string) => {
      this.#read += text;
      if (text.endsWith('\0')) this.#answer();
    });
    shell.stdin.on('error', () => undefined);
    shell.once('error', (error) => {
      this.#fail(error.message);
    });
    shell.once('close', () => {
      this.#fail('its shell has ended');
    });
    return shell;
  }

  #answer(): void {
    const [whole, stdout = '', status = '', said = ''] = ANSWER.exec(this.#read) ?? [];
    if (whole === undefined) return;
    this.#read = '';
    if (status === '0') this.#waiting?.resolve(stdout);
    else this.#fail(said.trim().split('\n')[0] || `exit status ${status}`);
  }

  #fail(reason: string): void {
    this.#waiting?.reject(new CommandError(this.#argv, reason));
    this.#waiting = undefined;
  }
}

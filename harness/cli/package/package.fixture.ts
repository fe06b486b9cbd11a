import { execa } from 'execa';
import { chmod, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

/** What `npm pack --json` tells of a tarball; sizes in octets. */
export interface Packed {
  filename: string;
  size: number;
  unpackedSize: number;
  files: { path: string }[];
}

/** As in a shell that no npm script has started. */
const ENV = Object.fromEntries(
  Object.entries(process.env).filter(
    ([name]) => !/^(npm_|NO_COLOR|FORCE_COLOR|SOCKET_LAB_)/.test(name),
  ),
);

/** The package, packed and installed into a folder outside the checkout. */
export class Installation {
  readonly dir: string;
  readonly packed: Packed;

  private constructor(dir: string, packed: Packed) {
    this.dir = dir;
    this.packed = packed;
  }

  static async make(): Promise<Installation> {
    const dir = await mkdtemp(join(tmpdir(), 'socket-lab-test-'));
    // For other users too.
    await chmod(dir, 0o755);
    const pack = ['pack', '--silent', '--json', '--pack-destination', dir];
    const [packed] = JSON.parse(await npm(pack, ROOT)) as [Packed];
    await writeFile(join(dir, 'package.json'), '{}');
    const install = ['install', '--ignore-scripts', '--prefer-offline', '--no-audit', '--no-fund'];
    await npm([...install, join(dir, packed.filename)], dir);
    return new Installation(dir, packed);
  }

  get paths(): string[] {
    return this.packed.files.map(({ path }) => path);
  }

  /** A file of the installed package. */
  file(path: string): string {
    return join(this.dir, 'node_modules/socket-lab', path);
  }

  /** Runs the command by its name; `uid`: as a user without a home. */
  run(args: string[], { uid, cwd = this.dir, tools = ENV['PATH'] ?? '', more = {} }: How = {}) {
    const path = [join(this.dir, 'node_modules/.bin'), tools].join(delimiter);
    const home = uid === undefined ? {} : { HOME: '/nonexistent' };
    const env = { ...ENV, ...more, PATH: path, ...home };
    const as = uid === undefined ? [] : ['setpriv', '--reuid', String(uid), '--clear-groups', '--'];
    const [file = '', ...rest] = [...as, 'socket-lab', ...args];
    return execa(file, rest, { cwd, env, extendEnv: false, reject: false });
  }

  /** Runs Node there. */
  node(args: string[]) {
    const options = { cwd: this.dir, env: ENV, extendEnv: false, reject: false } as const;
    return execa(process.execPath, args, options);
  }

  npx(args: string[]): Promise<string> {
    return npm(['exec', '--offline', '--', 'socket-lab', ...args], this.dir);
  }
}

export interface How {
  uid?: number;
  cwd?: string;
  /** PATH behind the folder of the command. */
  tools?: string;
  /** Variables beside our own. */
  more?: NodeJS.ProcessEnv;
}

async function npm(args: string[], cwd: string): Promise<string> {
  return (await execa('npm', args, { cwd, env: ENV, extendEnv: false })).stdout;
}

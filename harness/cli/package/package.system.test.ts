/** The npm package as somebody else has it: packed, installed elsewhere, and run there. */
import { chown, mkdir, readdir, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { labNames } from '../../catalogue/catalogue.ts';
import { backendsUnderTest } from '../../testing/backends.ts';
import { version } from '../../installation.ts';
import { Installation, ROOT } from './package.fixture.ts';

const NOBODY = 65534;
const BACKENDS = await backendsUnderTest();

/** Octets. It was 0.8 MB packed, 3.3 MB unpacked when this was written. */
const LIMITS = { size: 1.5e6, unpackedSize: 8e6 };

/** What only a run needs, or a lab from elsewhere: calls of libc, programs, sockets, a compiler. */
const LINUX =
  /koffi|koromix|esbuild|^(node:)?(child_process|net|dgram|http|https|tls|tty|cluster)$/;

let here: Installation;
beforeAll(async () => {
  here = await Installation.make();
}, 300_000);
afterAll(() => rm(here.dir, { recursive: true, force: true }));

describe('the tarball', () => {
  it('holds what runs, what is read, and no test', () => {
    for (const wanted of ['LICENSE', 'dist/THIRD-PARTY-LICENSES', 'labs/bind.ts']) {
      expect(here.paths).toContain(wanted);
    }
    const folders = new Set(here.paths.map((path) => path.split('/')[0]));
    const code = ['clients', 'dist', 'docker', 'docs', 'labs', 'servers'];
    expect([...folders].sort()).toEqual(['LICENSE', 'README.md', ...code, 'package.json'].sort());
    expect(here.paths.filter((path) => /\.(test|fixture)\b|labs\/faults/.test(path))).toEqual([]);
  });

  it('is small, and brings nothing else but koffi and esbuild', async () => {
    expect(here.packed.size).toBeLessThan(LIMITS.size);
    expect(here.packed.unpackedSize).toBeLessThan(LIMITS.unpackedSize);
    const installed = await readdir(join(here.dir, 'node_modules'));
    const packages = installed.filter((name) => !name.startsWith('.')).sort();
    expect(packages).toEqual(['@esbuild', '@koromix', 'esbuild', 'koffi', 'socket-lab']);
  });

  it('knows nothing of the folder that it was made in, and leaves no build there', async () => {
    for (const path of here.paths) {
      expect((await readFile(here.file(path), 'utf8')).includes(ROOT), path).toBe(false);
    }
    expect(await readdir(ROOT)).not.toContain('dist');
  });
});

describe('the installed command', () => {
  it('says its version, its help and its labs', async () => {
    expect((await here.run(['--version'])).stdout).toBe(version());
    const help = await here.run(['--help']);
    expect(help.stdout).toMatch(/^Usage: socket-lab \[options\]/);
    expect(help.stdout).not.toContain('npm run');
    const { stdout } = await here.run(['list']);
    const listed = stdout.split('\n').filter((line) => line.startsWith('  '));
    expect(listed.map((line) => line.trim().split(' ')[0]).sort()).toEqual(await labNames());
  });

  it('calls itself as npx does, where npx runs it', async () => {
    expect(await here.npx(['verify', '--help'])).toMatch(/^Usage: npx socket-lab verify/);
  });

  it('names what installs a missing tool: there is no set-up here', async () => {
    const tools = join(here.dir, 'tools');
    await mkdir(tools);
    await symlink(process.execPath, join(tools, 'node'));
    const { stderr, exitCode } = await here.run(['bind', '--backend', 'netns'], { tools });
    expect(stderr).toMatch(/^lab: not installed: .*unshare; .*install .*(unshare|util-linux)/);
    expect(stderr).not.toContain('npm run');
    expect(exitCode).toBe(3);
  });

  it('says that Node.js is too old before it loads what that cannot read', async () => {
    const file = here.file('package.json');
    const about = await readFile(file, 'utf8');
    await writeFile(file, about.replace('>=20.20', '>=99.1'));
    const { stderr, exitCode } = await here.run(['list']);
    await writeFile(file, about);
    expect(stderr).toMatch(/^lab: Node\.js \S+ is too old: 99\.1 or later is needed$/);
    expect(exitCode).toBe(3);
  });

  it.each(BACKENDS.map(({ name }) => name))(
    'runs a lab on %s and verifies it',
    async (name) => {
      const args = ['handshake', '--backend', name, '--out', name];
      const run = await here.run(args);
      expect(run.exitCode, run.stderr).toBe(0);
      const manifest = await readFile(join(here.dir, name, 'manifest.json'), 'utf8');
      expect(JSON.parse(manifest)).toMatchObject({ command: ['socket-lab', ...args] });
      const { stdout, exitCode } = await here.run(['verify', name]);
      expect(stdout).toMatch(/handshake passed; replayed \d+ events/);
      expect(exitCode).toBe(0);
    },
    120_000,
  );

  describe('serves where koffi is not and nothing of Linux: no FFI, no program, no socket', () => {
    const [{ name: bundle } = { name: '' }] = BACKENDS;
    const modules = ['koffi', '@koromix'].map((name) => join('node_modules', name));
    beforeAll(async () => {
      for (const path of modules)
        await rename(join(here.dir, path), join(here.dir, `${path}-away`));
    });
    afterAll(async () => {
      for (const path of modules)
        await rename(join(here.dir, `${path}-away`), join(here.dir, path));
    });

    it.each([
      [['list'], /^ *handshake +Three segments/m],
      [['show', bundle], /^ *passed|passed:/m],
      [['verify', bundle], /handshake/],
      [['claims'], /backlog-full/],
      [['claims', 'handshake'], /\S/],
      [['coverage', '--json'], /SYN-SENT/],
      [['completion', 'bash'], /complete -F/],
      [['--help'], /Usage/],
    ])('%s', async (args, says) => {
      const loaded = join(here.dir, `loaded-${args.join('-')}`);
      const hooks = new URL('refuse-koffi.fixture.mjs', import.meta.url).href;
      const tools = join(here.dir, 'only-node');
      await mkdir(tools, { recursive: true });
      await symlink(process.execPath, join(tools, 'node')).catch(() => undefined);
      const more = { LOADED: loaded, NODE_OPTIONS: `--import=${hooks}` };
      const { stdout, stderr, exitCode } = await here.run(args, { tools, more });
      expect(stderr).toBe('');
      expect(stdout).toMatch(says);
      expect(exitCode).toBe(0);
      const asked = (await readFile(loaded, 'utf8')).split('\n');
      expect(asked).toContainEqual(expect.stringMatching(/main/));
      expect(asked.filter((name) => LINUX.test(name))).toEqual([]);
    });
  });

  describe('a lab of another project', () => {
    beforeAll(async () => {
      const { stderr, exitCode } = await here.run(['new', 'labs/mine']);
      expect(exitCode, stderr).toBe(0);
      expect(stderr).toBe('');
    });

    it.each(BACKENDS.map(({ name }) => name))(
      'runs on %s, and is verified',
      async (name) => {
        const out = `mine-${name}`;
        const run = await here.run(['labs/mine.lab.ts', '--backend', name, '--out', out]);
        expect(run.exitCode, run.stderr).toBe(0);
        const judged = await here.run(['verify', out, '--lab', 'labs']);
        expect(judged.stdout).toMatch(/mine passed; replayed \d+ events/);
        expect(judged.exitCode).toBe(0);
      },
      120_000,
    );

    it('has its test, with any runner', async () => {
      const test = await here.node(['--test', 'labs/mine.test.mjs']);
      expect(test.exitCode, test.stdout + test.stderr).toBe(0);
      expect(test.stdout).toMatch(/pass 2\n/);
    }, 120_000);

    it('has its types: what is wrong is found as it is written', async () => {
      const types = { typeRoots: [], types: [], noEmit: true, strict: true, skipLibCheck: false };
      const compilerOptions = { ...types, module: 'nodenext', target: 'es2023', lib: ['es2023'] };
      const tsconfig = { compilerOptions, include: ['labs/*.ts'] };
      await writeFile(join(here.dir, 'tsconfig.json'), JSON.stringify(tsconfig));
      const tsc = join(ROOT, 'node_modules/typescript/bin/tsc');
      const right = await here.node([tsc, '-p', here.dir]);
      expect(right.stdout).toBe('');
      const file = join(here.dir, 'labs/mine.lab.ts');
      const text = await readFile(file, 'utf8');
      await writeFile(file, text.replace("client: 'ESTABLISHED'", "client: 'ESTABLISHD'"));
      const wrong = await here.node([tsc, '-p', here.dir]);
      await writeFile(file, text);
      const line = text.split('\n').findIndex((one) => one.includes("client: 'ESTABLISHED'")) + 1;
      expect(wrong.stdout).toMatch(
        new RegExp(`labs/mine\\.lab\\.ts\\(${line},\\d+\\): error TS2\\d+: .*ESTABLISHD`),
      );
    }, 60_000);
  });

  it('runs for a user who may write in one folder only', async () => {
    const cwd = join(here.dir, 'home');
    await mkdir(cwd);
    const asRoot = process.getuid?.() === 0;
    if (asRoot) await chown(cwd, NOBODY, NOBODY);
    const how = { cwd, ...(asRoot ? { uid: NOBODY } : {}) };
    const run = await here.run(['handshake', '--backend', 'netns'], how);
    expect(run.exitCode, run.stderr).toBe(0);
    expect(await readdir(join(cwd, 'runs'))).toEqual([expect.stringMatching(/^handshake-\d/)]);
  }, 60_000);

  it('does not clean itself away', async () => {
    expect((await here.run(['clean'])).exitCode).toBe(0);
    for (const path of here.paths) await readFile(here.file(path));
  });
});

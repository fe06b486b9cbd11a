import { execa } from 'execa';
import { existsSync, statSync } from 'node:fs';
import { mkdir, readFile, rename, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { homedir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import pMemoize from 'p-memoize';
import { pack, type Pack } from 'tar-fs';
import { PACKAGED } from '../installation.ts';
import { code } from './code.ts';
import { BackendError } from './errors.ts';
import { told, verbatim } from '../told.ts';

/** Folder of our code inside a container. */
export const CODE_DIR = '/lab';

/** Node's names for Go's architectures, which are Docker's. */
const ARCHITECTURES: Record<string, string> = { amd64: 'x64', arm64: 'arm64' };

/**
 * Our code for a container as a tar file: what is built, and koffi with the binary of the container's
 * platform (Go's name of it). It is read once and given to every container of a run.
 */
export const codeArchive = pMemoize(readCode);

async function readCode(architecture: string): Promise<Buffer> {
  const { dir } = await code();
  const arch = ARCHITECTURES[architecture];
  if (arch === undefined) {
    const known = Object.keys(ARCHITECTURES).join(', ');
    const params = { architecture, names: known };
    throw new BackendError(
      told("Docker's machine is {architecture}; only {names} are supported", params),
    );
  }
  const modules = await koffiFor(arch);
  const folders = ['koffi', `@koromix/koffi-linux-${arch}`].map((name) => ({
    dir: join(modules, name),
    as: `node_modules/${name}`,
  }));
  const chunks: Buffer[] = [];
  for await (const chunk of packed([{ dir, as: '' }, ...folders])) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

const LOADED = /\.(mjs|js|cjs|json|node)$/;

/** Folders, each by another name below CODE_DIR, one behind the other in one tar file. */
function packed([{ dir, as }, ...others]: Folders, before?: Pack): Pack {
  const [next, ...rest] = others;
  return pack(dir, {
    ...(before && { pack: before }),
    // Documentation, sources and vendored code are not needed to load it.
    // The image's libc is glibc.
    ignore: (path) =>
      path.includes('/musl_') || !(LOADED.test(path) || statSync(path).isDirectory()),
    map: (header) => ({
      ...header,
      name: join(CODE_DIR.slice(1), as, header.name),
      uid: 0,
      gid: 0,
    }),
    finalize: next === undefined,
    finish: (pack) => {
      if (next !== undefined) packed([next, ...rest], pack);
    },
  });
}

type Folders = [Folder, ...Folder[]];

interface Folder {
  dir: string;
  as: string;
}

/** The node_modules folder that holds koffi with its Linux binary; from outside Linux it is fetched. */
async function koffiFor(arch: string): Promise<string> {
  const koffi = dirname(createRequire(import.meta.url).resolve('koffi'));
  const installed = dirname(koffi);
  if (existsSync(join(installed, `@koromix/koffi-linux-${arch}`))) return installed;
  const about = await readFile(join(koffi, 'package.json'), 'utf8');
  const { version } = JSON.parse(about) as { version: string };
  const target = join(
    PACKAGED ? userCache() : join(installed, '.cache/socket-lab-koffi'),
    `${version}-${arch}`,
  );
  if (!existsSync(target)) await fetchKoffi(target, version, arch);
  return join(target, 'node_modules');
}

/** Whose folder the package is in, we do not know (XDG Base Directory Specification). */
function userCache(): string {
  const { XDG_CACHE_HOME = '' } = process.env;
  return join(XDG_CACHE_HOME === '' ? join(homedir(), '.cache') : XDG_CACHE_HOME, 'socket-lab');
}

async function fetchKoffi(target: string, version: string, arch: string): Promise<void> {
  const temporary = join(dirname(target), `.${basename(target)}.${process.pid}`);
  const platform = ['--os=linux', `--cpu=${arch}`, '--libc=glibc'];
  try {
    await mkdir(temporary, { recursive: true });
    await execa('npm', [
      'install',
      '--prefix',
      temporary,
      '--no-save',
      '--ignore-scripts',
      ...platform,
      `koffi@${version}`,
    ]);
    await rename(temporary, target);
  } catch (cause) {
    throw new BackendError(told('cannot fetch koffi for Linux'), {
      hint: verbatim(`npm install ${platform.join(' ')} koffi@${version}`),
      cause,
    });
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}

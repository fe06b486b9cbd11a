import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Metafile } from 'esbuild';
import { ROOT } from '../../installation.ts';

/**
 * The licenses of the packages that are in these builds, as those ask for: name, version, and the text.
 * @throws Error naming a package that comes without one
 */
export async function thirdParties(builds: readonly Metafile[]): Promise<string> {
  const files = builds
    .flatMap(({ outputs }) => Object.values(outputs))
    .flatMap(({ inputs }) => Object.keys(inputs));
  const folders = new Set(files.flatMap((file) => packageFolder(file) ?? []));
  const texts = await Promise.all([...folders].sort().map(licenseOf));
  return texts.join(`\n${'-'.repeat(80)}\n\n`);
}

/** `node_modules/a/node_modules/@b/c` of a file in it. */
const packageFolder = (file: string): string | undefined =>
  /^(.*\bnode_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1];

async function licenseOf(folder: string): Promise<string> {
  const about = await readFile(join(ROOT, folder, 'package.json'), 'utf8');
  const { name, version, license } = JSON.parse(about) as Record<string, string>;
  const files = await readdir(join(ROOT, folder));
  const file = files.find((file) => /^licen[cs]e/i.test(file));
  if (file === undefined && license === undefined) {
    throw new Error(`${folder}: neither a license file nor a license named in package.json`);
  }
  const text = file === undefined ? '' : `\n${await readFile(join(ROOT, folder, file), 'utf8')}`;
  return `${name ?? ''} ${version ?? ''} (${license ?? 'see below'})\n${text}`;
}

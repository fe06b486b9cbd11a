import { access, mkdir, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join, normalize, resolve } from 'node:path';
import { labNames } from '../../catalogue/catalogue.ts';
import { PACKAGED, ROOT, typed } from '../../installation.ts';
import { told } from '../../told.ts';
import { COMMANDS } from '../command-line.ts';
import { UsageError } from '../errors.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { t } from '../language.ts';
import { tell } from '../process.ts';
import { labText, testText } from './template.ts';

/**
 * `new NAME`: writes a lab and its test, both of which run as they are; NAME may have a folder before it.
 * @throws UsageError for a name that cannot be a lab's, and when one of the files is there already
 */
export async function createLab(path: string): Promise<ExitCode> {
  const name = basename(path).replace(/(\.lab)?\.ts$/, '');
  await check(name);
  const folder = normalize(dirname(path));
  const lab = join(folder, `${name}.lab.ts`);
  const test = join(folder, `${name}.test.mjs`);
  for (const file of [lab, test]) {
    const isThere = await access(file).then(
      () => true,
      () => false,
    );
    if (isThere) throw new UsageError(told('{file} is there already', { file }));
  }
  await write(folder, { [lab]: labText(name), [test]: testText(name, INSTALL) });
  tell(...written(lab, test), ...missing(folder));
  return EXIT.passed;
}

async function check(name: string): Promise<void> {
  if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(name)) {
    const text = "'{name}' cannot be a lab's name: small letters, digits and hyphens";
    throw new UsageError(told(text, { name }));
  }
  if ((await labNames()).includes(name) || COMMANDS.some((command) => command === name))
    throw new UsageError(told("'{name}' is taken: give it another name", { name }));
}

async function write(folder: string, files: Readonly<Record<string, string>>): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
    for (const [file, text] of Object.entries(files)) await writeFile(file, text, { flag: 'wx' });
  } catch (cause) {
    const { code = 'unknown' } = cause as NodeJS.ErrnoException;
    throw new UsageError(told('cannot write to {dir} ({code})', { dir: folder, code }), { cause });
  }
}

const written = (lab: string, test: string): string[] => [
  t('{file}: a lab; run it with {command}', { file: lab, command: typed(lab) }),
  t('{file}: its test; run it with {command}', { file: test, command: `node --test ${test}` }),
];

/** What brings the package into the folder that one is in; a checkout has to be packed first. */
const INSTALL = PACKAGED
  ? 'npm install socket-lab'
  : `npm pack ${ROOT} && npm install ./socket-lab-*.tgz`;

/** The lab finds the harness that runs it; its test is run by Node, and needs the package. */
function missing(folder: string): string[] {
  try {
    createRequire(join(resolve(folder), 'x.js')).resolve('socket-lab/testing');
    return [];
  } catch {
    // npm installs no package into itself.
    if (!PACKAGED && join(resolve(folder), '/').startsWith(ROOT)) {
      const text =
        'The test needs the package, which cannot be installed in {dir}: put both in a folder elsewhere';
      return [t(text, { dir: ROOT })];
    }
    const command = folder === '.' ? INSTALL : `cd ${folder} && ${INSTALL}`;
    return [t('The test needs the package in its folder: {command}', { command })];
  }
}

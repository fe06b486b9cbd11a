import { join } from 'node:path';
import { typed } from '../../installation.ts';
import { pad, widthOf } from '../../present/terminal/wrap.ts';
import { styleFor } from '../../present/terminal/style.ts';
import type { Lab } from '../../vocabulary/define.ts';
import { LABS } from '../../catalogue/catalogue.ts';
import type { ExitCode } from '../exit-codes.ts';
import { labsToTell } from '../labs.ts';
import { t } from '../language.ts';
import { tell } from '../process.ts';

/**
 * `list [PATH...]`: name and title of every lab of ours, or of those in files and folders, section by
 * section, in reading order.
 */
export async function list(paths: readonly string[] = []): Promise<ExitCode> {
  const { labs, code } = await labsToTell(paths);
  const [first] = labs;
  const lines = sectionsOf(labs);
  if (first !== undefined) {
    const command = typed(labelOf(first));
    lines.unshift(t('In the order in which to meet them. Start here: {command}', { command }));
  }
  tell(...lines);
  return code;
}

function sectionsOf(labs: readonly Lab[]): string[] {
  const { bold } = styleFor(process.stdout, process.env, t).colors;
  const width = Math.max(...labs.map((lab) => widthOf(labelOf(lab))));
  return labs.flatMap((lab, i) => {
    const { title, section = '' } = lab;
    const isNew = i === 0 || labs[i - 1]?.section !== lab.section;
    const heading = isNew ? ['', ...(section === '' ? [] : [t(section)])] : [];
    return [...heading, `  ${bold(pad(labelOf(lab), width))}  ${t(title)}`];
  });
}

/** What is typed to run it: one of ours by its name, another by its file. */
const labelOf = ({ name, source }: Lab): string =>
  source === undefined || source.path === join(LABS, `${name}.ts`) ? name : source.file;

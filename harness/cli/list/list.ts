import { labNames, loadLabs } from '../../catalogue/catalogue.ts';
import { styleFor } from '../../present/terminal/style.ts';
import { t } from '../language.ts';
import { tell } from '../process.ts';

/** Prints every lab's name and title. */
export async function list(): Promise<void> {
  const labs = await loadLabs(await labNames());
  const { bold } = styleFor(process.stdout, process.env, t).colors;
  const width = Math.max(...labs.map(({ name }) => name.length));
  for (const { name, title } of labs) {
    tell(`${bold(name.padEnd(width))}  ${t(title)}`);
  }
}

import { PACKAGED } from '../../installation.ts';
import { installCommand, packageManager, shellLine } from './install-command.mjs';
import { findCommand, searchFolders, type Tool } from './tools.mjs';
import { told, verbatim, type Told } from '../../told.ts';

/** What to type to get these tools: the package has no set-up of its own to run. */
export function installHint(missing: readonly Tool[], packaged = PACKAGED): Told {
  if (!packaged) return verbatim('npm run setup');
  const has = (program: string): boolean =>
    findCommand(program, searchFolders(process.env['PATH'])) !== undefined;
  const manager = packageManager(has);
  if (manager === undefined) return told('install {names} by hand', { names: missing.join(', ') });
  const isRoot = process.getuid?.() === 0;
  return verbatim(shellLine(installCommand(manager, missing), !isRoot && has('sudo')));
}

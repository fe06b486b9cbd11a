import { installHint } from '../setup/install-hint.ts';
import { missingTools, searchFolders, TOOLS } from '../setup/tools.mjs';
import type { Finding } from './finding.ts';
import { tryCommand } from './try-command.ts';
import { told, verbatim } from '../../told.ts';

/** How each prints its version; the others come with the system. */
const VERSION: Readonly<Record<string, string>> = {
  ip: '-V',
  ss: '-V',
  netstat: '--version',
  tcpdump: '--version',
  nft: '--version',
  setpriv: '--version',
  unshare: '--version',
};

/** The tools that namespaces need on this machine; Docker's image has its own. */
export function checkTools(signal: AbortSignal): Promise<Finding[]> {
  const missing: readonly string[] = missingTools(searchFolders(process.env['PATH']));
  return Promise.all(
    TOOLS.map(async (tool): Promise<Finding> => {
      const name = verbatim(tool);
      if (missing.includes(tool))
        return { name, ok: false, found: told('not installed'), fix: installHint([tool]) };
      const { ok, text } = await tryCommand(signal, tool, VERSION[tool] ?? '--version');
      return { name, ok, found: verbatim(text.split('\n')[0] ?? '') };
    }),
  );
}

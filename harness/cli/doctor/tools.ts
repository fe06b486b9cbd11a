import { installHint } from '../setup/install-hint.ts';
import { missingTools, searchFolders, TOOLS } from '../setup/tools.mjs';
import type { Finding } from './finding.ts';
import { tryCommand } from './try-command.ts';

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
    TOOLS.map(async (name): Promise<Finding> => {
      if (missing.includes(name)) {
        return { name, ok: false, text: 'not installed', fix: installHint([name]) };
      }
      const { ok, text } = await tryCommand(signal, name, VERSION[name] ?? '--version');
      return { name, ok, text: text.split('\n')[0] ?? '' };
    }),
  );
}

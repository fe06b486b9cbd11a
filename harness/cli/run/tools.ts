import { release } from 'node:os';
import { BackendError } from '../../backend/errors.ts';
import { installHint } from '../setup/install-hint.ts';
import { missingTools, searchFolders } from '../setup/tools.mjs';
import { told } from '../../told.ts';

/** @throws BackendError when hosts made of network namespaces lack a tool */
export function checkTools(
  platform: NodeJS.Platform,
  path: string | undefined,
  kernel = release(),
): void {
  if (platform !== 'linux') {
    throw new BackendError(told('network namespaces are there on Linux only'), {
      hint: told('start Docker, or choose --backend docker'),
    });
  }
  // WSL 2 has a Linux, `...-microsoft-standard-WSL2`; the first one speaks Linux, and has none.
  if (/-Microsoft$/.test(kernel)) {
    throw new BackendError(told('WSL 1 has no network namespaces ({kernel})', { kernel }), {
      hint: told('make it WSL 2: wsl --set-version DISTRIBUTION 2'),
    });
  }
  const missing = missingTools(searchFolders(path));
  if (missing.length > 0) {
    throw new BackendError(told('not installed: {names}', { names: missing.join(', ') }), {
      hint: installHint(missing),
    });
  }
}

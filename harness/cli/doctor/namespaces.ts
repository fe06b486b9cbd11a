import { readFileSync } from 'node:fs';
import { netns } from '../../backend/netns.ts';
import { checkTools } from '../run/tools.ts';
import type { Finding } from './finding.ts';
import { tryRun } from './trial.ts';
import { told, toldBy, inEnglish, verbatim, type Told } from '../../told.ts';

/** Can hosts be made of network namespaces? Tried as a run does it, not guessed. */
export async function checkNamespaces(signal: AbortSignal): Promise<Finding> {
  const name = told('namespaces');
  try {
    checkTools(process.platform, process.env['PATH']);
  } catch (error) {
    const { hint } = error as Error & { hint?: Told };
    return { name, ok: false, found: toldBy(error), ...(hint && { fix: hint }) };
  }
  const root = process.getuid?.() === 0;
  const trouble = await tryRun(netns, signal);
  if (trouble === undefined)
    return {
      name,
      ok: true,
      found: root ? told('a run was tried, as root') : told('a run was tried, rootless'),
    };
  const { reason, hint } = trouble;
  // A run's own hint is to ask us.
  const fix = hint && fixFor(root, inEnglish(reason), readSysctl);
  return { name, ok: false, found: reason, ...(fix && { fix }) };
}

/**
 * What stands in the way of user namespaces, in the order in which distributions added it: the
 * kernel's own limit (namespaces(7)), Debian's switch, AppArmor's since Ubuntu 23.10.
 */
const SWITCHES: readonly { name: string; forbids: string; allows: string }[] = [
  { name: 'user.max_user_namespaces', forbids: '0', allows: '15000' },
  { name: 'kernel.unprivileged_userns_clone', forbids: '0', allows: '1' },
  { name: 'kernel.apparmor_restrict_unprivileged_userns', forbids: '1', allows: '0' },
];

/**
 * The command that would help; exported for its tests.
 * @param reason with what unshare(1) has said
 */
export function fixFor(
  root: boolean,
  reason: string,
  sysctl: (name: string) => string | undefined,
): Told {
  // mount_namespaces(7): only a mount's propagation can be changed, and a chroot's root may be none.
  if (reason.includes('root filesystem propagation'))
    return told("make the chroot's folder a mount point (mount --bind DIR DIR) before entering it");
  if (root) return told('a container that allows it (docker run --privileged), or use Docker');
  const found = SWITCHES.find(({ name, forbids }) => sysctl(name) === forbids);
  return found === undefined
    ? told('run as root, or use Docker')
    : verbatim(`sudo sysctl ${found.name}=${found.allows}`);
}

function readSysctl(name: string): string | undefined {
  try {
    return readFileSync(`/proc/sys/${name.replaceAll('.', '/')}`, 'utf8').trim();
  } catch {
    return undefined;
  }
}

import { existsSync, readFileSync } from 'node:fs';
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
  const fix = hint && fixFor(root, inEnglish(reason), { sysctl: readSysctl, exists: existsSync });
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

/** How many namespaces of a kind a user may have (namespaces(7)): what ENOSPC is about. */
const LIMITS = ['net', 'user', 'mnt', 'pid'].map((kind) => `user.max_${kind}_namespaces`);
/** As the kernel sets none lower by itself: half of what threads there may be. */
const FEW = 100;

/** AppArmor's profiles of the programs that a run starts, as distributions name their files. */
const PROFILES: Readonly<Record<'unshare' | 'tcpdump', readonly string[]>> = {
  // Ubuntu 25.04 and later: it lets unshare make namespaces, and nobody use them.
  unshare: ['unshare-userns-restrict', 'usr.bin.unshare'],
  tcpdump: ['usr.bin.tcpdump', 'usr.sbin.tcpdump', 'tcpdump'],
};

/** How this machine is set. */
interface Settings {
  sysctl: (name: string) => string | undefined;
  exists: (path: string) => boolean;
}

/**
 * What would help; exported for its tests.
 * @param reason with what unshare(1), ip or tcpdump has said
 */
export function fixFor(root: boolean, reason: string, settings: Settings): Told {
  const { sysctl } = settings;
  const sudo = root ? '' : 'sudo ';
  // mount_namespaces(7): only a mount's propagation can be changed, and a chroot's root may be none.
  if (reason.includes('root filesystem propagation'))
    return told("make the chroot's folder a mount point (mount --bind DIR DIR) before entering it");
  if (reason.includes('No space left on device')) return moreNamespaces(sudo, sysctl);
  const denied = /permission denied|not permitted/i.test(reason);
  if (denied && reason.includes('tcpdump')) {
    const profile = profileOf('tcpdump', settings);
    if (profile !== undefined) return unload(sudo, 'tcpdump', profile);
  }
  const isRestricted = sysctl('kernel.apparmor_restrict_unprivileged_userns') === '1';
  if (denied && isRestricted && !root) {
    const profile = profileOf('unshare', settings);
    if (profile !== undefined) return unload(sudo, 'unshare', profile);
  }
  if (root) return told('a container that allows it (docker run --privileged), or use Docker');
  const found = SWITCHES.find(({ name, forbids }) => sysctl(name) === forbids);
  return found === undefined
    ? told('run as root, or use Docker')
    : verbatim(`sudo sysctl ${found.name}=${found.allows}`);
}

function moreNamespaces(sudo: string, sysctl: Settings['sysctl']): Told {
  const isFew = (name: string): boolean => Number(sysctl(name) ?? FEW) < FEW;
  const name = LIMITS.find(isFew) ?? 'user.max_net_namespaces';
  const params = { name, n: sysctl(name) ?? '?', command: `${sudo}sysctl ${name}=15000` };
  return told('{command} ({name} is {n}, and as many are in use)', params);
}

const profileOf = (program: keyof typeof PROFILES, { exists }: Settings): string | undefined =>
  PROFILES[program].map((name) => `/etc/apparmor.d/${name}`).find(exists);

const unload = (sudo: string, program: string, profile: string): Told =>
  told("{command} (AppArmor's profile of {program} forbids it)", {
    command: `${sudo}apparmor_parser -R ${profile}`,
    program,
  });

function readSysctl(name: string): string | undefined {
  try {
    return readFileSync(`/proc/sys/${name.replaceAll('.', '/')}`, 'utf8').trim();
  } catch {
    return undefined;
  }
}

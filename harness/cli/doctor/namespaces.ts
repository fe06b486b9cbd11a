import { readFileSync } from 'node:fs';
import type { Finding } from './finding.ts';
import { tryCommand } from './try-command.ts';

/** A pair of links in a network namespace of its own: what a lab's two hosts are made of. */
const LINK = ['unshare', '--net', '--', 'ip', 'link', 'add', 'lab0', 'type', 'veth'] as const;

/** As harness/backend/netns.ts does it for an ordinary user. */
const ROOTLESS = ['--user', '--map-current-user', '--keep-caps', '--'] as const;

/** Are network namespaces allowed to this user? Tried, not guessed. */
export async function checkNamespaces(): Promise<Finding> {
  const name = 'namespaces';
  if (process.platform !== 'linux') {
    return { name, ok: false, text: 'on Linux only', fix: 'use Docker' };
  }
  const [file, ...args] = LINK;
  const root = process.getuid?.() === 0;
  const { ok, text } = root
    ? await tryCommand(file, ...args)
    : await tryCommand('unshare', ...ROOTLESS, ...LINK);
  if (ok) return { name, ok, text: `a link was made, ${root ? 'as root' : 'rootless'}` };
  return { name, ok, text, fix: fixFor(root, readSysctl) };
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

/** The command that would help; exported for its tests. */
export function fixFor(root: boolean, sysctl: (name: string) => string | undefined): string {
  if (root) return 'a container that allows it (docker run --privileged), or use Docker';
  const found = SWITCHES.find(({ name, forbids }) => sysctl(name) === forbids);
  return found === undefined
    ? 'run as root, or use Docker'
    : `sudo sysctl ${found.name}=${found.allows}`;
}

function readSysctl(name: string): string | undefined {
  try {
    return readFileSync(`/proc/sys/${name.replaceAll('.', '/')}`, 'utf8').trim();
  } catch {
    return undefined;
  }
}

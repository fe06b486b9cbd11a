import { readFile } from 'node:fs/promises';
import { $ } from 'zx';

/** Where a machine that is no Debian, or says nothing, gets Debian from. */
export const DEFAULT_MIRROR = 'http://deb.debian.org/debian';

/** The mirror that this machine's apt gets its own Debian from. */
export async function debianMirror(): Promise<string> {
  const codename = debianCodename(await readFile('/etc/os-release', 'utf8').catch(() => ''));
  if (codename === undefined) return DEFAULT_MIRROR;
  // `apt-get indextargets` would say nothing where the package lists were deleted.
  const uris = await $({ nothrow: true, quiet: true })`apt-get --print-uris update`;
  return mirrorAmong(uris.stdout, codename) ?? DEFAULT_MIRROR;
}

/** `VERSION_CODENAME` of os-release(5), if the system is Debian itself. */
export function debianCodename(osRelease: string): string | undefined {
  if (!/^ID="?debian"?$/m.test(osRelease)) return undefined;
  return /^VERSION_CODENAME="?([a-z]+)"?$/m.exec(osRelease)?.[1];
}

/**
 * The site that serves a Debian release, among the lines of `apt-get --print-uris update`
 * (`'<site>/dists/<suite>/InRelease' <file> 0`). Third parties name their suites after Debian's;
 * what only Debian has is the `-updates` beside it.
 */
export function mirrorAmong(printedUris: string, codename: string): string | undefined {
  const served = [...printedUris.matchAll(/^'((?!cdrom:)\S+?)\/+dists\/(\S+)\/InRelease'/gm)];
  const sitesOf = (suite: string) => served.filter((hit) => hit[2] === suite).map((hit) => hit[1]);
  const updates = sitesOf(`${codename}-updates`);
  const own = sitesOf(codename);
  return own.find((site) => updates.includes(site)) ?? own[0];
}

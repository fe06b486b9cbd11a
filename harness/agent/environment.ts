/** Folders of iproute2, nft and tcpdump, which an ordinary user's PATH may lack. */
const SYSTEM_FOLDERS = '/usr/local/bin:/usr/sbin:/sbin:/usr/bin:/bin';

/**
 * The environment of what runs in a host: agents, tools and programs under test. Nothing that the
 * harness was given on top (tokens, proxies, NODE_OPTIONS) reaches a program that a student wrote;
 * and NODE_EXTRA_CA_CERTS alone would make every start of Node 60 ms slower.
 */
export function hostEnvironment(): Record<string, string> {
  const ours = Object.entries(process.env).filter(
    (entry): entry is [string, string] =>
      entry[0].startsWith('SOCKET_LAB_') && entry[1] !== undefined,
  );
  const path = `${process.env['PATH'] ?? ''}:${SYSTEM_FOLDERS}`;
  return { ...Object.fromEntries(ours), PATH: path, HOME: '/', LC_ALL: 'C' };
}

/** As many octets as are worth reading at a glance. */
const MOST = 256;
const NAMED: ReadonlyMap<number, string> = new Map([
  [0x09, '\\t'],
  [0x0a, '\\n'],
  [0x0d, '\\r'],
  [0x22, '\\"'],
  [0x5c, '\\\\'],
]);

/** Octets as strace prints them: ASCII in quotes, the rest escaped, a long string cut. */
export function asText(octets: Uint8Array): string {
  const shown = [...octets.subarray(0, MOST)].map(escaped).join('');
  return `"${shown}"${octets.length > MOST ? '...' : ''}`;
}

const escaped = (octet: number): string =>
  NAMED.get(octet) ??
  (isPrintable(octet) ? String.fromCharCode(octet) : `\\x${octet.toString(16).padStart(2, '0')}`);

export const isPrintable = (octet: number): boolean => octet >= 0x20 && octet <= 0x7e;

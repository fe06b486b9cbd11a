// @ts-check
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Inside node_modules, so that it goes when the packages go. */
const STAMP = join('node_modules', '.socket-lab-setup');

/**
 * What the installed packages depend on: the lockfile, and the platform that the prebuilt ones
 * (koffi, esbuild) are for.
 * @param {string} root the project's folder
 */
function wantedStamp(root) {
  const lock = readFileSync(join(root, 'package-lock.json'));
  const hash = createHash('sha256').update(lock).digest('hex');
  return `${hash} ${process.platform}-${process.arch}\n`;
}

/**
 * Whether the packages of the lockfile are installed as they are wanted.
 * @param {string} root
 */
export function packagesAreCurrent(root) {
  try {
    return readFileSync(join(root, STAMP), 'utf8') === wantedStamp(root);
  } catch {
    return false;
  }
}

/**
 * Records that `npm ci` succeeded.
 * @param {string} root
 */
export function stampPackages(root) {
  writeFileSync(join(root, STAMP), wantedStamp(root));
}

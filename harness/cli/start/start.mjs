// @ts-check
// `npm run lab`: the command line as plain JavaScript, built again whenever a source has changed.
// To load its TypeScript as it is (tsx) takes longer than all of a short lab.
import { pathToFileURL } from 'node:url';
import { builtMain } from './built.mjs';

const main = builtMain() ?? (await build());
if (main === undefined) {
  const { register } = await import('tsx/esm/api');
  register();
  await import('../main.ts');
} else {
  await import(pathToFileURL(main).href);
}

/** Undefined where nothing may be written: an ordinary user in somebody else's checkout. */
async function build() {
  const { build } = await import('./build.mjs');
  return build().catch((/** @type {NodeJS.ErrnoException} */ error) => {
    if (error.code === 'EACCES' || error.code === 'EROFS') return undefined;
    throw error;
  });
}

// @ts-check
// `npm run lab`: the command line as plain JavaScript, built again whenever a source has changed.
// To load its TypeScript as it is (tsx) takes longer than all of a short lab.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { built } from '../../build/built.mjs';

const dir = await built('command').catch((/** @type {NodeJS.ErrnoException} */ error) => {
  // Nothing may be written: an ordinary user in somebody else's checkout.
  if (error.code === 'EACCES' || error.code === 'EROFS') return undefined;
  throw error;
});
if (dir === undefined) {
  const { register } = await import('tsx/esm/api');
  register();
  await import('../main.ts');
} else {
  await import(pathToFileURL(join(dir, 'main.mjs')).href);
}

// @ts-check
// `npm run lab`: the command line as plain JavaScript, built again whenever a source has changed.
// To load its TypeScript as it is (tsx) takes longer than all of a short lab.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

// Nothing of ours runs yet that could say what is wrong: 1 would be a lab that has failed.
const UNABLE = 3;

try {
  const dir = await build();
  if (dir === undefined) {
    const { register } = await import('tsx/esm/api');
    register();
    await import('../main.ts');
  } else {
    await import(pathToFileURL(join(dir, 'main.mjs')).href);
  }
} catch (error) {
  process.stderr.write(`lab: Socket Lab cannot be started: ${reasonOf(error)}\n`);
  process.exit(UNABLE);
}

async function build() {
  const { built } = await import('../../build/built.mjs');
  return built('command').catch((/** @type {NodeJS.ErrnoException} */ error) => {
    // Nothing may be written: an ordinary user in somebody else's checkout.
    if (error.code === 'EACCES' || error.code === 'EROFS') return undefined;
    throw error;
  });
}

/**
 * In one line.
 * @param {unknown} error
 */
function reasonOf(error) {
  const { code, message } = /** @type {NodeJS.ErrnoException} */ (error);
  if (code === 'EMFILE' || /too many open files/.test(message))
    return 'too many open files: ulimit -n 256 is enough';
  if (code === 'ERR_MODULE_NOT_FOUND' || code === 'MODULE_NOT_FOUND')
    return `${message.split('\n')[0]}: npm run setup installs what is missing`;
  return message.split('\n').find((line) => line.trim() !== '') ?? 'no reason is known';
}

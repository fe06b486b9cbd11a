// Hooks of Node's loader: what is asked for goes into the file that LOADED names, and koffi is not had.
import { appendFileSync } from 'node:fs';
import { register } from 'node:module';
import { isMainThread } from 'node:worker_threads';

if (isMainThread) register(import.meta.url);

/** @type {import('node:module').ResolveHook} */
export async function resolve(specifier, context, next) {
  appendFileSync(process.env.LOADED ?? '', `${specifier}\n`);
  if (/koffi|koromix/.test(specifier)) throw new Error(`${specifier} is refused`);
  return next(specifier, context);
}

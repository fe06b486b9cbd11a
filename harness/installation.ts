import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Put in its place by the package's build (harness/cli/package/build.ts). */
declare const SOCKET_LAB_PACKAGE: true | undefined;

/** This is the npm package: all is built in it already, and nothing can be built. */
export const PACKAGED = typeof SOCKET_LAB_PACKAGE !== 'undefined';

/** The folder of the checkout, or of the installed package. */
export const ROOT = fileURLToPath(new URL('../', import.meta.url));

/** What the package's build has made; not there in a checkout. */
export const DIST = join(ROOT, 'dist/');

/** Our version, as package.json has it. */
export function version(): string {
  const about = readFileSync(join(ROOT, 'package.json'), 'utf8');
  return (JSON.parse(about) as { version: string }).version;
}

/** The words with which this program is called here: hints must be what a user can type. */
export const CALLED: readonly string[] = calledAs(PACKAGED, process.env);

/** npm says `npx` where it runs a package's command (`npm exec`). */
export function calledAs(packaged: boolean, env: NodeJS.ProcessEnv): string[] {
  if (!packaged) return ['npm', 'run', 'lab', '--'];
  return env['npm_lifecycle_event'] === 'npx' ? ['npx', 'socket-lab'] : ['socket-lab'];
}

/** The same where our output is read by a program: npm would put lines of its own before it. */
export const CALLED_QUIETLY: readonly string[] = CALLED.flatMap((word) =>
  word === 'run' ? ['run', '-s'] : [word],
);

/** A command of ours with its arguments, as it is typed here. */
export const typed = (args: string): string => [...CALLED, args].join(' ');

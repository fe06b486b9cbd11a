/** `npm pack` runs it: all that the npm package runs, as plain JavaScript in `dist/`. */
import { rm, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import type { Metafile } from 'esbuild';
import { compile } from '../../build/compile.mjs';
import { NO_PART } from '../../build/cache.mjs';
import { DIST, ROOT } from '../../installation.ts';
import { thirdParties } from './third-parties.ts';
import { writeTypes } from './types.ts';

await rm(DIST, { recursive: true, force: true });
const command = await buildCommand();
await removeStubs(command);
const host = await compile('host', join(DIST, 'host'));
const page = await compile('page', join(DIST, 'page'));
await writeTypes(['index.ts', 'lab-test.ts'], join(DIST, 'types'));
await writeFile(join(DIST, 'THIRD-PARTY-LICENSES'), await thirdParties([command, host, page]));

/** The command line; and what removes leftovers when it has died, a program of its own. */
function buildCommand(): Promise<Metafile> {
  return compile('command', DIST, {
    // Wherever the package is installed to.
    urlOf: (file) =>
      `new URL(${JSON.stringify(relative(DIST, join(ROOT, file)))}, import.meta.url).href`,
    options: {
      entryPoints: [
        { in: 'harness/cli/package/socket-lab.mjs', out: 'socket-lab' },
        { in: 'harness/index.ts', out: 'index' },
        { in: 'harness/lab-test.ts', out: 'testing' },
        { in: 'harness/backend/docker-sweep.ts', out: 'docker-sweep' },
      ],
      define: { SOCKET_LAB_PACKAGE: 'true' },
      minifySyntax: true,
      minifyWhitespace: true,
      legalComments: 'none',
    },
  });
}

/** Tests beside the labs leave empty files: a bundler cannot know that no lab has such a name. */
async function removeStubs({ outputs }: Metafile): Promise<void> {
  const stubs = Object.entries(outputs).filter(([, { entryPoint = '' }]) =>
    NO_PART.test(entryPoint),
  );
  for (const [file] of stubs) await rm(join(ROOT, file));
}

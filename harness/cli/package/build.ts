/** `npm pack` runs it: all that the npm package runs, as plain JavaScript in `dist/`. */
import { rm, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { stop, type Metafile } from 'esbuild';
import { buildCode } from '../../backend/build-code.ts';
import { listPrograms, PACKAGED_CODE, ROOT } from '../../backend/bundle.ts';
import { DIST } from '../../installation.ts';
import { buildPage, PACKAGED_PAGE } from '../show/page.ts';
import { bundle, NO_LAB } from '../start/bundle.mjs';
import { thirdParties } from './third-parties.ts';

await rm(DIST, { recursive: true, force: true });
const metafile = await buildCommand();
await removeStubs(metafile);
await buildCode(join(DIST, PACKAGED_CODE), await listPrograms());
const { metafile: pageFiles, ...page } = await buildPage();
await writeFile(join(DIST, PACKAGED_PAGE), JSON.stringify(page));
const licenses = await thirdParties([metafile, pageFiles]);
await writeFile(join(DIST, 'THIRD-PARTY-LICENSES'), licenses);
await stop();

/** The command line; and what removes leftovers when it has died, a program of its own. */
async function buildCommand(): Promise<Metafile> {
  const { metafile } = await bundle({
    entryPoints: [
      { in: 'harness/cli/package/socket-lab.mjs', out: 'socket-lab' },
      { in: 'harness/backend/docker-sweep.ts', out: 'docker-sweep' },
    ],
    outdir: DIST,
    // Wherever the package is installed to.
    urlOf: (file) =>
      `new URL(${JSON.stringify(relative(DIST, join(ROOT, file)))}, import.meta.url).href`,
    options: {
      define: { SOCKET_LAB_PACKAGE: 'true' },
      metafile: true,
      minifySyntax: true,
      minifyWhitespace: true,
      legalComments: 'none',
    },
  });
  if (metafile === undefined) throw new Error('esbuild made no metafile');
  return metafile;
}

/** Tests beside the labs leave empty files: a bundler cannot know that no lab has such a name. */
async function removeStubs({ outputs }: Metafile): Promise<void> {
  const stubs = Object.entries(outputs).filter(([, { entryPoint = '' }]) =>
    NO_LAB.test(entryPoint),
  );
  for (const [file] of stubs) await rm(join(ROOT, file));
}

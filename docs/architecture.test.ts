/** The pages that tell of the layout name what is there. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect, test } from 'vitest';
import { ROOT } from '../harness/installation.ts';

/** Where a short name is looked for. */
const PLACES = ['', 'harness'];
const NAMES = new Set(
  readdirSync(join(ROOT, 'harness'), { recursive: true, encoding: 'utf8' }).map((file) =>
    basename(file),
  ),
);

const isThere = (path: string): boolean =>
  path.includes('/')
    ? PLACES.some((place) => existsSync(join(ROOT, place, path)))
    : NAMES.has(path) || existsSync(join(ROOT, path));

test.each(['README.md', 'docs/architecture.md', 'docs/bundle.md'])('%s', (page) => {
  const text = readFileSync(join(ROOT, page), 'utf8');
  const named = [...text.matchAll(/`((?:[\w-]+\/)*[\w.-]+\.(?:ts|tsx|mjs))`/g)].map(
    ([, path = '']) => path,
  );
  // What a reader is asked to write, or what a line of a failure looks like.
  const isExample = (path: string): boolean => /^((labs\/)?x|my)\./.test(path);
  expect(named.filter((path) => !isExample(path) && !isThere(path))).toEqual([]);
});

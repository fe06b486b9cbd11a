import { readFileSync } from 'node:fs';
import { SourceMap, type SourceMapPayload } from 'node:module';
import { basename } from 'node:path';

/**
 * The line of a source that stands on a stack, nearest to where the stack was taken.
 * @param paths how its path looks there, and that of what it has been built into
 * @param mapOf what it was built into ends in `.mjs` and has a map; without one no line is told: it is
 *   a help, and no run fails for want of it
 */
export function lineOnStack(
  stack: string,
  file: string,
  paths: RegExp,
  mapOf: (built: string) => SourceMap | undefined,
): number | undefined {
  const frames = new RegExp(`(?<path>${paths.source}):(?<line>\\d+):(?<column>\\d+)`, 'g');
  for (const { groups = {} } of stack.matchAll(frames)) {
    const { path = '', line, column } = groups;
    if (!path.endsWith('.mjs')) return Number(line);
    const entry = mapOf(path)?.findEntry(Number(line) - 1, Number(column) - 1);
    if (entry === undefined || !('originalLine' in entry)) continue;
    // It may have been built together with files that it imports.
    if (basename(entry.originalSource) === basename(file)) return entry.originalLine + 1;
  }
  return undefined;
}

/** The map that lies beside what was built. */
export function mapBeside(built: string): SourceMap | undefined {
  try {
    const path = decodeURI(built.replace(/^file:\/\//, ''));
    return new SourceMap(JSON.parse(readFileSync(`${path}.map`, 'utf8')) as SourceMapPayload);
  } catch {
    return undefined;
  }
}

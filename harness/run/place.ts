import { readFileSync } from 'node:fs';
import { SourceMap, type SourceMapPayload } from 'node:module';
import type { Place } from '../evidence/events.ts';

/** Frames that are looked through: what stands between a lab's line and us, awaited calls included. */
const FRAMES = 40;

/**
 * Tells the line of a lab's source that is being carried out, by the stack: of the source itself, or of
 * what it was built into, whose map lies beside it (harness/build/bundle.mjs). Undefined where neither
 * is on it (a lab made in a test).
 */
export function placesIn(lab: string): () => Place | undefined {
  const name = lab.replace(/[^\w-]/g, '');
  const frame = new RegExp(
    `(?:file://)?(?<path>[^\\s(]*[/\\\\](?:labs[/\\\\]${name}\\.ts|${name}-\\w+\\.mjs)):(?<line>\\d+):(?<column>\\d+)`,
  );
  let map: SourceMap | undefined;
  return () => {
    const { path = '', line, column } = frame.exec(stackHere())?.groups ?? {};
    if (line === undefined) return undefined;
    const file = `labs/${name}.ts`;
    if (path.endsWith('.ts')) return { file, line: Number(line) };
    map ??= mapOf(path);
    const entry = map?.findEntry(Number(line) - 1, Number(column) - 1);
    if (entry === undefined || !('originalLine' in entry)) return undefined;
    return { file, line: entry.originalLine + 1 };
  };
}

function stackHere(): string {
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = FRAMES;
  const { stack = '' } = new Error('here');
  Error.stackTraceLimit = limit;
  return stack;
}

/** Undefined where there is none: a lab's line is a help, and no run fails for want of it. */
function mapOf(built: string): SourceMap | undefined {
  try {
    const text = readFileSync(`${decodeURI(built)}.map`, 'utf8');
    return new SourceMap(JSON.parse(text) as SourceMapPayload);
  } catch {
    return undefined;
  }
}

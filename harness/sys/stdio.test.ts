import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { cString, fgets, InputStream, strlen, strncmp } from './stdio.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'stdio-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** What fgets returns for a file, call by call, until it returns null. */
function linesOf(content: Buffer, size: number): string[] {
  const path = join(folder, 'input');
  writeFileSync(path, content);
  const fd = openSync(path, 'r');
  try {
    const stream = new InputStream(fd);
    const lines: string[] = [];
    for (let buff = Buffer.alloc(size); fgets(buff, size, stream); buff = Buffer.alloc(size)) {
      const end = buff.lastIndexOf('\n') + 1 || strlen(buff);
      lines.push(buff.toString('latin1', 0, end));
    }
    return lines;
  } finally {
    closeSync(fd);
  }
}

describe('fgets', () => {
  test('gives a line with its newline, the last one without', () => {
    expect(linesOf(Buffer.from('one\n\ntwo'), 127)).toEqual(['one\n', '\n', 'two']);
  });

  test('gives at most size - 1 octets', () => {
    expect(linesOf(Buffer.from('abcdefg\n'), 4)).toEqual(['abc', 'def', 'g\n']);
  });

  test('loses nothing of any text and splits only where it must', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', '\n'), maxLength: 10_000 });
    fc.assert(
      fc.property(text, fc.integer({ min: 2, max: 300 }), (content, size) => {
        const lines = linesOf(Buffer.from(content), size);
        expect(lines.join('')).toBe(content);
        for (const line of lines.slice(0, -1)) {
          expect(line.endsWith('\n') || line.length === size - 1).toBe(true);
        }
      }),
      { numRuns: 50 },
    );
  });

  test('leaves the buffer alone at end-of-file, and where nothing can be read', () => {
    const buff = Buffer.from('untouched');
    const fd = openSync('/dev/null', 'r');
    expect(fgets(buff, 9, new InputStream(fd))).toBeNull();
    closeSync(fd);
    expect(fgets(buff, 9, new InputStream(-1))).toBeNull();
    expect(buff.toString()).toBe('untouched');
  });

  test('refuses a size beyond its buffer', () => {
    expect(() => fgets(Buffer.alloc(8), 9, new InputStream(-1))).toThrow(RangeError);
  });
});

test('a C string ends at its first NUL', () => {
  const memory = Buffer.from('end\0rest');
  expect(cString(memory).toString()).toBe('end');
  expect(strlen(memory)).toBe(3);
  expect(strlen(Buffer.from('full'))).toBe(4);
});

test.each([
  ['end\n\0', 0],
  ['ending\0', 0],
  ['en\0d', -1],
  ['eno', 1],
  ['\0', -1],
])('strncmp of %j with "end"', (text, sign) => {
  expect(strncmp(Buffer.from(text), 'end', 3)).toBe(sign);
});

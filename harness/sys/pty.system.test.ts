import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

import { expect, test } from 'vitest';

import { scratchFolder } from './testing/compiled.ts';
import { TestProgram } from './testing/program.ts';
import { requireForTest } from './testing/requirements.ts';

const PRINTS_AND_WAITS = `
#include <stdio.h>
#include <unistd.h>
int main() { printf("one\\n"); printf("two\\n"); pause(); }
`;

test('a C program’s lines arrive while it runs, as it wrote them', async () => {
  requireForTest('gcc');
  await using folder = await scratchFolder();
  const binary = join(folder.path, 'prints');
  execFileSync('gcc', ['-x', 'c', '-o', binary, '-'], { input: PRINTS_AND_WAITS });
  await using program = new TestProgram([binary]);
  await program.printed('one\ntwo\n');
  expect(program.child.exitCode).toBeNull();
  program.child.kill('SIGKILL');
  expect((await program.ended).signal).toBe('SIGKILL');
  expect(program.output).toBe('one\ntwo\n');
});

test('what is written to a program is not echoed, and signals nobody', async () => {
  await using program = new TestProgram(['stty', '-a', '-F', '/dev/stdout']);
  expect((await program.ended).status).toBe(0);
  for (const mode of ['-echo', '-icanon', '-isig', '-opost']) {
    expect(program.output.split(/\s+/)).toContain(mode);
  }
});

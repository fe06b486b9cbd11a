/**
 * Where this user can make no network namespace, tests that need one are skipped, and say why. With
 * SOCKET_LAB_REQUIRE set nothing is skipped: what is required and missing fails.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { TestRunner, type RunnerTask, type RunnerTestFile } from 'vitest';

/** By what a file says: the backends, the fixtures that make namespaces, unshare itself. */
const NEEDS_NAMESPACES =
  /netns|NETNS|backendsUnderTest|requireForTest|captureLoopback|openNamespace|inChroot|withFault|unshare/;

export default class SkippingRunner extends TestRunner {
  onCollected(files: RunnerTestFile[]): void {
    if (process.env['SOCKET_LAB_REQUIRE'] !== undefined) return;
    for (const file of files) {
      if (!file.filepath.endsWith('.system.test.ts')) continue;
      if (!NEEDS_NAMESPACES.test(readFileSync(file.filepath, 'utf8'))) continue;
      const why = whyNoNamespaces();
      if (why === '') continue;
      // Its hooks are not run then.
      file.mode = 'skip';
      for (const task of file.tasks) skip(task, why);
    }
  }
}

function skip(task: RunnerTask, why: string): void {
  task.mode = 'skip';
  if (task.type === 'suite') for (const one of task.tasks) skip(one, why);
  else {
    // The note is what reporters show behind a skipped test; vitest's types leave it out.
    const note = `no network namespaces here: ${why}`;
    task.result = Object.assign({ state: 'skip' as const }, { note });
  }
}

let known: string | undefined;

/** As a run makes them (harness/backend/netns.ts); '' where it can. */
function whyNoNamespaces(): string {
  if (known !== undefined) return known;
  const own = process.getuid?.() === 0 ? [] : ['--user', '--map-current-user', '--keep-caps'];
  const { status, stderr, error } = spawnSync(
    'unshare',
    [...own, '--net', 'ip', 'link', 'set', 'lo', 'up'],
    { encoding: 'utf8' },
  );
  const said = error?.message ?? stderr.trim().split('\n')[0] ?? '';
  return (known = status === 0 ? '' : said === '' ? 'unshare failed' : said);
}

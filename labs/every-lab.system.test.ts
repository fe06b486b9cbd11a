/** Every lab passes on every backend, and its bundle, read back, gives the same verdicts. */
import { cp, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeBundle } from '../harness/evidence/bundle.ts';
import { labNames, loadLabs } from '../harness/catalogue/catalogue.ts';
import { ROOT } from '../harness/installation.ts';
import { runLab } from '../harness/run/run.ts';
import { verify } from '../harness/run/verify.ts';
import { backendsUnderTest } from '../harness/testing/backends.ts';
import { verbatim } from '../harness/told.ts';

const labs = await loadLabs(await labNames());
let dir: string;

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'socket-lab-test-'));
});
afterAll(() => rm(dir, { recursive: true }));

/** What failed once may not fail again for a long time: its evidence stays. */
async function keptWhenItFails(bundle: string, body: () => Promise<void>): Promise<void> {
  try {
    await body();
  } catch (error) {
    const kept = join(ROOT, 'runs', `failed-${basename(bundle)}-${Date.now()}`);
    await cp(bundle, kept, { recursive: true });
    console.error(`its bundle is kept: ${kept}`);
    throw error;
  }
}

describe.each(await backendsUnderTest())('on $name', (backend) => {
  // They mostly wait: a few at a time.
  it.concurrent.each(labs)(
    '$name',
    async (lab) => {
      const { signal } = new AbortController();
      const options = { backend, reason: verbatim('a test'), slow: false, harness: 'test', signal };
      const { status, message, leftBehind, stream, pcaps } = await runLab(lab, options);
      const bundle = join(dir, `${backend.name}-${lab.name}`);
      await writeBundle(bundle, { events: stream.events, pcaps });
      await keptWhenItFails(bundle, async () => {
        expect(message).toBeUndefined();
        expect({ status, leftBehind }).toEqual({ status: 'passed', leftBehind: undefined });
        const { summary, verdicts } = await verify(bundle, labs);
        expect(summary.expectations.map(({ verdict }) => verdict)).toEqual(
          Array<string>(verdicts).fill('met'),
        );
      });
    },
    90_000,
  );
});

describe('as a text', () => {
  it.each(labs)('$name has an injected fault under which it must fail', async ({ name }) => {
    const folder = new URL('./faults/', import.meta.url);
    const files = (await readdir(folder)).filter((file) => file.endsWith('.test.ts'));
    const tests = await Promise.all(files.map((file) => readFile(new URL(file, folder), 'utf8')));
    const imported = tests.flatMap((text) => [
      ...(new RegExp(`import (\\w+) from '../${name}.ts'`).exec(text)?.slice(1) ?? []).map(
        (as) => ({ as, text }),
      ),
    ]);
    expect(imported.some(({ as, text }) => text.split(as).length > 2)).toBe(true);
  });
});

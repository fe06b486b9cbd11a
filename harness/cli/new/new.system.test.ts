/** What an author does first: a lab of one's own, in a folder without anything, run and judged. */
import { existsSync } from 'node:fs';
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROOT } from '../../installation.ts';
import { lab } from '../cli.fixture.ts';

let dir = '';
let file = '';
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'socket-lab-test-'));
  const { stdout, stderr, exitCode } = await lab(['new', join(dir, 'labs/mine')]).child;
  expect(exitCode, stderr).toBe(0);
  file = join(dir, 'labs/mine.lab.ts');
  expect(stdout).toContain(`run it with npm run lab -- ${file}\n`);
  const packed = `npm pack ${ROOT} && npm install ./socket-lab-*.tgz`;
  expect(stdout).toContain(`: cd ${join(dir, 'labs')} && ${packed}\n`);
  expect(await readFile(join(dir, 'labs/mine.test.mjs'), 'utf8')).toContain(packed);
});
afterAll(() => rm(dir, { recursive: true }));

it('writes a lab and its test, and nothing over what is there', async () => {
  expect((await readdir(join(dir, 'labs'))).sort()).toEqual(['mine.lab.ts', 'mine.test.mjs']);
  const before = await readFile(file, 'utf8');
  const again = await lab(['new', join(dir, 'labs/mine')]).child;
  expect(again.stderr).toMatch(/^lab: .*mine\.lab\.ts is there already\n$/);
  expect(again.exitCode).toBe(2);
  expect(await readFile(file, 'utf8')).toBe(before);
});

it('in the checkout itself the test cannot have the package, and it says so', async () => {
  const runs = join(ROOT, 'runs');
  const isThere = existsSync(runs);
  const folder = join(runs, basename(dir));
  try {
    const { stdout } = await lab(['new', join(folder, 'mine')]).child;
    expect(stdout).toContain(`cannot be installed in ${ROOT}: put both in a folder elsewhere\n`);
  } finally {
    await rm(isThere ? folder : runs, { recursive: true });
  }
});

describe('the lab', () => {
  it('runs, is reported, and its bundle is judged only with the file that somebody names', async () => {
    const out = join(dir, 'run');
    const tap = join(dir, 'report.json');
    const args = ['--backend', 'netns', '--out', out, '--reporter', `json=${tap}`];
    const run = await lab([file, ...args]).child;
    expect(run.exitCode, run.stderr).toBe(0);
    expect(run.stdout).toContain('Three segments make a connection');
    const { labs } = JSON.parse(await readFile(tap, 'utf8')) as { labs: { file: string }[] };
    expect(labs.map((one) => one.file)).toEqual([file]);
    expect(await readFile(join(out, 'events.ndjson'), 'utf8')).toContain(
      `"at":${JSON.stringify({ file, line: 17 })}`,
    );

    const alone = await lab(['verify', out]).child;
    expect(alone.stdout).toContain(
      `If you trust that file: npm run lab -- verify ${out} --lab ${file}`,
    );
    expect(alone.exitCode).toBe(6);
    for (const place of [file, join(dir, 'labs')]) {
      const judged = await lab(['verify', out, '--lab', place]).child;
      expect(judged.stdout).toMatch(/: mine passed; replayed \d+ events, the same \d+ verdicts\n$/);
      expect(judged.exitCode).toBe(0);
    }
    const shown = await lab(['show', out, '--lab', file]).child;
    expect(shown.stdout).toContain('A client connects to a server that listens.');

    // Another lab of that name says so.
    await cp(join(dir, 'labs'), join(dir, 'changed'), { recursive: true });
    const changed = join(dir, 'changed/mine.lab.ts');
    await writeFile(changed, (await readFile(file, 'utf8')).replace('seq=x\n', 'seq=9\n'));
    const other = await lab(['verify', out, '--lab', changed]).child;
    expect(other.stdout).toContain("the lab has changed since; judged by today's lab: ");
    expect(other.exitCode).toBe(6);
  });

  it('is listed, and claims and coverage know it', async () => {
    const { stdout } = await lab(['list', join(dir, 'labs')]).child;
    expect(stdout).toContain(`  ${file}  Three segments make a connection\n`);
    const claim = {
      document: 'mine',
      line: 1,
      section: 's',
      quote: 'q',
      claim: 'It is said',
      verdict: 'holds',
    };
    await writeFile(join(dir, 'labs/mine.claims.json'), JSON.stringify([claim]));
    expect((await lab(['claims', file]).child).stdout).toContain('It is said');
    const { stdout: covered, exitCode } = await lab(['coverage', '--json', file]).child;
    const { edges } = JSON.parse(covered) as { edges: { name: string; labs: unknown[] }[] };
    expect(edges.filter(({ labs }) => labs.length > 0).map(({ name }) => name)).toEqual([
      'CLOSED -> LISTEN',
    ]);
    expect(exitCode).toBe(1);
  });
});

describe('a folder with one that is broken', () => {
  it('runs the others, names it, and says so in the exit code and the report', async () => {
    const folder = join(dir, 'some');
    await cp(join(dir, 'labs'), folder, { recursive: true });
    await writeFile(join(folder, 'bad.lab.ts'), "import { lab } from 'socket-lab';\nlab();\n");
    const report = join(dir, 'tap');
    const args = ['--backend', 'netns', '--out', join(dir, 'all'), '--reporter', `tap=${report}`];
    const { stderr, exitCode } = await lab(['--all', folder, ...args]).child;
    expect(stderr).toMatch(/^lab: \S+bad\.lab\.ts:2: a lab is lab\(\{ name, title/m);
    expect(exitCode).toBe(2);
    expect(await readdir(join(dir, 'all'))).toContain('manifest.json');
    const tap = await readFile(report, 'utf8');
    expect(tap).toMatch(/^not ok .*bad/m);
    expect(tap).toMatch(/mine/);
  });

  it('and two of one name are not told apart', async () => {
    const { stderr, exitCode } = await lab([file, join(dir, 'some/mine.lab.ts')]).child;
    expect(stderr).toMatch(/^lab: \S+ there is another lab 'mine', in \S+; run them one by one\n$/);
    expect(exitCode).toBe(2);
  });
});

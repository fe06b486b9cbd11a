/** `verify` as a user calls it: what it says of bundles, honest and other ones, and what it exits with. */
import { createHash } from 'node:crypto';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { labNames, loadLabs } from '../../catalogue/catalogue.ts';
import { LabChangedError, verify } from '../../run/verify.ts';
import { lab } from '../cli.fixture.ts';

const STORED = fileURLToPath(new URL('../../evidence/stored/', import.meta.url));

let dir: string;
let honest: string;
let changed: string;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'socket-lab-test-'));
  honest = join(dir, 'runs', 'honest');
  const { child } = lab(['wrong-port', '--backend', 'netns', '--out', honest]);
  const { exitCode, stderr } = await child;
  expect(exitCode, stderr).toBe(0);
  changed = await recordedBy(honest, join(dir, 'changed'), '0'.repeat(64));
});
afterAll(() => rm(dir, { recursive: true }));

/** A copy that says that the lab's source was another one. */
async function recordedBy(bundle: string, to: string, labHash: string): Promise<string> {
  await cp(bundle, to, { recursive: true });
  const sign = async (name: string, change: (text: string) => string): Promise<string> => {
    const content = change(await readFile(join(to, name), 'utf8'));
    await writeFile(join(to, name), content);
    return content;
  };
  const another = (text: string): string =>
    text.replace(/("labHash": ?)"\w+"/, (_, name: string) => `${name}"${labHash}"`);
  const events = await sign('events.ndjson', another);
  const sha256 = createHash('sha256').update(events).digest('hex');
  await sign('manifest.json', (text) =>
    another(text).replace(/("events.ndjson": \{\s*"sha256": )"\w+"/, `$1"${sha256}"`),
  );
  return to;
}

it('says what was replayed, and exits as the run did', async () => {
  const { stdout, stderr, exitCode } = await lab(['verify', honest]).child;
  expect(stderr).toBe('');
  expect(stdout).toMatch(/^\S+: wrong-port passed; replayed \d+ events, the same \d+ verdicts\n$/);
  expect(exitCode).toBe(0);
});

it('judges a folder of bundles, a line each and a summary, and passes over what is none', async () => {
  await mkdir(join(dir, 'runs', 'empty'));
  await writeFile(join(dir, 'runs', 'index.html'), '<p>');
  await cp(join(STORED, 'schema-1'), join(dir, 'runs', 'old'), { recursive: true });
  const { stdout, stderr, exitCode } = await lab(['verify', join(dir, 'runs')]).child;
  expect(stderr).toBe('');
  const [first, second, ...rest] = stdout.trimEnd().split('\n');
  expect(first).toMatch(/honest: wrong-port passed; /);
  expect(second).toMatch(/old: evidence refused: manifest.json: a bundle of schema 1, /);
  expect(rest).toEqual(['2 bundles: 1 passed, 1 refused']);
  expect(exitCode).toBe(5);
});

it('a file among the named is nobody’s error, but alone it is not a bundle', async () => {
  const index = join(dir, 'runs', 'index.html');
  expect((await lab(['verify', honest, index]).child).exitCode).toBe(0);
  const { stdout, stderr, exitCode } = await lab(['verify', index]).child;
  expect([stdout, exitCode]).toEqual(['', 2]);
  expect(stderr).toMatch(/^lab: no bundle in [^\n]+\n$/);
});

it('counts labs that are not known here apart from those that have changed, and says what helps', async () => {
  const folder = join(dir, 'elsewhere');
  const file = join(dir, 'mine.lab.ts');
  const about = "{ name: 'mine', title: 'Mine', explanation: 'It is.', sources: [] }";
  const body = "async ({ server }) => { await server.shell('socket = 3'); }";
  await writeFile(
    file,
    `import { lab } from 'socket-lab';\nexport default lab(${about}, ${body});`,
  );
  const run = ['--backend', 'netns', '--out'];
  expect((await lab([file, ...run, join(folder, 'a')]).child).exitCode).toBe(0);
  // Broken off before anything was expected: the bundle does not say where the lab was.
  const early = body.replace('{ await', "{ throw new Error('early'); await");
  await writeFile(
    file,
    `import { lab } from 'socket-lab';\nexport default lab(${about}, ${early});`,
  );
  expect((await lab([file, ...run, join(folder, 'b')]).child).exitCode).toBe(3);
  const { stdout, exitCode } = await lab(['verify', folder]).child;
  const [first, second, last] = stdout.trimEnd().split('\n');
  const command = (bundle: string): string => `npm run lab -- verify ${join(folder, bundle)} --lab`;
  expect(first).toBe(
    `${join(folder, 'a')}: the lab 'mine' is not known here; it was in ${file}. ` +
      `If you trust that file: ${command('a')} ${file}`,
  );
  expect(second).toBe(
    `${join(folder, 'b')}: the lab 'mine' is not known here; name its file, if you trust it: ` +
      `${command('b')} FILE`,
  );
  expect(last).toBe('2 bundles: 2 lab unknown');
  expect(exitCode).toBe(6);
});

it('with --json every bundle is an object on a line of its own', async () => {
  const { stdout, exitCode } = await lab(['verify', '--json', honest, join(STORED, 'schema-1')])
    .child;
  const lines = stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as unknown);
  expect(lines).toEqual([
    {
      bundle: honest,
      outcome: 'passed',
      lab: 'wrong-port',
      events: expect.any(Number) as number,
      verdicts: expect.any(Number) as number,
      changed: false,
    },
    {
      bundle: join(STORED, 'schema-1'),
      outcome: 'refused',
      reason: expect.stringContaining('schema 1') as string,
    },
  ]);
  expect(exitCode).toBe(5);
});

describe('a bundle of another version', () => {
  it.each([
    ['schema-1', 'schema 1, written by an earlier version'],
    ['schema-99', 'schema 99, written by a later version'],
  ])('%s is refused in one line', async (name, reason) => {
    for (const command of ['verify', 'show']) {
      const { stdout, stderr, exitCode } = await lab([command, join(STORED, name)]).child;
      expect(stdout + stderr).toMatch(/^[^\n]+\n$/);
      expect(stdout + stderr).toContain(reason);
      expect(exitCode).toBe(5);
    }
  });
});

describe('a lab that has changed since', () => {
  it('is said to have judged where it comes to the same verdicts', async () => {
    const { stdout, exitCode } = await lab(['verify', changed]).child;
    expect(stdout).toMatch(
      /: the lab has changed since; judged by today's lab: wrong-port passed; replayed /,
    );
    expect(exitCode).toBe(0);
  });

  it('and where it does not, the bundle is neither believed nor refused', async () => {
    const labs = await loadLabs(await labNames());
    const [today] = labs.filter(({ name }) => name === 'wrong-port');
    if (today === undefined) throw new Error('no such lab');
    const another = { ...today, body: async () => Promise.resolve() };
    await expect(verify(changed, [another])).rejects.toThrow(LabChangedError);
    await expect(verify(changed, [another])).rejects.toThrow(
      /the lab has changed since; judged by today's lab: event \d+: the bundle records /,
    );
  });

  it('is told from a harness that has', async () => {
    const labs = await loadLabs(await labNames());
    expect(await verify(honest, labs, { harness: '99.0.0' })).toMatchObject({ changed: true });
    const others = labs.map((one) => ({ ...one, body: async () => Promise.resolve() }));
    await expect(verify(honest, others, { harness: '99.0.0' })).rejects.toThrow(
      /Socket Lab has changed since \(it was \S+, this is 99.0.0\); judged by today's lab: /,
    );
  });

  it('that is not there any more cannot judge', async () => {
    const { message } = (await verify(honest, []).catch((error: unknown) => error)) as Error;
    expect(message).toMatch(/: there is no lab 'wrong-port'$/);
  });
});

it('names the source that ran: the bundler’s hash of a lab is that of its file', async () => {
  const [{ labHash }] = (await readFile(join(honest, 'events.ndjson'), 'utf8'))
    .split('\n', 1)
    .map((line) => JSON.parse(line) as { labHash: string }) as [{ labHash: string }];
  const source = await readFile(new URL('../../../labs/wrong-port.ts', import.meta.url));
  expect(labHash).toBe(createHash('sha256').update(source).digest('hex'));
});

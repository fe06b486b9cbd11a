/** Whatever a bundle, a file's name or an argument says, a terminal gets text, and machines their format. */
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { writeBundle } from '../evidence/bundle.ts';
import { SCHEMA_VERSION, type LabEvent } from '../evidence/events.ts';
import { lab } from './cli.fixture.ts';

const STORED = fileURLToPath(
  new URL(`../evidence/stored/schema-${SCHEMA_VERSION}/`, import.meta.url),
);

/**
 * A title for the window, a colour, C1's CSI, text from right to left, what has no width, half a
 * character, a line of its own.
 */
const HOSTILE =
  'x\x1b]0;owned\x07\x1b[31mowned\x9b2J\u202e\u2066\u200b\ufeff\ud800\r\n✓ passed\u2028';

/** A name for files and arguments, which hold no NUL and no half characters. */
const NAME = 'y\x1b[31mowned\x9b2J\u202e\u200b';

/** What no output may have: all controls but line ends, and the Unicode ones of direction and width. */
const CONTROL = /[^\P{Cc}\n]|[\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u;

/** Fields that hold what somebody has written; the others are words of the schema, or numbers. */
const FREE = new Set([
  ...['lab', 'title', 'text', 'backend', 'harness', 'kernel', 'route', 'interface', 'mac'],
  ...['name', 'line', 'command', 'nonce', 'other', 'file', 'errno', 'out', 'argv', 'args'],
  ...['node', 'ip', 'ss', 'netstat', 'tcpdump', 'nft', 'asker', 'code', 'who', 'what', 'why'],
]);

const FIXED = new Set(['op', 'timer']);

function spoilt(value: unknown, key = ''): unknown {
  if (typeof value === 'string') return FREE.has(key) ? `${value}${HOSTILE}` : value;
  if (Array.isArray(value)) return value.map((one) => spoilt(one, key));
  if (typeof value !== 'object' || value === null) return value;
  // These are words of the schema, whatever is in them.
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      name,
      FIXED.has(name) ? inner : spoilt(inner, name),
    ]),
  );
}

let dir: string;
let bundles: string[];
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'socket-lab-test-'));
  const text = await readFile(join(STORED, 'events.ndjson'), 'utf8');
  const events = text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as LabEvent)
    .map((event) => {
      // Its arguments are of the shape that its kind has: only what the world answered is spoilt.
      const { type } = event;
      const isFixed = type === 'action' || type === 'expect' || type === 'verdict';
      return isFixed ? event : (spoilt(event) as LabEvent);
    });
  const pcaps = {
    server: await readFile(join(STORED, 'server.pcap')),
    client: await readFile(join(STORED, 'client.pcap')),
  };
  const claim = { document: '004', lab: 'wrong-port', claim: HOSTILE, kernel: HOSTILE };
  const claims = [{ ...claim, verdict: 'differs', why: HOSTILE, since: HOSTILE }];
  const told = { text: HOSTILE };
  const broken = { ...events.at(-1), status: 'broken', message: told, hint: told } as LabEvent;
  const ends = { passed: events, broken: [...events.slice(0, -1), broken] };
  bundles = await Promise.all(
    Object.entries(ends).map(async ([name, all]) => {
      const bundle = join(dir, `${name}-${NAME}`);
      await writeBundle(bundle, { events: all, pcaps, claims: claims as never });
      return bundle;
    }),
  );
});
afterAll(() => rm(dir, { recursive: true }));

const run = async (args: string[], env: NodeJS.ProcessEnv = {}) => {
  const { stdout, stderr, exitCode } = await lab(args, env).child;
  return { said: stdout + stderr, stdout, stderr, exitCode };
};

describe.each(['en', 'zh'])('in %s', (language) => {
  test('show', async () => {
    const { said, stdout, exitCode } = await run(['show', ...bundles, '--lang', language]);
    expect(exitCode, said).toBe(0);
    expect(said).not.toMatch(CONTROL);
    // It is there to be read: the kernel's name, the title, an output line.
    expect(
      stdout.match(/\\x1b\]0;owned\\x07\\x1b\[31mowned\\x9b2J\\u202e/g)?.length,
    ).toBeGreaterThan(4);
    // No line begins as one of ours: the line end in the text is no line end.
    expect(stdout).not.toMatch(/^✓ passed(?!:)/m);
  });

  test.each([
    ['verify', () => ['verify', ...bundles]],
    ['verify --json', () => ['verify', '--json', ...bundles]],
    ['coverage', () => ['coverage', ...bundles]],
    ['coverage --json', () => ['coverage', '--json', ...bundles]],
    ['an unknown lab', () => [NAME]],
    ['an unknown option', () => [`--${NAME}`]],
    ['an unknown value', () => ['bind', '--backend', NAME]],
    ['a document', () => ['claims', NAME]],
    ['no bundle', () => ['show', join(dir, NAME)]],
    ['no capture', () => ['show', `${bundles[0] ?? ''}/result.json`]],
    ['a report for nobody', () => ['bind', '--reporter', NAME]],
  ] as const)('%s', async (_what, args) => {
    const { said } = await run([...args(), '--lang', language]);
    expect(said).not.toBe('');
    expect(said).not.toMatch(CONTROL);
  });
});

test('in colours only ours are there', async () => {
  const { stdout } = await run(['show', bundles[0] ?? ''], { FORCE_COLOR: '1' });
  const plain = stdout.replace(/\x1b\[(?:1|2|22|3[1-69])m/g, '');
  expect(plain).not.toBe(stdout);
  expect(plain).not.toMatch(CONTROL);
  expect(stdout).not.toContain('\x1b[31mowned');
  expect(stdout).toContain('\\x1b[31mowned');
});

test('what machines are given is the same when it is read', async () => {
  const { stdout } = await run(['verify', '--json', bundles[0] ?? '']);
  const { bundle, outcome } = JSON.parse(stdout) as { bundle: string; outcome: string };
  expect([bundle, outcome]).toEqual([bundles[0], 'refused']);
});

test('a report', async () => {
  const { said } = await run(['show', '--open', bundles[0] ?? ''], { PATH: '/nowhere' });
  expect(said).not.toMatch(CONTROL);
  const html = await readFile(join(bundles[0] ?? '', 'report.html'), 'utf8');
  const [title] = /<title>[^]*<\/title>/.exec(html) ?? [''];
  expect(title).toContain('\\u202e');
  expect(title).not.toMatch(CONTROL);
});

test('a folder of captures', async () => {
  const folder = join(dir, `captures-${NAME}`);
  await mkdir(folder);
  const capture = join(folder, `${NAME}.pcap`);
  await writeFile(capture, await readFile(join(STORED, 'server.pcap')));
  const { said, exitCode } = await run(['show', capture]);
  expect(exitCode, said).toBe(0);
  expect(said).not.toMatch(CONTROL);
  expect(said).toContain('\\x1b[31mowned');
});

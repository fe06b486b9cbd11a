/** A bundle may be anybody's: whatever lies there is answered in a line, soon, and without a hang. */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  cp,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rename,
  rm,
  symlink,
  truncate,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  BundleError,
  bundlesAt,
  checkWritable,
  EvidenceError,
  readBundle,
  writeBundle,
} from './bundle.ts';
import { SCHEMA_VERSION, type LabEvent } from './events.ts';
import { FILES, LARGEST, MANIFEST, type FileName, type Manifest } from './manifest.ts';
import { readRegularFile } from './regular-file.ts';
import { inEnglish, verbatim } from '../told.ts';

const EVENTS: LabEvent[] = [
  {
    seq: 0,
    t: 0,
    type: 'run',
    schema: SCHEMA_VERSION,
    lab: 'none',
    title: 'a title',
    backend: 'netns',
    reason: verbatim('a reason'),
    startedAt: '2026-01-02T03:04:05.678Z',
    command: ['a', 'command'],
    slow: false,
    harness: '0.1.0',
  },
  { seq: 1, t: 9, type: 'end', status: 'passed' },
];
const pcap = Buffer.from('d4c3b2a1020004000000000000000000000004000100000000', 'hex');

let dir: string;
let original: string;
let copies = 0;

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'socket-lab-test-'));
  original = join(dir, 'original');
  await writeBundle(original, { events: EVENTS, pcaps: { server: pcap, client: pcap } });
});
afterAll(() => rm(dir, { recursive: true }));

async function copy(): Promise<string> {
  const to = join(dir, `copy-${++copies}`);
  await cp(original, to, { recursive: true });
  return to;
}

/** Puts content into a file and its size and hash into the manifest, as a forger would. */
async function signed(name: FileName, content: string): Promise<string> {
  const bundle = await copy();
  await writeFile(join(bundle, name), content);
  const sha256 = createHash('sha256').update(content).digest('hex');
  const size = Buffer.byteLength(content);
  await rewrite(bundle, (manifest) => ({
    ...manifest,
    files: { ...manifest.files, [name]: { sha256, size } },
  }));
  return bundle;
}

async function rewrite(bundle: string, change: (manifest: Manifest) => unknown): Promise<void> {
  const file = join(bundle, MANIFEST);
  const manifest = JSON.parse(await readFile(file, 'utf8')) as Manifest;
  await writeFile(file, JSON.stringify(change(manifest)));
}

/** Why it is refused. */
async function refusal(bundle: string): Promise<string> {
  const error: unknown = await readBundle(bundle).catch((error: unknown) => error);
  expect(error).toBeInstanceOf(EvidenceError);
  const { reason } = error as EvidenceError;
  const said = inEnglish(reason);
  expect(said).not.toContain('\n');
  return said;
}

it('is read as it was written', async () => {
  const { events, manifest, pcaps, result } = await readBundle(original);
  expect(events).toEqual(EVENTS);
  expect(pcaps.client).toEqual(pcap);
  expect(manifest.command).toEqual(['a', 'command']);
  expect(result.status).toBe('passed');
});

describe('what a tool made of its files is told by name', () => {
  const changed = async (name: string, change: (text: string) => string): Promise<string> => {
    const bundle = await copy();
    await writeFile(join(bundle, name), change(await readFile(join(bundle, name), 'utf8')));
    return refusal(bundle);
  };
  const crlf = (text: string): string => text.replaceAll('\n', '\r\n');
  const marked = (text: string): string => `\ufeff${text}`;

  it.each(['events.ndjson', 'result.json'])('CRLF, and a BOM, in %s', async (name) => {
    expect(await changed(name, crlf)).toBe(
      `${name}: its line ends were changed to CRLF (git's core.autocrlf does that): make them LF again`,
    );
    expect(await changed(name, (text) => marked(crlf(text)))).toMatch(/were changed to CRLF/);
    expect(await changed(name, marked)).toBe(
      `${name}: a byte order mark (BOM) was put before it: remove it`,
    );
    // Whatever else was changed is just that.
    expect(await changed(name, (text) => crlf(text.replace('none', 'more')))).toMatch(
      /^\S+: cut or added to: /,
    );
  });

  it('a BOM before the manifest, whose line ends are nobody’s', async () => {
    expect(await changed(MANIFEST, marked)).toMatch(/^manifest\.json: a byte order mark/);
    const bundle = await copy();
    await writeFile(join(bundle, MANIFEST), crlf(await readFile(join(bundle, MANIFEST), 'utf8')));
    expect((await readBundle(bundle)).result.status).toBe('passed');
  });

  it('git is told to leave them alone', async () => {
    // gitattributes(5): no file here is text, whatever core.autocrlf says.
    expect(await readFile(join(original, '.gitattributes'), 'utf8')).toBe('* -text\n');
  });

  it('a folder too high', async () => {
    const inside = join(dir, 'unpacked', 'run');
    await cp(original, inside, { recursive: true });
    await expect(readBundle(join(dir, 'unpacked'))).rejects.toThrow(
      `${join(dir, 'unpacked')} is not a bundle, but ${inside} is: name that`,
    );
  });
});

describe.each([...FILES, MANIFEST])('%s', (name) => {
  /** A copy in which something else stands in its place. */
  async function instead(put: (file: string) => unknown): Promise<string> {
    const bundle = await copy();
    const file = join(bundle, name);
    await rename(file, join(bundle, 'was'));
    await put(file);
    return refusal(bundle);
  }

  it('a FIFO nobody writes to', async () => {
    const reason = await instead((file) => execFileSync('mkfifo', [file]));
    expect(reason).toBe(`${name}: is not a regular file`);
  });

  it('a link to a device that never ends', async () => {
    const reason = await instead((file) => symlink('/dev/zero', file));
    expect(reason).toBe(`${name}: is a symbolic link, not a file of its own`);
  });

  it('a link to the very file', async () => {
    expect(await instead((file) => symlink('was', file))).toMatch(/is a symbolic link/);
  });

  it('a folder', async () => {
    expect(await instead((file) => mkdir(file))).toMatch(/is not a regular file/);
  });

  it('a file of 10 GB, which is not read', async () => {
    const reason = await instead(async (file) => {
      await writeFile(file, '');
      await truncate(file, 10e9);
    });
    expect(reason).toMatch(/10000000000 octets/);
  });

  it('nothing', async () => {
    expect(await instead(() => undefined)).toBe(`${name}: cannot be read (ENOENT)`);
  });
});

it.each([...FILES])('%s with one bit another, and all its octets there', async (name) => {
  const bundle = await copy();
  const file = join(bundle, name);
  const content = await readFile(file);
  // A sequence number in a capture, a time among the events: still a pcap, and still JSON.
  const at = content.length >> 1;
  content.writeUInt8(content.readUInt8(at) ^ 1, at);
  await writeFile(file, content);
  expect(await refusal(bundle)).toBe(`${name}: changed: its SHA-256 is not the manifest's`);
});

it('a folder with nothing of a bundle is none: nobody has cut anything', async () => {
  const none = await mkdtemp(join(dir, 'none-'));
  await writeFile(join(none, 'notes.txt'), '');
  const error: unknown = await readBundle(none).catch((error: unknown) => error);
  expect(error).toBeInstanceOf(BundleError);
  expect((error as BundleError).message).toBe(
    `${none} is not a bundle: manifest.json cannot be read (ENOENT); a bundle holds ` +
      'events.ndjson, server.pcap, client.pcap, result.json, manifest.json',
  );
});

it('of the kernel, which does not say how long it is, not more is read than it says', async () => {
  const reading = readRegularFile('/proc/self/maps', { atMost: 1000 });
  await expect(reading).rejects.toThrow(/it has 1 octets, not 0/);
});

describe('a manifest', () => {
  const SHA = 'a'.repeat(64);
  it.each<[string, (manifest: Manifest) => unknown, RegExp]>([
    ['null', () => null, /is not the manifest of a bundle/],
    ['a list', () => [], /is not the manifest of a bundle/],
    ['without a schema', () => ({}), /is not the manifest of a bundle/],
    [
      'of an earlier schema',
      (m) => ({ ...m, schema: 1 }),
      /schema 1, written by an earlier version/,
    ],
    ['of a later one', (m) => ({ ...m, schema: 99 }), /schema 99, written by a later version/],
    ['with null for its files', (m) => ({ ...m, files: null }), /'files': /],
    ['without a file', (m) => ({ ...m, files: {} }), /'files.events.ndjson': /],
    [
      'with one more',
      (m) => ({ ...m, files: { ...m.files, '../../etc/passwd': { sha256: SHA, size: 1 } } }),
      /'files': Unrecognized key/,
    ],
    [
      'with a size that no file may have',
      (m) => ({ ...m, files: { ...m.files, 'client.pcap': { sha256: SHA, size: 1e12 } } }),
      /'files.client.pcap.size': Too big/,
    ],
    ['with null for its tools', (m) => ({ ...m, tools: null }), /'tools': /],
    ['with more than it has', (m) => ({ ...m, more: 1 }), /Unrecognized key: "more"/],
  ])('%s', async (_what, change, reason) => {
    const bundle = await copy();
    await rewrite(bundle, change);
    expect(await refusal(bundle)).toMatch(reason);
  });

  it('that is not JSON', async () => {
    const bundle = await copy();
    await writeFile(join(bundle, MANIFEST), '{');
    expect(await refusal(bundle)).toBe('manifest.json: is not JSON');
  });

  it('with a file of more octets than it says', async () => {
    const bundle = await copy();
    await writeFile(join(bundle, 'client.pcap'), Buffer.concat([pcap, pcap]));
    expect(await refusal(bundle)).toMatch(
      /client.pcap: cut or added to: it has \d+ octets, not \d+/,
    );
  });
});

describe('signed anew', () => {
  const lines = EVENTS.map((event) => JSON.stringify(event));
  it.each<[string, FileName, string, RegExp]>([
    ['a result that is null', 'result.json', 'null', /^result.json: Invalid input/],
    ['a result that is a number', 'result.json', '7', /^result.json: Invalid input/],
    ['a result without claims', 'result.json', '{}', /^result.json: 'claims': /],
    ['claims of anything', 'result.json', '{"claims":[{"why":{}}]}', /'claims.0.why': /],
    ['no events', 'events.ndjson', '', /line 1: the first event must be 'run'/],
    [
      'a line nested ten thousand deep',
      'events.ndjson',
      `${'['.repeat(1e4)}${']'.repeat(1e4)}\n`,
      /line 1: is nested deeper than 64 brackets/,
    ],
    [
      'a result nested a million deep',
      'result.json',
      `{"claims":${'['.repeat(1e6)}`,
      /result.json: is nested deeper/,
    ],
    [
      'a line of 17 MB',
      'events.ndjson',
      `${lines[0] ?? ''}\n{"seq":1,"t":2,"type":"note","text":"${'x'.repeat(17e6)}"}\n`,
      /line 2: is too long/,
    ],
    [
      'a command that is none',
      'events.ndjson',
      `${lines.join('\n').replace('["a",', '[1,')}\n`,
      /line 1: 'command.0'/,
    ],
  ])('%s', async (_what, name, content, reason) => {
    expect(await refusal(await signed(name, content))).toMatch(reason);
  });

  it('more events than any run has', async () => {
    const [first = ''] = lines;
    const notes = Array.from(
      { length: 1_000_001 },
      (_, i) => `{"seq":${i + 1},"t":1,"type":"note","text":""}`,
    );
    const bundle = await signed('events.ndjson', `${[first, ...notes].join('\n')}\n`);
    expect(await refusal(bundle)).toMatch(/line 1000001: more than 1000000 events/);
  });
});

it('is not written when it would be larger than what is read', async () => {
  const server = Buffer.alloc(LARGEST['server.pcap'] + 1);
  const into = join(dir, 'too-large');
  await expect(
    writeBundle(into, { events: EVENTS, pcaps: { server, client: pcap } }),
  ).rejects.toThrow(/server.pcap is too large: it has \d+ octets/);
  await expect(readFile(join(into, MANIFEST))).rejects.toThrow('ENOENT');
});

describe('bundles at a path', () => {
  let runs: string;
  beforeAll(async () => {
    runs = join(dir, 'runs');
    await mkdir(join(runs, 'all/netns'), { recursive: true });
    await mkdir(join(runs, 'empty'));
    await cp(original, join(runs, 'b'), { recursive: true });
    await cp(original, join(runs, 'a'), { recursive: true });
    await cp(original, join(runs, 'all/netns/deep'), { recursive: true });
    await cp(original, join(runs, 'cut'), { recursive: true });
    await rm(join(runs, 'cut', MANIFEST));
    await writeFile(join(runs, 'index.html'), '<p>');
    await symlink('a', join(runs, 'latest'));
    await mkdir(join(runs, 'site'));
    await writeFile(join(runs, 'site', MANIFEST), '{}');
  });

  it('are the folder itself, also through a link', async () => {
    expect(await bundlesAt(original)).toEqual([original]);
    expect(await bundlesAt(join(runs, 'latest'))).toEqual([join(runs, 'latest')]);
  });

  it('or those in it, cut ones too; what is none is passed over', async () => {
    const names = ['a', 'all/netns/deep', 'b', 'cut'];
    expect(await bundlesAt(runs)).toEqual(names.map((name) => join(runs, name)));
  });

  it('or none, in an empty folder and in a file', async () => {
    expect(await bundlesAt(join(runs, 'empty'))).toEqual([]);
    expect(await bundlesAt(join(runs, 'index.html'))).toEqual([]);
  });

  it('a folder with nothing but a manifest, when it is named, is a bundle that was cut', async () => {
    const named = join(runs, 'site');
    expect(await bundlesAt(named)).toEqual([named]);
  });

  it('that is not there is none', async () => {
    const nowhere = join(dir, 'nowhere');
    await expect(bundlesAt(nowhere)).rejects.toThrow(BundleError);
    await expect(bundlesAt(nowhere)).rejects.toThrow(
      `${nowhere} is not a bundle: it cannot be read (ENOENT); a bundle holds events.ndjson, `,
    );
  });

  it('come by name, however the folder has them, and from as deep as runs put them', async () => {
    const many = join(dir, 'many');
    const names = ['k', 'c', 'h', 'a', 'm', 'b', 'l', 'd'];
    for (const name of names) await cp(original, join(many, name), { recursive: true });
    const deep = join(many, 'z/docker/time-wait');
    await cp(original, join(deep, '1'), { recursive: true });
    // `verify /` looks at no more than that.
    await cp(original, join(deep, '2/deeper'), { recursive: true });
    const found = [...names.toSorted().map((name) => join(many, name)), join(deep, '1')];
    expect(await bundlesAt(many)).toEqual(found);
  });
});

describe('a folder to write to', () => {
  it('is empty, or not there yet, and is left as it was', async () => {
    const parent = await mkdtemp(join(dir, 'out-'));
    await checkWritable(parent);
    await checkWritable(join(parent, 'a/b/c'));
    expect(await readdir(parent)).toEqual([]);
  });

  it('is not one that holds something, which a run would be mixed with', async () => {
    await expect(checkWritable(original)).rejects.toThrow(
      `${original} is not empty; give a folder that is, or that is not there yet`,
    );
  });

  it.each([
    ['a file', () => join(original, MANIFEST), 'ENOTDIR'],
    ['below a file', () => join(original, MANIFEST, 'runs'), 'ENOTDIR'],
    ['of the kernel, where nobody can make one', () => '/proc/runs', 'ENOENT'],
  ])('is not %s', async (_what, where, code) => {
    const refused = checkWritable(where());
    await expect(refused).rejects.toThrow(BundleError);
    await expect(refused).rejects.toThrow(
      `cannot write to ${where()} (${code}); give another --out folder`,
    );
  });
});

import { createHash } from 'node:crypto';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { HostName, LabEvent } from './events.ts';
import { JsonError } from './json.ts';
import {
  aboutRun,
  BundleError,
  EvidenceError,
  FILES,
  LARGEST,
  MANIFEST,
  type FileName,
  type Manifest,
} from './manifest.ts';
import { makeAndRemove } from './make-and-remove.ts';
import { readRegularFile, UnreadableError } from './regular-file.ts';
import { formatEvents } from './stream.ts';
import { summarize, type Difference, type Summary } from './summary.ts';
import { told, toldBy, type Told } from '../told.ts';

export { BundleError, EvidenceError, type Manifest };

/** Tells git to leave every octet as it is. It is no evidence: no manifest lists it. */
const ATTRIBUTES = '.gitattributes';

/** A run as it was read back from disk. */
export interface Bundle {
  manifest: Manifest;
  events: LabEvent[];
  pcaps: Record<HostName, Buffer>;
  result: Summary;
}

export interface Run {
  events: readonly LabEvent[];
  pcaps: Record<HostName, Buffer>;
  /** Where documents differ from what the lab shows. */
  claims?: readonly Difference[];
}

/**
 * Writes a run into `dir`, the manifest last: a bundle without one is not whole.
 * @throws BundleError when a file of it would be larger than any that is read
 */
export async function writeBundle(dir: string, { events, pcaps, claims }: Run): Promise<void> {
  const contents: Record<FileName, Buffer> = {
    'events.ndjson': Buffer.from(formatEvents(events)),
    'server.pcap': pcaps.server,
    'client.pcap': pcaps.client,
    'result.json': json(summarize(events, claims)),
  };
  for (const name of FILES) {
    const { length } = contents[name];
    if (length <= LARGEST[name]) continue;
    const params = { file: name, n: length, m: LARGEST[name] };
    throw new BundleError(told('{file} is too large: it has {n} octets, more than {m}', params));
  }
  await mkdir(dir, { recursive: true });
  await writeFile(join(dir, ATTRIBUTES), '* -text\n');
  for (const name of FILES) await writeFile(join(dir, name), contents[name]);
  const fileOf = (content: Buffer): Manifest['files'][FileName] => ({
    sha256: sha256(content),
    size: content.length,
  });
  const files = Object.fromEntries(FILES.map((name) => [name, fileOf(contents[name])]));
  await writeFile(join(dir, MANIFEST), json({ ...aboutRun(events), files }));
}

/**
 * Reads a bundle, which may be anybody's, and checks it against its manifest and the schema.
 * @throws BundleError when there is none, EvidenceError saying where it is not as it was written
 */
export async function readBundle(dir: string): Promise<Bundle> {
  // Only who reads needs the schemas, and their library takes long to load.
  const { parseEvents } = await import('./schema.ts');
  const { parseManifest, parseResult } = await import('./bundle-schema.ts');
  const first = await read(dir, MANIFEST, { atMost: LARGEST[MANIFEST] });
  if (hasMark(first)) throw new EvidenceError(dir, told(MARKED, { file: MANIFEST }));
  const manifest = parse(dir, MANIFEST, () => parseManifest(first.toString()));
  const get = async (name: FileName): Promise<Buffer> => {
    const { size, sha256: expected } = manifest.files[name];
    try {
      const content = await read(dir, name, { exactly: size });
      if (sha256(content) === expected) return content;
      const why = told("{file}: changed: its SHA-256 is not the manifest's", { file: name });
      throw new EvidenceError(dir, why);
    } catch (error) {
      throw (await changedAsText(dir, name, expected)) ?? error;
    }
  };
  const [events, server, client, result] = [
    await get('events.ndjson'),
    await get('server.pcap'),
    await get('client.pcap'),
    await get('result.json'),
  ];
  return {
    manifest,
    events: parse(dir, 'events.ndjson', () => parseEvents(events.toString())),
    pcaps: { server, client },
    result: parse(dir, 'result.json', () => parseResult(result.toString())),
  };
}

const MARK = Buffer.from([0xef, 0xbb, 0xbf]);
const hasMark = (content: Buffer): boolean => content.subarray(0, MARK.length).equals(MARK);
const MARKED = '{file}: a byte order mark (BOM) was put before it: remove it';

/** The commonest change of all: a tool has taken a file for text of another system's making. */
async function changedAsText(
  dir: string,
  name: FileName,
  expected: string,
): Promise<EvidenceError | undefined> {
  if (name.endsWith('.pcap')) return undefined;
  const is = await readRegularFile(join(dir, name), { atMost: LARGEST[name] }).catch(
    () => undefined,
  );
  if (is === undefined) return undefined;
  const marked = hasMark(is);
  const content = marked ? is.subarray(MARK.length) : is;
  if (marked && sha256(content) === expected)
    return new EvidenceError(dir, told(MARKED, { file: name }));
  // Octet by octet: what is not UTF-8 stays as it is.
  const unix = Buffer.from(content.toString('latin1').replaceAll('\r\n', '\n'), 'latin1');
  if (sha256(unix) !== expected) return undefined;
  const why =
    "{file}: its line ends were changed to CRLF (git's core.autocrlf does that): make them LF again";
  return new EvidenceError(dir, told(why, { file: name }));
}

/** How many of a bundle's files are in a folder; a cut bundle has not all. */
const filesIn = (names: readonly string[]): number =>
  [MANIFEST, ...FILES].filter((name) => names.includes(name)).length;

/** Folders in folders: runs of several labs on several backends have three. */
const DEEPEST = 4;

/**
 * The bundles at a path: the folder itself, or all that lie in it, by name; what else lies there is
 * passed over, and so are symbolic links. None in what is no folder.
 * @throws BundleError when there is nothing of that name
 */
export async function bundlesAt(path: string): Promise<string[]> {
  const names = await readdir(path).catch((error: unknown) => {
    const { code = '' } = error as NodeJS.ErrnoException;
    if (code === 'ENOTDIR') return [];
    throw noBundle(path, told('it cannot be read ({code})', { code }));
  });
  return filesIn(names) > 0 ? [path] : bundlesBelow(path, DEEPEST);
}

async function bundlesBelow(dir: string, depth: number): Promise<string[]> {
  if (depth === 0) return [];
  const entries = await readdir(dir, { withFileTypes: true }).catch(() => []);
  const found: string[] = [];
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (!entry.isDirectory()) continue;
    const path = join(dir, entry.name);
    const names = await readdir(path).catch(() => []);
    // One name alone may be anybody's.
    if (filesIn(names) > 1) found.push(path);
    else found.push(...(await bundlesBelow(path, depth - 1)));
  }
  return found;
}

/**
 * Makes sure that a bundle can be written to `dir`, which may not be there yet.
 * @throws BundleError
 */
export async function checkWritable(dir: string): Promise<void> {
  try {
    const entries = await readdir(dir).catch((error: unknown) => {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw error;
    });
    if (entries !== undefined && entries.length > 0) {
      throw new BundleError(
        told('{dir} is not empty; give a folder that is, or that is not there yet', { dir }),
      );
    }
    await makeAndRemove(entries === undefined ? dir : join(dir, `.${process.pid}`));
  } catch (cause) {
    if (cause instanceof BundleError) throw cause;
    const { code = 'unknown' } = cause as NodeJS.ErrnoException;
    throw new BundleError(
      told('cannot write to {dir} ({code}); give another --out folder', { dir, code }),
      { cause },
    );
  }
}

async function read(
  dir: string,
  name: FileName | typeof MANIFEST,
  size: Parameters<typeof readRegularFile>[1],
): Promise<Buffer> {
  try {
    return await readRegularFile(join(dir, name), size);
  } catch (cause) {
    if (!(cause instanceof UnreadableError)) throw cause;
    const { told: why, code } = cause;
    if (name === MANIFEST && code !== undefined) {
      const names = await readdir(dir).catch(() => []);
      if (filesIn(names) === 0) {
        const [deeper] = await bundlesBelow(dir, DEEPEST);
        if (deeper !== undefined)
          throw new BundleError(
            told('{dir} is not a bundle, but {other} is: name that', { dir, other: deeper }),
            { cause },
          );
        throw noBundle(dir, told('{file} {why}', { file: name, why }), cause);
      }
    }
    throw new EvidenceError(dir, told('{file}: {why}', { file: name, why }), { cause });
  }
}

function noBundle(dir: string, why: Told, cause?: unknown): BundleError {
  const files = [...FILES, MANIFEST].join(', ');
  const params = { dir, why, files };
  return new BundleError(told('{dir} is not a bundle: {why}; a bundle holds {files}', params), {
    cause,
  });
}

function parse<T>(dir: string, name: string, parser: () => T): T {
  try {
    return parser();
  } catch (cause) {
    // The schema's error is of a module that is loaded only here.
    if (!(cause instanceof JsonError) && (cause as Error).name !== 'SchemaError') throw cause;
    throw new EvidenceError(dir, told('{file}: {why}', { file: name, why: toldBy(cause) }), {
      cause,
    });
  }
}

const sha256 = (content: Buffer): string => createHash('sha256').update(content).digest('hex');
const json = (value: unknown): Buffer => Buffer.from(`${JSON.stringify(value, null, 2)}\n`);

import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { access, constants, mkdir, readdir, readFile, rmdir, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { HOSTS, SCHEMA_VERSION, type HostName, type LabEvent } from './events.ts';
import { formatEvents } from './stream.ts';
import { summarize, type Difference, type Summary } from './summary.ts';

/** What a bundle consists of, beside its manifest. */
const FILES = ['events.ndjson', 'server.pcap', 'client.pcap', 'result.json'] as const;
const MANIFEST = 'manifest.json';

export interface Manifest {
  schema: number;
  lab: string;
  startedAt: string;
  /** What was typed. */
  command: string[];
  harness: string;
  kernel: string;
  tools: Record<string, string>;
  /** SHA-256, hexadecimal, and size in octets. */
  files: Record<string, { sha256: string; size: number }>;
}

/** A run as it was read back from disk. */
export interface Bundle {
  manifest: Manifest;
  events: LabEvent[];
  pcaps: Record<HostName, Buffer>;
  result: Summary;
}

/** A folder that is no bundle, a bundle that is not as it was written, or one that cannot be written. */
export class BundleError extends Error {
  override readonly name = 'BundleError';
}

export interface Run {
  events: readonly LabEvent[];
  pcaps: Record<HostName, Buffer>;
  command: readonly string[];
  /** Where documents differ from what the lab shows. */
  claims?: readonly Difference[];
}

/** Writes a run into `dir`, the manifest last: a bundle without one is not whole. */
export async function writeBundle(dir: string, run: Run): Promise<void> {
  const { events, pcaps, command, claims } = run;
  const contents: Record<(typeof FILES)[number], Buffer> = {
    'events.ndjson': Buffer.from(formatEvents(events)),
    'server.pcap': pcaps.server,
    'client.pcap': pcaps.client,
    'result.json': json(summarize(events, claims)),
  };
  await mkdir(dir, { recursive: true });
  for (const name of FILES) await writeFile(join(dir, name), contents[name]);
  const files = Object.fromEntries(
    FILES.map((name) => [name, { sha256: sha256(contents[name]), size: contents[name].length }]),
  );
  await writeFile(join(dir, MANIFEST), json({ ...about(events), command, files }));
}

function about(events: readonly LabEvent[]): Omit<Manifest, 'files' | 'command'> {
  const run = events.find((event) => event.type === 'run');
  const host = events.find((event) => event.type === 'host');
  return {
    schema: SCHEMA_VERSION,
    lab: run?.lab ?? '',
    startedAt: run?.startedAt ?? '',
    harness: run?.harness ?? '',
    kernel: host?.kernel ?? '',
    tools: host?.tools ?? {},
  };
}

/**
 * Reads a bundle and checks it against its manifest and the schema.
 * @throws BundleError saying where it is not as it was written
 */
export async function readBundle(dir: string): Promise<Bundle> {
  // Only who reads needs the schema, and its library takes long to load.
  const { parseEvents } = await import('./schema.ts');
  const manifest = parseManifest(dir, await readOrRefuse(dir, MANIFEST));
  const contents = new Map<string, Buffer>();
  for (const name of FILES) {
    const content = await readOrRefuse(dir, name);
    const expected = manifest.files[name];
    if (expected === undefined)
      throw new BundleError(`${join(dir, MANIFEST)}: ${name} is not in it`);
    if (content.length !== expected.size) {
      const was = `${content.length} octets, not ${expected.size}`;
      throw new BundleError(`${join(dir, name)}: cut or added to: it has ${was}`);
    }
    if (sha256(content) !== expected.sha256) {
      throw new BundleError(`${join(dir, name)}: changed: its SHA-256 is not the manifest's`);
    }
    contents.set(name, content);
  }
  const get = (name: (typeof FILES)[number]): Buffer => contents.get(name) ?? Buffer.alloc(0);
  const [server, client] = HOSTS.map((host) => get(`${host}.pcap`));
  return {
    manifest,
    events: parse(join(dir, 'events.ndjson'), () => parseEvents(get('events.ndjson').toString())),
    pcaps: { server: server ?? Buffer.alloc(0), client: client ?? Buffer.alloc(0) },
    result: parse(
      join(dir, 'result.json'),
      () => JSON.parse(get('result.json').toString()) as Summary,
    ),
  };
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
      throw new BundleError(`${dir} is not empty; give a folder that is, or that is not there yet`);
    }
    if (entries === undefined) await makeAndRemove(dir);
    else await access(dir, constants.W_OK | constants.X_OK);
  } catch (cause) {
    if (cause instanceof BundleError) throw cause;
    const { code } = cause as NodeJS.ErrnoException;
    throw new BundleError(
      `cannot write to ${dir} (${code ?? 'unknown'}); give another --out folder`,
      {
        cause,
      },
    );
  }
}

/**
 * Makes the first folder on the way to `dir` that is not there, and removes it: what access(2) says
 * is not what mkdir(2) does, in /proc for one (where `mkdir` with `recursive` never returns).
 */
export async function makeAndRemove(dir: string): Promise<void> {
  const parent = dirname(resolve(dir));
  if (!existsSync(parent)) return makeAndRemove(parent);
  await mkdir(dir);
  await rmdir(dir);
}

function parseManifest(dir: string, content: Buffer): Manifest {
  const file = join(dir, MANIFEST);
  const manifest = parse(file, () => JSON.parse(content.toString()) as Partial<Manifest> | null);
  if (manifest?.schema !== SCHEMA_VERSION || typeof manifest.files !== 'object') {
    throw new BundleError(`${file}: no manifest of a bundle with schema ${SCHEMA_VERSION}`);
  }
  return manifest as Manifest;
}

async function readOrRefuse(dir: string, name: string): Promise<Buffer> {
  try {
    return await readFile(join(dir, name));
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    const files = [...FILES, MANIFEST].join(', ');
    throw new BundleError(
      `${dir} is no bundle: ${name} cannot be read (${code ?? ''}); one holds ${files}`,
      {
        cause,
      },
    );
  }
}

function parse<T>(file: string, read: () => T): T {
  try {
    return read();
  } catch (cause) {
    const reason =
      (cause as Error).name === 'SchemaError' ? (cause as Error).message : 'is no JSON';
    throw new BundleError(`${file}: ${reason}`, { cause });
  }
}

const sha256 = (content: Buffer): string => createHash('sha256').update(content).digest('hex');
const json = (value: unknown): Buffer => Buffer.from(`${JSON.stringify(value, null, 2)}\n`);

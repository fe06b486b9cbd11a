import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Lab } from '../vocabulary/define.ts';
import { told, ToldError } from '../told.ts';

const LABS = fileURLToPath(new URL('../../labs/', import.meta.url));

/**
 * In which order a student should meet the labs. A lab that is not in here comes after these, by
 * name: a new file in `labs/` is all that a new lab needs.
 */
export const TEACHING_ORDER: readonly string[] = [
  // Opening
  'handshake',
  'listen',
  'bind',
  'sockets',
  'established',
  'wrong-port',
  'connect-bind',
  'mss',
  'syn-timeout',
  'old-duplicate-syn',
  'simultaneous-open',
  'syn-received-close',
  'self-connect',
  'listen-connect',
  // The queue
  'backlog-full',
  'backlog-sizes',
  'slow-accept',
  'backlog-overflow',
  'late-ack',
  'abort-on-overflow',
  'syn-cookies',
  // Closing
  'close',
  'three-segment-close',
  'simultaneous-close',
  'half-close',
  'close-wait-leak',
  'fin-wait-2-timeout',
  // TIME-WAIT
  'time-wait',
  'time-wait-expiry',
  'client-time-wait',
  'server-closes-each',
  'lost-last-ack',
  'late-segment',
  'time-wait-syn',
  'time-wait-flood',
  'tw-reuse',
  // Taking a port again
  'bind-restart',
  'reuseaddr',
  'reuseport',
  'bind-matrix',
  // Resets and data
  'reset',
  'reset-received',
  'reset-sent',
  'forged-reset',
  'send-buffer',
  'zero-window',
  'keepalive',
];

/** A file in `labs/` that is no lab, or not the one that its name says. */
export class CatalogueError extends ToldError {
  override readonly name = 'CatalogueError';
}

/** Names of all labs in teaching order, by their files: none is loaded. */
export async function labNames(folder = LABS): Promise<string[]> {
  const files = await readdir(folder);
  const names = files
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
    .map((file) => basename(file, '.ts'));
  return names.sort((a, b) => place(a) - place(b) || a.localeCompare(b));
}

/**
 * Loads these labs.
 * @throws CatalogueError when a file holds no lab, or one with another name than the file
 */
export function loadLabs(names: readonly string[], read: Read = ours): Promise<Lab[]> {
  return Promise.all(names.map((name) => load(name, read)));
}

type Read = (name: string) => Promise<unknown>;

/** Written so that a bundler sees which files these may be. */
const ours: Read = (name) => import(`../../labs/${name}.ts`);

/** What a file in `labs/` exports. */
interface LabModule {
  default?: Partial<Lab>;
  /** Its own source's SHA-256, put there by the bundler: what lies on disk may have changed since. */
  sourceHash?: string;
}

async function load(name: string, read: Read): Promise<Lab> {
  const { default: lab, sourceHash } = (await read(name)) as LabModule;
  if (typeof lab?.body !== 'function' || typeof lab.title !== 'string') {
    throw new CatalogueError(told('labs/{name}.ts: its default export is no lab', { name }));
  }
  // One file, one name: two labs of the same name cannot be.
  if (lab.name !== name) {
    const params = { name, other: lab.name ?? '' };
    throw new CatalogueError(told("labs/{name}.ts: the lab in it is named '{other}'", params));
  }
  const hash = sourceHash ?? (read === ours ? await hashOf(name) : undefined);
  return { ...(lab as Lab), ...(hash === undefined ? {} : { hash }) };
}

async function hashOf(name: string): Promise<string> {
  const source = await readFile(join(LABS, `${name}.ts`));
  return createHash('sha256').update(source).digest('hex');
}

function place(name: string): number {
  const index = TEACHING_ORDER.indexOf(name);
  return index < 0 ? TEACHING_ORDER.length : index;
}

import type { LabEvent } from './events.ts';
import { told, ToldError, type Told } from '../told.ts';

/** What a bundle consists of, beside its manifest. */
export const FILES = ['events.ndjson', 'server.pcap', 'client.pcap', 'result.json'] as const;
export type FileName = (typeof FILES)[number];
export const MANIFEST = 'manifest.json';

const MiB = 1 << 20;

/**
 * Octets that a file of a bundle may have. None is written larger, so none need be read: the largest
 * bundle of our own labs is under 2 MiB.
 */
export const LARGEST: Readonly<Record<FileName | typeof MANIFEST, number>> = {
  [MANIFEST]: MiB,
  'events.ndjson': 128 * MiB,
  'server.pcap': 128 * MiB,
  'client.pcap': 128 * MiB,
  'result.json': 16 * MiB,
};

export interface Manifest {
  schema: number;
  lab: string;
  /** SHA-256 of the lab's source; absent when it stood in no file of its own. */
  labHash?: string;
  startedAt: string;
  /** What was typed. */
  command: readonly string[];
  harness: string;
  kernel: string;
  tools: Record<string, string>;
  /** SHA-256, hexadecimal, and size in octets. */
  files: Record<FileName, { sha256: string; size: number }>;
}

/**
 * What a manifest says beside the files' hashes. It says nothing of its own: all of it stands in the
 * events, which a hash covers.
 */
export function aboutRun(events: readonly LabEvent[]): Omit<Manifest, 'files'> {
  const run = events.find((event) => event.type === 'run');
  const host = events.find((event) => event.type === 'host');
  return {
    schema: run?.schema ?? 0,
    lab: run?.lab ?? '',
    ...(run?.labHash === undefined ? {} : { labHash: run.labHash }),
    startedAt: run?.startedAt ?? '',
    command: run?.command ?? [],
    harness: run?.harness ?? '',
    kernel: host?.kernel ?? '',
    tools: host?.tools ?? {},
  };
}

/** A folder that is no bundle, or into which none can be written. */
export class BundleError extends ToldError {
  override readonly name = 'BundleError';
}

/** A bundle that is not believed: it was changed or cut, or what is in it contradicts itself. */
export class EvidenceError extends ToldError {
  override readonly name = 'EvidenceError';
  /** What is wrong with it, in a line, and where in it. */
  readonly reason: Told;
  constructor(dir: string, reason: Told, options?: ErrorOptions) {
    super(told('{dir}: evidence refused: {why}', { dir, why: reason }), options);
    this.reason = reason;
  }
}

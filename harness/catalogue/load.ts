import { basename } from 'node:path';
import type { Lab, Source } from '../vocabulary/define.ts';
import { told, ToldError, toldBy, verbatim, type Told } from '../told.ts';

/** A file that should hold a lab and does not, or not one that can be loaded: where, and why. */
export class CatalogueError extends ToldError {
  override readonly name = 'CatalogueError';
  /** As people are told it. */
  readonly file: string;
  /** Which lab it would be. */
  readonly lab: string;
  readonly reason: Told;
  constructor({ file, lab, line, reason }: Broken, options?: ErrorOptions) {
    const place = line === undefined ? file : `${file}:${line}`;
    super(told('{file}: {why}', { file: place, why: reason }), options);
    this.file = file;
    this.lab = lab;
    this.reason = reason;
  }
}

interface Broken {
  file: string;
  lab: string;
  line?: number | undefined;
  reason: Told;
}

/** What the file of a lab exports. */
interface LabModule {
  default?: Partial<Lab>;
  /** SHA-256 of its code. */
  sourceHash?: string;
  /** It cannot be built: what is wrong, and on which line. */
  broken?: { line?: number; why: string };
}

/**
 * The lab that a file exports.
 * @param read loads the file
 * @throws CatalogueError when it cannot be loaded, holds no lab, or one with another name than the file
 */
export async function labFrom(
  name: string,
  source: Omit<Source, 'hash'>,
  read: () => Promise<object>,
): Promise<Lab> {
  const { file } = source;
  const refuse = (reason: Told, line?: number, options?: ErrorOptions): CatalogueError =>
    new CatalogueError({ file, lab: name, line, reason }, options);
  const module = (await read().catch((cause: unknown) => {
    const { line, reason } = whyNotLoaded(cause, source);
    throw refuse(reason, line, { cause });
  })) as LabModule;
  const { default: lab, sourceHash = '', broken } = module;
  if (broken !== undefined) throw refuse(verbatim(broken.why), broken.line);
  if (typeof lab?.body !== 'function') {
    throw refuse(told('its default export is not a lab: export default lab({ ... }, ...)'));
  }
  // One file, one name: two labs of the same name cannot be.
  if (lab.name !== name) {
    throw refuse(
      told("the lab in it is named '{name}'; after its file it is '{other}'", {
        ...{ name: lab.name ?? '', other: name },
      }),
    );
  }
  return { ...(lab as Lab), source: { ...source, hash: sourceHash } };
}

/** What esbuild says of a file that is not TypeScript. */
interface NotBuilt {
  errors?: { text: string; location?: { file: string; line: number } | null }[];
}

function whyNotLoaded(
  error: unknown,
  { file, lineOf }: Omit<Source, 'hash'>,
): { line?: number | undefined; reason: Told } {
  const [first] = (error as NotBuilt).errors ?? [];
  if (first !== undefined) {
    const { text, location } = first;
    if (location == null || basename(location.file) === basename(file))
      return { line: location?.line, reason: verbatim(text) };
    // In a file that it imports.
    return { reason: verbatim(`${location.file}:${location.line}: ${text}`) };
  }
  const { name = 'Error', stack = '' } = error instanceof Error ? error : {};
  // What the vocabulary refuses speaks for itself.
  const reason =
    error instanceof ToldError
      ? error.told
      : told('it throws {name}: {why}', { name, why: toldBy(error) });
  return { line: lineOf(stack), reason };
}

import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import ts from 'typescript';
import { ROOT } from '../../installation.ts';

const HARNESS = join(ROOT, 'harness');

/**
 * Writes what these sources export as declarations, with all that they name, docstrings included.
 * @param entries below `harness/`
 * @throws Error for a source that does not compile
 */
export async function writeTypes(entries: readonly string[], outDir: string): Promise<void> {
  const declared = declarationsOf(entries.map((entry) => join(HARNESS, entry)));
  const wanted = entries.map((entry) => join(HARNESS, entry.replace(/\.ts$/, '.d.ts')));
  for (const file of wanted) {
    const text = declared.get(file);
    if (text === undefined) throw new Error(`${file}: not declared`);
    for (const [, , path = ''] of text.matchAll(IMPORTED)) {
      const other = resolve(dirname(file), `${path}.d.ts`);
      if (!wanted.includes(other)) wanted.push(other);
    }
    const to = join(outDir, relative(HARNESS, file));
    await mkdir(dirname(to), { recursive: true });
    // Older compilers want what will be there when it runs.
    await writeFile(to, text.replace(IMPORTED, '$1$2.js$3'));
  }
}

/** `'./x.ts'`, as an import names it. */
const IMPORTED = /(['"])(\.{1,2}\/[^'"]+)\.ts(['"])/g;

/** By the path of the declaration beside its source. */
function declarationsOf(files: string[]): Map<string, string> {
  const { config } = ts.readConfigFile(join(ROOT, 'tsconfig.json'), (path) =>
    ts.sys.readFile(path),
  ) as {
    config: { compilerOptions: object };
  };
  const own = ts.convertCompilerOptionsFromJson(config.compilerOptions, ROOT).options;
  const emitted: ts.CompilerOptions = {
    ...own,
    ...{ noEmit: false, declaration: true, emitDeclarationOnly: true, stripInternal: true },
  };
  const program = ts.createProgram(files, emitted);
  const wrong = ts.getPreEmitDiagnostics(program);
  if (wrong.length > 0) {
    const host = ts.createCompilerHost(own);
    throw new Error(ts.formatDiagnostics(wrong, host));
  }
  const declared = new Map<string, string>();
  program.emit(undefined, (file, text) => declared.set(resolve(file), text));
  return declared;
}

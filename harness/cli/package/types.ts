import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import ts from 'typescript';
import { ROOT } from '../../installation.ts';

const HARNESS = join(ROOT, 'harness');

/**
 * Writes what these sources export as declarations, with all that they name, docstrings included.
 * @param entries below `harness/`
 * @throws Error for one that cannot be declared
 */
export async function writeTypes(entries: readonly string[], outDir: string): Promise<void> {
  const wanted = entries.map((entry) => join(HARNESS, entry));
  const declare = declarer(wanted);
  for (const file of wanted) {
    const text = declare(file);
    for (const [, , path = ''] of text.matchAll(IMPORTED)) {
      const other = resolve(dirname(file), `${path}.ts`);
      if (!wanted.includes(other)) wanted.push(other);
    }
    const to = join(outDir, relative(HARNESS, file).replace(/\.ts$/, '.d.ts'));
    await mkdir(dirname(to), { recursive: true });
    // Older compilers want what will be there when it runs.
    await writeFile(to, text.replace(IMPORTED, '$1$2.js$3'));
  }
}

/** `'./x.ts'`, as an import names it. */
const IMPORTED = /(['"])(\.{1,2}\/[^'"]+)\.ts(['"])/g;

/** Makes the declarations of a source. */
function declarer(files: readonly string[]): (file: string) => string {
  const read = (path: string): string | undefined => ts.sys.readFile(path);
  const { config } = ts.readConfigFile(join(ROOT, 'tsconfig.json'), read) as {
    config: { compilerOptions: object };
  };
  const program = ts.createProgram(files, {
    ...ts.convertCompilerOptionsFromJson(config.compilerOptions, ROOT).options,
    ...{ noEmit: false, declaration: true, emitDeclarationOnly: true },
  });
  return (file) => {
    let declared = '';
    const write: ts.WriteFileCallback = (_, text) => {
      declared = text;
    };
    const { diagnostics } = program.emit(program.getSourceFile(file), write, undefined, true);
    const [wrong] = diagnostics;
    if (wrong === undefined) return declared;
    throw new Error(`${file}: ${ts.flattenDiagnosticMessageText(wrong.messageText, '\n')}`);
  };
}

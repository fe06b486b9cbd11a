/** Which texts the sources say, by their types: what is given to `told`, and to whatever is a `Say`. */
import { readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** A place where something is said or told. */
export interface Said {
  /** `harness/x.ts: t(lab.title)` */
  where: string;
  /** Every text that it can be; undefined where its type does not tell. */
  texts?: string[];
  /** What stands in its places and has a type that tells each word that it can be. */
  words: string[];
}

/** All of them, in the order of the files; what is told as a whole has no text of its own. */
export function allSaid(): Said[] {
  const files = ['harness', 'labs', 'docker'].flatMap(sourcesUnder);
  const program = ts.createProgram(files, OPTIONS);
  const checker = program.getTypeChecker();
  return files.flatMap((file) => {
    const source = program.getSourceFile(file);
    if (source === undefined) return [];
    const found: Said[] = [];
    const visit = (node: ts.Node): void => {
      if (ts.isCallExpression(node) && says(node.expression, checker))
        found.push(...saidBy(node, checker));
      ts.forEachChild(node, visit);
    };
    visit(source);
    return found;
  });
}

/** The page's, which are everybody's and a browser's beside. */
const OPTIONS: ts.CompilerOptions = {
  ...{ strict: true, noEmit: true, skipLibCheck: true, allowJs: true, types: ['node'] },
  ...{ allowImportingTsExtensions: true, exactOptionalPropertyTypes: true },
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  jsx: ts.JsxEmit.ReactJSX,
  jsxImportSource: 'preact',
  lib: ['lib.es2023.d.ts', 'lib.esnext.disposable.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'],
};

/** `told`, a `Say`, or a lab's `step` or `cell`, which tells its title. */
function says(callee: ts.Expression, checker: ts.TypeChecker): boolean {
  const name = ts.isPropertyAccessExpression(callee) ? callee.name.text : callee.getText();
  // To ask for the type of everything that is called takes a minute.
  if (!NAMES.includes(name)) return false;
  const type = checker.getTypeAtLocation(callee);
  if (type.aliasSymbol?.name === 'Say') return true;
  const declared = type.symbol as ts.Symbol | undefined;
  const [declaration] = declared?.declarations ?? [];
  const file = declaration?.getSourceFile().fileName ?? '';
  return /\/harness\/(told|vocabulary\/testbed)\.ts$/.test(file);
}

/** What those are called; a test holds every `Say` to it. */
const NAMES = ['t', '#t', 'say', 'told', 'step', 'cell', 'chinese', 'english'];

function saidBy(call: ts.CallExpression, checker: ts.TypeChecker): Said[] {
  const [what, params] = call.arguments;
  if (what === undefined) return [];
  // A cell has two headings.
  if (call.expression.getText() === 'cell')
    return [what, params].flatMap((heading) => (heading ? saidAs(heading, [], checker) : []));
  const words = params === undefined ? [] : wordsIn(params, checker);
  return saidAs(what, words, checker);
}

function saidAs(what: ts.Expression, words: string[], checker: ts.TypeChecker): Said[] {
  const type = checker.getTypeAtLocation(what);
  if (checker.getPropertyOfType(type, 'params') !== undefined) return [];
  const texts = wordsOf(type);
  const where = `${relative(ROOT, what.getSourceFile().fileName)}: ${what.getText()}`;
  return [{ where, words, ...(texts && { texts }) }];
}

/** The words of a type that is one of some words, or one alone. */
function wordsOf(type: ts.Type): string[] | undefined {
  const types = type.isUnion() ? type.types : [type];
  const known = types.filter((one) => !(one.flags & ts.TypeFlags.Undefined));
  return known.length > 0 && known.every((one) => one.isStringLiteral())
    ? known.map((one) => one.value)
    : undefined;
}

const wordsIn = (params: ts.Expression, checker: ts.TypeChecker): string[] =>
  checker
    .getPropertiesOfType(checker.getTypeAtLocation(params))
    .flatMap((property) => wordsOf(checker.getTypeOfSymbolAtLocation(property, params)) ?? []);

const sourcesUnder = (folder: string): string[] =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name) && !/\.(test|fixture)\.|testing\/|faults\//.test(name))
    .map((name) => join(ROOT, folder, name));

/** What labs say of themselves to people, by their sources. */
export function labTexts(): string[] {
  return sourcesUnder('labs').flatMap((file) => {
    const text = ts.sys.readFile(file) ?? '';
    const found: string[] = [];
    const visit = (node: ts.Node): void => {
      if (
        ts.isPropertyAssignment(node) &&
        ['title', 'explanation', 'notice', 'section', 'notWalkable'].includes(
          node.name.getText(),
        ) &&
        ts.isStringLiteralLike(node.initializer)
      )
        found.push(node.initializer.text);
      ts.forEachChild(node, visit);
    };
    visit(ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true));
    return found;
  });
}

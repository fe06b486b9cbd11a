import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** A text as it stands in the sources; `{}` is where an expression stands. */
export interface Found {
  file: string;
  text: string;
  node: ts.Node;
}

/** What differs between two spellings of a template: the names of its places. */
export const skeleton = (text: string): string => text.replace(/\{\w*\}/g, '{}');

/** Every text in the sources of these folders, tests left out. */
export function textsIn(...folders: string[]): Found[] {
  return folders.flatMap(sourcesUnder).flatMap((file) => {
    const found: Found[] = [];
    visit(parse(file), (node) => {
      const text = textOf(node);
      if (text !== undefined) found.push({ file, text, node });
    });
    return found;
  });
}

/** Every call of a function that is named so, alone or as a member. */
export function callsIn(folder: string, name: string): { file: string; call: ts.CallExpression }[] {
  return sourcesUnder(folder).flatMap((file) => {
    const found: { file: string; call: ts.CallExpression }[] = [];
    visit(parse(file), (node) => {
      if (ts.isCallExpression(node) && calledName(node.expression) === name)
        found.push({ file, call: node });
    });
    return found;
  });
}

/** The texts that an expression can be, as far as it spells them out. */
export function literals(expression: ts.Expression): string[] | undefined {
  const text = textOf(expression);
  if (text !== undefined) return [text];
  if (!ts.isConditionalExpression(expression)) return undefined;
  const [yes, no] = [literals(expression.whenTrue), literals(expression.whenFalse)];
  return yes === undefined || no === undefined ? undefined : [...yes, ...no];
}

export function textOf(node: ts.Node): string | undefined {
  if (ts.isImportDeclaration(node.parent) || ts.isLiteralTypeNode(node.parent)) return undefined;
  if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) return node.text;
  if (!ts.isTemplateExpression(node)) return undefined;
  return node.head.text + node.templateSpans.map(({ literal }) => `{}${literal.text}`).join('');
}

const calledName = (expression: ts.Expression): string =>
  ts.isPropertyAccessExpression(expression) ? expression.name.text : expression.getText();

function sourcesUnder(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name) && !/\.(test|fixture)\.|testing\/|sabotage\//.test(name))
    .map((name) => join(folder, name));
}

const parse = (file: string): ts.SourceFile =>
  ts.createSourceFile(file, readFileSync(join(ROOT, file), 'utf8'), ts.ScriptTarget.Latest, true);

function visit(node: ts.Node, see: (node: ts.Node) => void): void {
  if (node.parent as ts.Node | undefined) see(node);
  ts.forEachChild(node, (child) => {
    visit(child, see);
  });
}

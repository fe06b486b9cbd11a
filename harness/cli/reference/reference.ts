/** The reference of what labs can say, made from the docstrings of the vocabulary. */
import { join } from 'node:path';
import ts from 'typescript';
import { ROOT } from '../../installation.ts';

/** A member of the vocabulary, as its docstring tells of it. */
export interface Entry {
  /** As it is written: `toBeIn(wanted, details?)`. */
  usage: string;
  text: string;
  /** Code of a lab that uses it. */
  example: string;
  /** What it may reject with. */
  throws: string | undefined;
}

export interface Chapter {
  title: string;
  text: string;
  entries: readonly Entry[];
}

/** In this order: where it is declared, and what a lab writes to get at it. */
const CHAPTERS = [
  { file: 'testbed', name: 'Testbed', title: 'What a lab gets' },
  { file: 'sides', name: 'Side', title: 'A host: `server`, `client`' },
  { file: 'sides', name: 'Wire', title: 'The wire: `wire`' },
  { file: 'program', name: 'Program', title: 'A program: `await server.run(...)`' },
  { file: 'socket-shell', name: 'SocketShell', title: 'A socket shell: `await client.shell()`' },
  { file: 'expect-wire', name: 'ofWire', title: '`expect(wire)`' },
  { file: 'expect-host', name: 'ofConnection', title: '`expect(conn)`' },
  { file: 'expect-host', name: 'ofEnd', title: '`expect(server.end(conn))`' },
  { file: 'expect-host', name: 'ofListener', title: '`expect(server.listener())`' },
  { file: 'expect-host', name: 'ofSockets', title: '`expect(server.sockets())`' },
  {
    file: 'expect-host',
    name: 'ofCounter',
    title: "`expect(server.counter('TcpExtListenDrops'))`",
  },
  { file: 'expect-host', name: 'ofNetstat', title: '`expect(server.netstat())`' },
  { file: 'expect-program', name: 'ofProgram', title: '`expect(program)`' },
  { file: 'expect-program', name: 'ofStarting', title: '`expect(server.run(...))`' },
  { file: 'expect-program', name: 'ofCall', title: "`expect(shell.call('recv 3'))`" },
] as const;

/** Objects that labs write: their properties, of which a later interface says more. */
const LISTS = {
  definition: { file: 'define', names: ['Definition', 'Written'] },
  options: { file: 'program', names: ['ProgramOptions'] },
} as const;

const INTRODUCTION = `<!-- Made by npm run reference from the docstrings in harness/vocabulary/. -->

# What a lab can say

A lab is a file whose default export is \`lab(definition, body)\`. Its body gets the two hosts, the wire
between them, and \`expect\`. Nothing in it sleeps or asks the time: an expectation waits until it is met, or
its time is over (\`within\`, by default as long as a busy machine needs).`;

const NOTATIONS = `Three notations say what is done and seen: scripts of socket calls, packet patterns, injected segments
and, beside them, lines as netstat prints them (\`toShow\`). They have in common:

- One thing a line. Lines are a text of several lines, or a list of texts.
- What is sent or received stands in double quotes, or is \`len=N\` octets of \`x\`; nothing else is quoted.
- \`*\` has one meaning: whatever stands there. So it is any flags, of a segment that is expected, held or lost, and
  any text in a column of netstat's. A result of a call that may be any number but 0 is \`N\`.
- \`server\` and \`client\` are the hosts; in netstat's lines, which are the tool's own, \`SERVER\` and \`CLIENT\`.`;

const PATTERNS = `How packet patterns are written stands at the head of
\`harness/expect/segments/pattern.ts\`, and injected segments at that of \`harness/tcp/frame/injected.ts\`:`;

export function reference(): string {
  return [
    INTRODUCTION,
    `## The definition\n\n${listText('definition')}`,
    ...chapters().map(chapterText),
    `## Options of programs\n\n${listText('options')}`,
    `## Notations\n\n${NOTATIONS}`,
    fenced(headOf('harness/vocabulary/call-script.ts'), 'text'),
    `## Packet patterns and injected segments\n\n${PATTERNS}`,
    fenced(headOf('harness/expect/segments/pattern.ts'), 'text'),
    fenced(headOf('harness/tcp/frame/injected.ts'), 'text'),
    '',
  ].join('\n\n');
}

/** Properties and what they mean. */
export function listOf(which: keyof typeof LISTS): ReadonlyMap<string, string> {
  const { file, names } = LISTS[which];
  const members = names.flatMap((name) => membersOf(declaration(file, name)));
  return new Map(members.map((member) => [nameOf(member), flat(docOf(member).text)]));
}

const listText = (which: keyof typeof LISTS): string =>
  [...listOf(which)].map(([name, text]) => `- \`${name}\`: ${text}`).join('\n');

export const chapters = (): Chapter[] =>
  CHAPTERS.map(({ file, name, title }) => {
    const node = declaration(file, name);
    return { title, text: docOf(node).text, entries: membersOf(node).map(entryOf) };
  });

const chapterText = ({ title, text, entries }: Chapter): string =>
  [`## ${title}`, text, ...entries.map(entryText)].join('\n\n');

const entryText = ({ usage, text, example, throws }: Entry): string =>
  [
    `### \`${usage}\``,
    text,
    ...(throws === undefined ? [] : [`Throws ${throws}.`]),
    fenced(example, 'ts'),
  ].join('\n\n');

const fenced = (text: string, language: string): string => `\`\`\`${language}\n${text}\n\`\`\``;

const flat = (text: string): string => text.replace(/\s+/g, ' ');

const sources = new Map<string, ts.SourceFile>();

function source(path: string): ts.SourceFile {
  const known = sources.get(path);
  if (known !== undefined) return known;
  const file = join(ROOT, path);
  const text = ts.sys.readFile(file) ?? '';
  const parsed = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  sources.set(path, parsed);
  return parsed;
}

/** What stands at the head of a file, without its stars. */
function headOf(path: string): string {
  const { text } = source(path);
  const head = /^\/\*\*\n([^]*?)\n \*\//.exec(text)?.[1] ?? '';
  return head.replace(/^ \* ?/gm, '');
}

/** A class, an interface, or a function that gives the members of an object. */
function declaration(file: string, name: string): ts.Node {
  const found = source(`harness/vocabulary/${file}.ts`).statements.find((statement) =>
    ts.isVariableStatement(statement)
      ? statement.declarationList.declarations[0]?.name.getText() === name
      : (ts.isClassDeclaration(statement) || ts.isInterfaceDeclaration(statement)) &&
        statement.name?.text === name,
  );
  if (found === undefined) throw new Error(`${file}.ts: no ${name}`);
  return found;
}

type Member = ts.ClassElement | ts.TypeElement | ts.ObjectLiteralElementLike;

function membersOf(node: ts.Node): Member[] {
  if (ts.isInterfaceDeclaration(node)) return [...node.members];
  if (ts.isClassDeclaration(node)) return node.members.filter(isForLabs);
  return [...objectIn(node).properties];
}

/** Methods and getters without `#`; what tells kinds of subjects apart is for the harness. */
const isForLabs = (member: ts.ClassElement): boolean =>
  (ts.isMethodDeclaration(member) || ts.isGetAccessorDeclaration(member)) &&
  !ts.isPrivateIdentifier(member.name);

/** The object that a function returns. */
function objectIn(node: ts.Node): ts.ObjectLiteralExpression {
  let found: ts.ObjectLiteralExpression | undefined;
  const visit = (one: ts.Node): void => {
    if (found !== undefined) return;
    const body = ts.isArrowFunction(one)
      ? one.body
      : ts.isReturnStatement(one)
        ? one.expression
        : one;
    const bare = body !== undefined && ts.isParenthesizedExpression(body) ? body.expression : body;
    if (bare !== undefined && bare !== one && ts.isObjectLiteralExpression(bare)) found = bare;
    else ts.forEachChild(one, visit);
  };
  visit(node);
  if (found === undefined) throw new Error(`no object in ${node.getText().slice(0, 40)}`);
  return found;
}

const nameOf = (member: Member): string => member.name?.getText() ?? '';

function entryOf(member: Member): Entry {
  const { text, example = '', throws } = docOf(member);
  return { usage: `${nameOf(member)}${parametersOf(member)}`, text, example, throws };
}

/** Their names; what may be left out with a question mark. Nothing for what is no method. */
function parametersOf(member: Member): string {
  const signature = ts.isPropertyAssignment(member)
    ? member.initializer
    : ts.isPropertySignature(member)
      ? member.type
      : member;
  const isCalled =
    signature !== undefined &&
    (ts.isArrowFunction(signature) ||
      ts.isMethodDeclaration(signature) ||
      ts.isFunctionTypeNode(signature));
  if (!isCalled) return '';
  const names = signature.parameters.map((one) => {
    const name = ts.isIdentifier(one.name) ? one.name.text : 'options';
    const may = one.initializer !== undefined || one.questionToken !== undefined ? '?' : '';
    return `${one.dotDotDotToken ? '...' : ''}${name}${may}`;
  });
  return `(${names.join(', ')})`;
}

interface Doc {
  text: string;
  example?: string;
  throws?: string;
}

/** Its own docstring: the comment right before it. */
function docOf(node: ts.Node): Doc {
  const comments = ts.getJSDocCommentsAndTags(node).filter(ts.isJSDoc);
  const doc = comments.at(-1);
  const text = ts.getTextOfJSDocComment(doc?.comment) ?? '';
  const tag = (name: string): string | undefined => {
    const found = doc?.tags?.find(({ tagName }) => tagName.text === name);
    // Its text as it stands there: an example's indentation counts.
    const raw = found
      ?.getText()
      .replace(/^@\w+ ?/, '')
      .replace(/^ *\* ?/gm, '');
    return raw?.trim();
  };
  const [example, throws] = [tag('example'), tag('throws')];
  return { text, ...(example && { example }), ...(throws && { throws }) };
}

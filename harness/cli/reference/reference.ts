/** The reference of what labs can say, made from the docstrings of the vocabulary. */
import { join } from 'node:path';
import ts from 'typescript';
import type { LabEvent } from '../../evidence/events.ts';
import { ROOT } from '../../installation.ts';
import { renderResult, type LabWords } from '../../present/terminal/text.ts';
import { plainStyle } from '../../present/terminal/style.ts';
import { ARGUMENTS, CALLS, SOCKET_OPTIONS } from '../../vocabulary/calls.ts';
import { inEnglish } from '../../told.ts';

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

/** The door for tests of labs. */
const TESTING = '../lab-test';

/** Objects that labs write: their properties, of which a later interface says more. */
const LISTS = {
  definition: { file: 'define', names: ['Definition', 'Written'] },
  programs: { file: 'program', names: ['PROGRAMS'] },
  options: { file: 'program', names: ['ProgramOptions'] },
  'how it is run': { file: TESTING, names: ['TestOptions'] },
  'how it came out': { file: TESTING, names: ['Tested'] },
  failed: { file: TESTING, names: ['Failure'] },
  kinds: { file: '../evidence/expectations', names: ['Kinds'] },
} as const;
export const LISTED = Object.keys(LISTS) as (keyof typeof LISTS)[];

const INTRODUCTION = `<!-- Made by npm run reference from the docstrings in harness/vocabulary/. -->

# What a lab can say

A lab is a file whose default export is \`lab(definition, body)\`. Its body gets the two hosts, the wire
between them, and \`expect\`. Nothing in it sleeps or asks the time: an expectation waits until it is met, or
its time is over (\`within\`, by default as long as a busy machine needs).

What a run tells of a lab are its \`title\`, \`explanation\` and \`notice\`, the titles of its steps and
what it expects; the sentences of expectations are the harness's. A line \`note: ...\` is the harness's, too: a
witness that is not there, or that somebody walks.

A mistake in what a lab writes (a pattern, a call, an injected segment, a state, a duration) is refused before
it is done, with the lab's line; the run exits with 2.`;

const EXAMPLE = `The whole file (in a folder of your own it imports \`socket-lab\`), and what its run prints. \`rtoMin\` is set
since a FIN is held; \`shows\` is met since \`ss\` was asked in each of the states: an expectation stands
before each segment goes that ends one.`;

const CALLED = `\`call\`, \`does\` and \`doesAtOnce\` take these, as \`shell(script)\` does. What comes back is the
call as strace prints it.`;

const TESTED = `What the test of a lab imports from the package, in any project and with any test runner.`;

const NOTATIONS = `Three notations say what is done and seen: scripts of socket calls, packet patterns, injected segments
and, beside them, lines as netstat prints them (\`toShow\`). They have in common:

- One thing a line. Lines are a text of several lines, or a list of texts.
- What is sent or received stands in double quotes, or is \`len=N\` octets of \`x\`; nothing else is quoted.
- \`*\` has one meaning: whatever stands there. So it is any flags, of a segment that is expected, held or lost, and
  any text in a column of netstat's. A result of a call that may be any number but 0 is \`N\`.
- \`server\` and \`client\` are the hosts; in netstat's lines, which are the tool's own, \`SERVER\` and \`CLIENT\`.`;

const PATTERNS = `How packet patterns are written stands at the head of
\`harness/expect/segments/pattern.ts\`, and injected segments at that of \`harness/tcp/frame/injected.ts\`:`;

/** @param run the lines of the example's run */
export function reference(run: readonly string[]): string {
  return [
    INTRODUCTION,
    `## A lab, and its run\n\n${EXAMPLE}`,
    fenced(textAt('docs/example.ts').trim(), 'ts'),
    fenced(run.join('\n').trim(), 'text'),
    `## The definition\n\n${listText('definition')}`,
    ...chapters().map(chapterText),
    `## Programs\n\n\`run(name)\` takes one of these, which prints this:\n\n${listText('programs')}`,
    `## Options of programs\n\n${listText('options')}`,
    `## Calls of a socket shell\n\n${CALLED}\n\n${callsText()}`,
    `## Notations\n\n${NOTATIONS}`,
    fenced(headOf('harness/vocabulary/call-script.ts'), 'text'),
    `## Packet patterns and injected segments\n\n${PATTERNS}`,
    fenced(headOf('harness/expect/segments/pattern.ts'), 'text'),
    fenced(headOf('harness/tcp/frame/injected.ts'), 'text'),
    chapterText(testing()),
    `### How a lab is run\n\n${listText('how it is run')}`,
    `### How it came out\n\n${listText('how it came out')}`,
    `### \`failed\`\n\n${listText('failed')}`,
    `### Kinds of expectations\n\n${listText('kinds')}`,
    '',
  ].join('\n\n');
}

/** What a terminal without colours prints of the run of the example. */
export const exampleRun = (lab: LabWords, events: readonly LabEvent[]): string[] =>
  renderResult(events, { lab }, plainStyle(80));

/** The stored run of the example: docs/example.ndjson. */
export const exampleEvents = (): LabEvent[] =>
  textAt('docs/example.ndjson')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as LabEvent);

const callsText = (): string => {
  const rows = Object.values(CALLS).map(([usage, does]) => `| \`${usage}\` | ${does} |`);
  const args = Object.entries(ARGUMENTS).map(
    ([name, [what]]) => `- \`${name}\`: ${inEnglish(what)}`,
  );
  return [
    ['| call | |', '| --- | --- |', ...rows].join('\n'),
    [...args, `- Options: ${SOCKET_OPTIONS.map((name) => `\`${name}\``).join(', ')}`].join('\n'),
  ].join('\n\n');
};

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

/** Functions, not members of something. */
export const testing = (): Chapter => ({
  title: 'The test of a lab: `socket-lab/testing`',
  text: TESTED,
  entries: ['runLab', 'instead'].map((name) => {
    const node = declaration(TESTING, name);
    const { text, example = '', throws } = docOf(node);
    const called = ts.isVariableStatement(node)
      ? node.declarationList.declarations[0]?.initializer
      : node;
    return { usage: `${name}${called ? parametersIn(called) : ''}`, text, example, throws };
  }),
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
  const parsed = ts.createSourceFile(path, textAt(path), ts.ScriptTarget.Latest, true);
  sources.set(path, parsed);
  return parsed;
}

function textAt(path: string): string {
  const text = ts.sys.readFile(join(ROOT, path));
  if (text === undefined) throw new Error(`${path} cannot be read`);
  return text;
}

/** What stands at the head of a file, without its stars. */
function headOf(path: string): string {
  const { text } = source(path);
  const head = /^\/\*\*\n([^]*?)\n \*\//.exec(text)?.[1] ?? '';
  return head.replace(/^ \* ?/gm, '');
}

/** A class, an interface, or a function that gives the members of an object. */
function declaration(file: string, name: string): ts.Node {
  const found = source(join('harness/vocabulary', `${file}.ts`)).statements.find((statement) =>
    ts.isVariableStatement(statement)
      ? statement.declarationList.declarations[0]?.name.getText() === name
      : (ts.isClassDeclaration(statement) ||
          ts.isInterfaceDeclaration(statement) ||
          ts.isFunctionDeclaration(statement)) &&
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

/** The object that a function returns, or that there is `as const`. */
function objectIn(node: ts.Node): ts.ObjectLiteralExpression {
  let found: ts.ObjectLiteralExpression | undefined;
  const visit = (one: ts.Node): void => {
    if (found !== undefined) return;
    const body = ts.isArrowFunction(one)
      ? one.body
      : ts.isReturnStatement(one)
        ? one.expression
        : ts.isAsExpression(one)
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

const nameOf = (member: Member): string => member.name?.getText().replace(/'/g, '') ?? '';

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
  return signature === undefined ? '' : parametersIn(signature);
}

function parametersIn(signature: ts.Node): string {
  const isCalled =
    ts.isArrowFunction(signature) ||
    ts.isMethodDeclaration(signature) ||
    ts.isFunctionDeclaration(signature) ||
    ts.isFunctionTypeNode(signature);
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

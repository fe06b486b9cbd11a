import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import ts from 'typescript';
import { expect, test } from 'vitest';
import { ROOT } from '../../installation.ts';
import example from '../../../docs/example.ts';
import { replay } from '../../run/replay.ts';
import { WAYS } from '../../vocabulary/reach.ts';
import {
  chapters,
  exampleEvents,
  exampleRun,
  LISTED,
  listOf,
  reference,
  testing,
} from './reference.ts';

test('docs/vocabulary.md is what the docstrings say: npm run reference', async () => {
  const file = join(ROOT, 'docs/vocabulary.md');
  const config = await resolveConfig(file);
  const text = reference(exampleRun(example, exampleEvents()));
  const made = await format(text, { ...config, parser: 'markdown' });
  expect(readFileSync(file, 'utf8')).toBe(made);
});

test('its example is a run of docs/example.ts as it is: else run it, and copy its events.ndjson', async () => {
  expect(await replay(example, exampleEvents())).toMatchObject({ status: 'passed' });
});

test('it names each state that can be reached', () => {
  const reach = chapters().flatMap(({ entries }) =>
    entries.filter(({ usage }) => usage === 'reach(state)'),
  );
  const named = reach[0]?.text.match(/[A-Z]+(-[A-Z0-9]+)+|CLOSING|ESTABLISHED/g);
  expect(named).toEqual(Object.keys(WAYS));
});

test('everything in it is told, and every member has an example', () => {
  const entries = [...chapters(), testing()].flatMap(({ title, text, entries: all }) => {
    expect({ title, isTold: text !== '' }).toEqual({ title, isTold: true });
    return all.map((entry) => ({ at: `${title}: ${entry.usage}`, ...entry }));
  });
  expect(entries.length).toBeGreaterThan(50);
  const isPoor = ({ text, example }: { text: string; example: string }): boolean =>
    text === '' || example === '';
  expect(entries.filter(isPoor).map(({ at }) => at)).toEqual([]);
  for (const which of LISTED)
    expect([...listOf(which)].filter(([, text]) => text === '')).toEqual([]);
});

/** What examples speak of without having made it. */
const GIVEN = `
  const { server, client, wire, expect, connected, reach, overflow, step, cell, slow } = testbed;
  const conn = wire.between(6000, 7000);
  const { program } = await client.shell();
  const shell = await client.shell();
`;

test('every example is a lab that compiles', () => {
  const entries = [...chapters(), testing()].flatMap(({ entries: all }) => all);
  const bodies = entries.map(
    ({ example }) => `async (testbed: Testbed) => { ${GIVEN} {\n${example}\n} }`,
  );
  const lines = [
    `import type { Testbed } from './index.ts';`,
    `import { instead, runLab } from './lab-test.ts';`,
    `export const examples = [\n${bodies.join(',\n')}\n];`,
  ];
  const file = join(ROOT, 'harness/examples-of-the-reference.ts');
  const { config } = ts.readConfigFile(join(ROOT, 'tsconfig.json'), (path) =>
    ts.sys.readFile(path),
  ) as { config: { compilerOptions: object } };
  const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, ROOT);
  const host = ts.createCompilerHost(options);
  const read = host.getSourceFile.bind(host);
  host.getSourceFile = (path, version) =>
    path === file
      ? ts.createSourceFile(path, lines.join('\n'), ts.ScriptTarget.Latest, true)
      : read(path, version);
  // An example may end with what it has got.
  const unused = { noUnusedLocals: false, noUnusedParameters: false, noEmit: true };
  const program = ts.createProgram([file], { ...options, ...unused }, host);
  const told = program
    .getSemanticDiagnostics(program.getSourceFile(file))
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' '));
  expect(told).toEqual([]);
}, 120_000);

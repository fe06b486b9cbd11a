import { Command, Option } from 'commander';
import { expect, it } from 'vitest';
import { grammarOf } from './grammar.ts';

const words = (...list: string[]) => ({
  kind: 'words',
  words: list.map((word) => ({ word, about: '' })),
});

it('knows a command line from the program that reads it', () => {
  const kinds = new Option('--reporter <name>').choices(['tap', 'junit']);
  const program = new Command('it')
    .argument('[lab...]')
    .addOption(new Option('--inner').hideHelp());
  program.command('show').description('a run').argument('<dir>').option('-w, --width <n>');
  // It takes more than its choices, and is given more than once.
  program.command('report').addOption(kinds.argParser((text) => [text]).default([]));
  program.command('why').argument('[lab|document...]').option('--to <file>').option('--in <dir>');

  const lab = [{ word: 'bind', about: 'bind takes a port' }];
  const document = [{ word: '004', about: '' }];
  const [run, show, report, why] = grammarOf(program, { lab, document });

  expect(run).toMatchObject({ name: '', places: [{ kind: 'words', words: lab }], repeats: true });
  expect(run.options.map(({ names }) => names)).toEqual([['-h', '--help']]);
  expect(show).toMatchObject({
    name: 'show',
    about: 'a run',
    places: [{ kind: 'bundles' }],
    repeats: false,
  });
  const [width, help] = show?.options ?? [];
  expect(width).toMatchObject({ names: ['-w', '--width'], value: { kind: 'unknown' } });
  expect(help?.value).toBeUndefined();
  expect(report?.options[0]).toMatchObject({ value: words('tap', 'junit'), repeats: true });
  expect(why?.places).toEqual([{ kind: 'words', words: [...lab, ...document] }]);
  expect(why?.options.map(({ value }) => value?.kind)).toEqual(['files', 'folders', undefined]);
});

import type { Grammar, GrammarCommand, GrammarOption, Values, Word } from './grammar.ts';

/** Completion for zsh, as a file in `fpath` or for `source`. */
export function zshCompletion(name: string, grammar: Grammar): string {
  const fn = `_${name}`;
  const [run, ...commands] = grammar;
  return `#compdef ${name}
# zsh completion for ${name}
${fn}() {
  local curcontext=$curcontext
  local -a line state
  local -a commands=(
${described(commands.map((c) => ({ word: c.name, about: c.about })))}
  )
  if (( CURRENT == 2 )) && [[ $words[2] != -* ]]; then
    _describe -t commands command commands
  fi
  if (( CURRENT > 2 )); then
    case $words[2] in
${commands.map((command) => caseOf(fn, command)).join('\n')}
    esac
  fi
  ${argumentsFor(fn, run)}
}
${wordLists(fn, grammar).join('\n')}
${fn}_bundles() {
  local -a bundles=(runs/*/manifest.json(N:h))
  _wanted bundles expl bundle compadd -f -a bundles || _path_files -/
}
if [[ $funcstack[1] == ${fn} ]]; then ${fn} "$@"; else compdef ${fn} ${name}; fi
`;
}

function caseOf(fn: string, command: GrammarCommand): string {
  return `      ${command.name})
        shift words
        (( CURRENT-- ))
        ${argumentsFor(fn, command)}
        return ;;`;
}

/** `_arguments` for one command: its options, then its places. */
function argumentsFor(fn: string, { name, options, places, repeats }: GrammarCommand): string {
  const specs = [
    ...options.map((option) => optionSpec(fn, name, option)),
    ...places.map((values, i) => {
      const place = repeats && i === places.length - 1 ? '*' : `${i + 1}`;
      return quoted(`${place}:${labelOf(values)}:${action(values, listName(fn, name, String(i)))}`);
    }),
  ];
  return ['_arguments -s', ...specs].join(' \\\n          ');
}

function optionSpec(fn: string, command: string, option: GrammarOption): string {
  const { names, about, value, repeats } = option;
  const told = `[${about.replace(/[[\]\\:]/g, '\\$&')}]`;
  const list = value === undefined ? '' : listName(fn, command, longest(names));
  const taken = value === undefined ? '' : `:${labelOf(value)}:${action(value, list)}`;
  const spelled = names.map((name) => name + assignment(name, value));
  const before = repeats ? '*' : names.length > 1 ? `(${names.join(' ')})` : '';
  const [only = ''] = spelled;
  if (spelled.length === 1) return quoted(`${before}${only}${told}${taken}`);
  return `${quoted(before)}{${spelled.join(',')}}${quoted(`${told}${taken}`)}`;
}

/** How the value may follow: `-j4` and `-j 4`; `--jobs=4` and `--jobs 4`. */
function assignment(name: string, value: Values | undefined): string {
  if (value === undefined) return '';
  return name.startsWith('--') ? '=' : '+';
}

function action(values: Values, list: string): string {
  switch (values.kind) {
    case 'words':
      return list;
    case 'folders':
      return '_path_files -/';
    case 'files':
      return '_files';
    case 'bundles':
      return `${list.split('__')[0] ?? ''}_bundles`;
    case 'unknown':
      return ' ';
  }
}

/** Each list of words is a function: words with what they mean, as `_describe` wants them. */
function wordLists(fn: string, grammar: Grammar): string[] {
  return grammar.flatMap(({ name, options, places }) => [
    ...options.flatMap(({ names, value }) => wordList(listName(fn, name, longest(names)), value)),
    ...places.flatMap((values, i) => wordList(listName(fn, name, String(i)), values)),
  ]);
}

function wordList(list: string, values: Values | undefined): string[] {
  if (values?.kind !== 'words') return [];
  return [
    // A lab of one's own is a file.
    `${list}() {\n  local -a list=(\n${described(values.words)}\n  )
  if [[ $PREFIX == (*/*|.*) ]]; then _files; else _describe '' list; fi\n}`,
  ];
}

const described = (words: readonly Word[]): string =>
  words
    .map(({ word, about }) => `    ${quoted(about === '' ? word : `${word}:${about}`)}`)
    .join('\n');

const listName = (fn: string, command: string, place: string): string =>
  `${fn}__${command}_${place.replace(/^-+/, '')}`;

const longest = (names: readonly string[]): string => names.at(-1) ?? '';

const labelOf = ({ kind }: Values): string => (kind === 'unknown' ? 'value' : kind);

const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

import type { Grammar, GrammarCommand, Values } from './grammar.ts';

/**
 * Completion for bash (3.2 and later: macOS has that). Every list is in the script: to ask the
 * program at each Tab would take a start of Node.
 */
export function bashCompletion(name: string, grammar: Grammar): string {
  const fn = `_${name.replaceAll('-', '_')}`;
  const [run, ...commands] = grammar;
  return `# bash completion for ${name}
${fn}() {
  local word=\${COMP_WORDS[COMP_CWORD]} before=\${COMP_WORDS[COMP_CWORD-1]}
  local command='' place=0 i words='' kind=words
  # "--option=value" comes as three words.
  if [[ $word == = ]]; then word=''
  elif [[ $before == = ]]; then before=\${COMP_WORDS[COMP_CWORD-2]}
  fi
  if ((COMP_CWORD > 1)); then
    case \${COMP_WORDS[1]} in
      ${commands.map((c) => c.name).join('|')}) command=\${COMP_WORDS[1]} ;;
    esac
  fi
  for ((i = \${#command} > 0 ? 2 : 1; i < COMP_CWORD; i++)); do
    case $command:\${COMP_WORDS[i]} in
      ${optionsWithValue(grammar)})
        [[ \${COMP_WORDS[i+1]} != = ]] || ((i++))
        ((i++)) ;;
      *:-*) ;;
      *) ((place++)) ;;
    esac
  done
  case $command:$before in
${indented(4, grammar.flatMap(values))}
    *)
      if [[ $word == -* ]]; then
        case $command in
${indented(10, grammar.map(options))}
        esac
      elif ((COMP_CWORD == 1)); then
        ${firstWord(run, commands)}
      else
        case $command:$place in
${indented(10, grammar.flatMap(places))}
          *) kind=unknown ;;
        esac
      fi ;;
  esac
  # A lab of one's own is a file.
  if [[ $kind == words && ($word == */* || $word == .*) ]]; then kind=files; fi
  local IFS=$'\\n'
  case $kind in
    words) COMPREPLY=($(IFS=' '; compgen -W "$words" -- "$word")) ;;
    files) COMPREPLY=($(compgen -f -- "$word")) ;;
    folders) COMPREPLY=($(compgen -d -- "$word")) ;;
    bundles)
      COMPREPLY=($(${fn}_bundles "$word"))
      ((\${#COMPREPLY[@]})) || COMPREPLY=($(compgen -d -- "$word")) ;;
    unknown) COMPREPLY=() ;;
  esac
  [[ $kind == words ]] || compopt -o filenames 2> /dev/null || true
}
${fn}_bundles() {
  local manifest
  for manifest in runs/*/manifest.json; do
    [[ $manifest != "$1"* || ! -e $manifest ]] || printf '%s\\n' "\${manifest%/manifest.json}"
  done
}
complete -F ${fn} ${name}
`;
}

const indented = (by: number, lines: readonly string[]): string =>
  lines.map((line) => ' '.repeat(by) + line).join('\n');

/** A pattern for the options, of all commands, whose value is a word of its own. */
const optionsWithValue = (grammar: Grammar): string =>
  grammar
    .flatMap(({ name, options }) =>
      options.flatMap(({ names, value }) => (value === undefined ? [] : pattern(name, names))),
    )
    .join('|');

const pattern = (command: string, options: readonly string[]): string =>
  options.map((option) => `${command}:${option}`).join('|');

const values = ({ name, options }: GrammarCommand): string[] =>
  options.flatMap(({ names, value }) =>
    value === undefined ? [] : [`${pattern(name, names)}) ${offer(value)} ;;`],
  );

const options = ({ name, options }: GrammarCommand): string =>
  `'${name}') words='${options.flatMap(({ names }) => names).join(' ')}' ;;`;

/** Only the first word of all can be a command's name. */
function firstWord(run: GrammarCommand, commands: readonly GrammarCommand[]): string {
  const [first] = run.places;
  const named = commands.map(({ name }) => ({ word: name, about: '' }));
  const words = first?.kind === 'words' ? [...named, ...first.words] : named;
  return offer({ kind: 'words', words });
}

const places = ({ name, places, repeats }: GrammarCommand): string[] =>
  places.map((values, i) => {
    const place = repeats && i === places.length - 1 ? '*' : String(i);
    return `${name}:${place}) ${offer(values)} ;;`;
  });

function offer(values: Values): string {
  if (values.kind === 'words') return `words='${values.words.map(({ word }) => word).join(' ')}'`;
  return `kind=${values.kind}`;
}

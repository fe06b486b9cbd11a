import type { Grammar, GrammarCommand, GrammarOption, Values, Word } from './grammar.ts';

/** Completion for fish (3.0 and later). */
export function fishCompletion(name: string, grammar: Grammar): string {
  const fn = `__${name.replaceAll('-', '_')}`;
  const [, ...commands] = grammar;
  const complete = `complete -c ${name}`;
  return `# fish completion for ${name}
# Whether the command line so far is one of this command, with so many words behind it ("": any).
function ${fn}_at -a command place
    set -l words (commandline -opc)[2..-1]
    set -l here ''
    if contains -- "$words[1]" ${commands.map((c) => c.name).join(' ')}
        set here $words[1]
        set -e words[1]
    end
    test "$here" = "$command"; or return
    set -l places 0
    set -l skip no
    for word in $words
        if test $skip = yes
            set skip no
        else if contains -- $word ${valued(grammar).join(' ')}
            set skip yes
        else if not string match -q -- '-*' $word
            set places (math $places + 1)
        end
    end
    test -z "$place" -o "$place" = $places
end
function ${fn}_first
    test (count (commandline -opc)) -eq 1
end
function ${fn}_bundles
    set -l bundles
    for manifest in runs/*/manifest.json
        set -a bundles (string replace /manifest.json '' $manifest)
    end
    string match -- (commandline -ct)'*' $bundles
    or __fish_complete_directories
end
${complete} -f
# A lab of one's own is a file.
${complete} -n 'string match -qr -- "/|^\\." (commandline -ct)' -F
${commands.map((c) => `${complete} -n ${fn}_first -a ${c.name} -d ${quoted(c.about)}`).join('\n')}
${grammar.flatMap((command) => linesOf(complete, fn, command)).join('\n')}
`;
}

function linesOf(complete: string, fn: string, command: GrammarCommand): string[] {
  const { name, options, places, repeats } = command;
  const at = `${fn}_at '${name}'`;
  return [
    ...options.map((option) => `${complete} -n ${quoted(at)} ${optionLine(fn, option)}`),
    ...places.flatMap((values, i) => {
      const last = repeats && i === places.length - 1;
      const condition = quoted(last ? at : `${at} ${i}`);
      return offers(fn, values).map((offer) => `${complete} -n ${condition} ${offer}`);
    }),
  ];
}

function optionLine(fn: string, { names, about, value }: GrammarOption): string {
  const spelled = names.map((name) =>
    name.startsWith('--') ? `-l ${name.slice(2)}` : `-s ${name.slice(1)}`,
  );
  const taken = value === undefined ? [] : valueOf(fn, value);
  return [...spelled, '-d', quoted(about), ...taken].join(' ');
}

function valueOf(fn: string, values: Values): string[] {
  if (values.kind === 'files') return ['-r', '-F'];
  if (values.kind === 'words') {
    return ['-x', '-a', quoted(values.words.map(({ word }) => word).join(' '))];
  }
  return ['-x', ...(values.kind === 'unknown' ? [] : ['-a', quoted(`(${generator(fn, values)})`)])];
}

function offers(fn: string, values: Values): string[] {
  if (values.kind === 'unknown') return [];
  if (values.kind === 'files') return ['-F'];
  if (values.kind === 'words') return values.words.map(offerWord);
  return [`-a ${quoted(`(${generator(fn, values)})`)}`];
}

const offerWord = ({ word, about }: Word): string =>
  about === '' ? `-a ${word}` : `-a ${word} -d ${quoted(about)}`;

const generator = (fn: string, { kind }: Values): string =>
  kind === 'bundles' ? `${fn}_bundles` : '__fish_complete_directories';

const valued = (grammar: Grammar): string[] => {
  const all = grammar.flatMap(({ options }) =>
    options.flatMap(({ names, value }) => (value === undefined ? [] : names)),
  );
  return [...new Set(all)];
};

const quoted = (text: string): string => `'${text.replace(/['\\]/g, '\\$&')}'`;

/** What `--help` says beside what the options say themselves. */
import type { Command, Help } from 'commander';
import { CALLED, CALLED_QUIETLY } from '../installation.ts';
import type { CommandName } from './command-line.ts';
import { t } from './language.ts';
import { widthOf, wrap } from '../present/terminal/wrap.ts';
import type { Say } from '../texts/say.ts';

/** Commander's help in our language: its own words, and columns for wide characters. */
export const inOurLanguage = (t: Say): Partial<Help> => ({
  styleTitle: (title) => t(title),
  displayWidth: widthOf,
  boxWrap: (text, width) => wrap(text, width).join('\n'),
  optionDescription: ({ description, argChoices, defaultValue, defaultValueDescription }) => {
    const choices = argChoices?.map((choice) => JSON.stringify(choice)).join(', ');
    // As commander: what is false by default needs no telling.
    const isTold = defaultValue !== undefined && typeof defaultValue !== 'boolean';
    const value = isTold ? (defaultValueDescription ?? JSON.stringify(defaultValue)) : undefined;
    const more = [
      ...(choices === undefined ? [] : [t('choices: {choices}', { choices })]),
      ...(value === undefined ? [] : [t('default: {value}', { value })]),
    ];
    return more.length === 0 ? description : `${description} (${more.join(', ')})`;
  },
});

/** What `states --help` says after its options. */
export const STATES_HELP = `
Counts the TCP sockets, IPv4 and IPv6, of the network namespace that it runs in. With --backend
docker they are those of the machine that Docker's daemon runs on (Docker Desktop's: its virtual
machine); netns is this machine, and auto is docker where a daemon answers.

The counts are those that the documents' line gives, in netstat's spelling (SYN_RECV, FIN_WAIT1):
  netstat -n | awk '/^tcp/ {++S[$NF]} END {for(a in S) print a, S[a]}'
LISTEN is said apart and is in neither the total nor --json: netstat -n shows sockets that have a
peer, and a listener has none.`;

/** A command line as it is typed behind our name, a shell's pipe included. */
export interface Example {
  line: string;
  does: string;
}

/** What each command's `--help` ends with; `run` is what the program does without a command. */
export const EXAMPLES: Readonly<Record<CommandName | 'run', readonly Example[]>> = {
  run: [
    { line: 'time-wait', does: 'run one lab' },
    { line: 'handshake bind --out mine', does: 'run two; their bundles go to mine/' },
    { line: 'time-wait -v', does: 'every check with what was seen' },
    { line: '--all -q -j 4', does: 'run all, four at a time, a line each' },
    { line: './my.lab.ts', does: 'run a lab of your own' },
    { line: 'time-wait --backend netns', does: 'without Docker' },
    { line: 'time-wait --watch', does: 'draw the ladder while it runs' },
    { line: 'handshake --step', does: 'walk through it, a segment at a time' },
    { line: 'handshake --predict', does: 'walk, and say first what comes' },
    { line: '--all --reporter junit=report.xml', does: 'for a CI that reads JUnit' },
    { line: 'time-wait --json | jq .type', does: 'the events, one JSON object a line' },
  ],
  doctor: [
    { line: 'doctor', does: 'what is there, and the fix for what is not' },
    { line: 'doctor | grep missing', does: 'only what is to be fixed' },
  ],
  clean: [
    { line: 'clean', does: 'remove containers of dead runs' },
    { line: 'clean || echo incomplete', does: 'its exit code says whether all is gone' },
  ],
  verify: [
    { line: 'verify runs/', does: 'all bundles here: no Docker, root or network needed' },
    { line: 'verify runs/time-wait-*', does: 'every run of one lab' },
    { line: 'verify runs/ --json | jq .outcome', does: 'for a program, one object a line' },
    { line: 'verify runs/ --lab ./my.lab.ts', does: 'a run of your own lab among them' },
  ],
  states: [
    { line: 'states', does: "this machine's sockets, those of all users" },
    { line: 'states --json', does: 'the counts for a program' },
    { line: 'states --backend docker', does: "those of Docker's machine" },
  ],
  claims: [
    { line: 'claims', does: 'all, as a table' },
    { line: 'claims time-wait', does: 'what they say about one lab, told whole' },
    { line: 'claims 004', does: 'one document, told whole' },
    { line: 'claims --json | grep differs', does: 'where the documents are wrong' },
  ],
  coverage: [
    { line: 'coverage', does: 'what the labs promise to show' },
    { line: 'coverage runs/*', does: 'what these runs have really shown' },
    { line: 'coverage --json', does: 'the same for machines' },
  ],
  list: [
    { line: 'list', does: 'all labs, in the order in which to meet them' },
    { line: 'list | grep -i reset', does: 'those about resets' },
  ],
  glossary: [
    { line: 'glossary', does: 'all words, with the labs that show them' },
    { line: 'glossary Recv-Q held', does: 'what these mean' },
  ],
  new: [
    { line: 'new mine', does: 'mine.lab.ts and mine.test.mjs, in this folder' },
    { line: 'new labs/mine', does: 'in another folder, made if need be' },
  ],
  image: [
    { line: 'image', does: 'build it now, not with the first run' },
    { line: 'image --offline', does: 'without a registry, from Debian packages' },
    { line: 'image --prune', does: 'remove those of earlier versions' },
  ],
  show: [
    { line: 'show runs/time-wait-*', does: 'every stored run of one lab, as it was printed' },
    { line: 'show runs/time-wait-* --open', does: 'its report, in a browser' },
    { line: 'show capture.pcap', does: 'the ladders of what tcpdump or Wireshark saw' },
    { line: 'show capture.pcap --stream 0', does: 'only that stream' },
  ],
  completion: [
    {
      line: 'completion bash > ~/.local/share/bash-completion/completions/socket-lab',
      does: 'bash',
    },
    { line: 'completion zsh > ~/.zfunc/_socket-lab', does: 'zsh, where ~/.zfunc is in fpath' },
    { line: 'completion fish > ~/.config/fish/completions/socket-lab.fish', does: 'fish' },
  ],
};

/** Gives a command and all below it their examples. */
export function addExamples(program: Command): void {
  program.addHelpText('after', () => section(EXAMPLES.run));
  for (const command of program.commands) {
    command.addHelpText('after', () => section(EXAMPLES[command.name() as CommandName]));
  }
}

/** What a line does stands behind it while 80 columns hold both, else below it. */
const WIDEST = 44;

function section(examples: readonly Example[]): string {
  const lines = examples.map(({ line, does }) => ({
    text: `  ${called(line)} ${line}`,
    does: t(does),
  }));
  const short = lines.map(({ text }) => text.length).filter((length) => length <= WIDEST);
  const width = Math.max(...short, 4) + 2;
  const told = lines.map(({ text, does }) =>
    text.length + 2 > width ? `${text}\n${' '.repeat(width)}${does}` : text.padEnd(width) + does,
  );
  return ['', t('Examples:'), ...told].join('\n');
}

/** What others read has nothing but our output. */
const called = (line: string): string =>
  (/[|>]|--json/.test(line) ? CALLED_QUIETLY : CALLED).join(' ');

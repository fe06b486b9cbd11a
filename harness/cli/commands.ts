import { availableParallelism } from 'node:os';
import { Argument, Option, type Command } from 'commander';
import { WANTED } from '../backend/select.ts';
import { CALLED, version } from '../installation.ts';
import { REPORTER_NAMES } from '../present/machine/names.ts';
import {
  COMMANDS,
  SHELLS,
  type ClaimsFlags,
  type CoverageFlags,
  type ImageFlags,
  type RunFlags,
  type Shell,
  type ShowFlags,
  type StatesFlags,
  type VerifyFlags,
} from './command-line.ts';
import { table } from '../present/terminal/table.ts';
import { LANGUAGES } from '../texts/language.ts';
import { oneOf, OurCommand } from './command.ts';
import { addExamples, inOurLanguage, STATES_HELP } from './help.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { t } from './language.ts';
import { UsageError } from './errors.ts';
import { told } from '../told.ts';

const JOBS = '-j, --jobs <n>';
const MOST_JOBS = 64;

/** In two columns. */
function exitCodes(): string {
  const rows = [
    ['0', t('all checks passed'), '4', t('something could not be cleaned up')],
    ['1', t('a check failed'), '5', t('evidence refused (verify, show, coverage)')],
    ['2', t('wrong usage'), '6', t("today's lab says otherwise (verify)")],
    [
      '3',
      t('this machine cannot do it, or the lab broke off'),
      '130',
      t('interrupted (SIGTERM: 143)'),
    ],
  ];
  const lines = table(rows, ['left', 'left', 'left', 'left'], Infinity);
  return ['', t('Exit codes:'), ...lines.map((line) => `  ${line}`)].join('\n');
}

/** The command line. Commands load what they need when they are chosen: most need little. */
export function buildCommands(done: (code: ExitCode) => void): Command {
  const program = new OurCommand()
    .name(CALLED.join(' '))
    .description(t('Socket Lab: TCP experiments between two real hosts. Without a lab: list them.'))
    .version(version(), '-V, --version', t('output the version number'))
    .helpOption('-h, --help', t('display help for command'))
    .configureHelp(inOurLanguage(t))
    .enablePositionalOptions()
    .exitOverride()
    .configureOutput({ writeErr: () => undefined });
  addRun(program, done);
  addOthers(program, done);
  addExamples(program);
  return program.addHelpText('after', exitCodes());
}

/** Running labs is what the program does without a command's name. */
function addRun(program: Command, done: (code: ExitCode) => void): void {
  const backend = oneOf(
    WANTED,
    new Option(
      '--backend <name>',
      t('what makes the hosts (default: SOCKET_LAB_BACKEND, or auto)'),
    ),
  );
  // Its names are for completion; a file may follow, so they are checked where it is read.
  const reporter = new Option(
    '--reporter <name[=file]>',
    t('a report for machines, to stdout or a file; repeatable'),
  )
    .choices(REPORTER_NAMES)
    .default([], t('none'))
    .argParser((option: string, others: string[]) => [...others, option]);
  program
    .argument('[lab...]', t('labs to run: names, files (my.lab.ts) or folders of them'))
    .option('--all', t('run every lab, or every one in a folder'))
    .addOption(backend)
    .option('--out <dir>', t('where the bundle goes (default: runs/<lab>-<time>)'))
    .option('--slow', t("also sit out the kernel's long waits (a minute and more)"))
    .option('--json', t('events as they happen on stdout, one JSON object a line; text on stderr'))
    .addOption(reporter)
    .option('-v, --verbose', t('also each check, every call, and the sources'))
    .option('-q, --quiet', t('one line for each lab'))
    .option('--watch', t('draw the ladder while the lab runs (one lab)'))
    .option('--step', t('walk through a lab: Enter lets one segment through'))
    .option(
      '--predict',
      t("walk, and be asked what comes: both ends' states, the next segment, what calls return"),
    )
    .option('--answers <file>', t('with --predict: also write the questions and answers, as JSON'))
    .option(JOBS, t('labs at a time'), positive, 1)
    .addOption(
      oneOf(
        LANGUAGES,
        new Option(
          '--lang <name>',
          t("language of all texts, of every command (default: the locale's)"),
        ),
      ),
    )
    .action(async (names: string[], flags: RunFlags) => {
      const { runOrList } = await import('./run/run.ts');
      done(await runOrList(names, flags));
    });
}

function addOthers(program: Command, done: (code: ExitCode) => void): void {
  const [
    doctor,
    clean,
    verify,
    show,
    states,
    claims,
    coverage,
    list,
    words,
    create,
    image,
    completion,
  ] = COMMANDS;
  const command = (usage: string, description: string): Command =>
    program
      .command(usage)
      .description(description)
      .helpOption('-h, --help', t('display help for command'))
      .hook('preAction', refuseRunOptions(program));
  command(doctor, t('say what this machine can do, and how to fix what it cannot')).action(
    async () => {
      done(await (await import('./doctor/doctor.ts')).doctor());
    },
  );
  command(clean, t('remove what killed runs have left behind')).action(async () => {
    done(await (await import('./clean/clean.ts')).clean());
  });
  addVerify(
    command(
      `${verify} <dir...>`,
      t('check bundles and judge them again with the labs as they are'),
    ),
    done,
  );
  addShow(
    command(
      `${show} <dir|pcap...>`,
      t('print stored runs again, or the ladders of a capture from elsewhere'),
    ),
    done,
  );
  addStates(command(states, t("count this machine's own TCP sockets by state")), done);
  addClaims(command(claims, t('what the documents claim, and what the labs show')), done);
  const covers = command(coverage, t('which states and edges of the state diagram the labs show'));
  addCoverage(covers, done);
  command(`${list} [lab...]`, t('the labs with their titles, in reading order')).action(
    async (labs: string[]) => {
      done(await (await import('./list/list.ts')).list(labs));
    },
  );
  command(`${words} [term...]`, t('what the words mean: segment, seq, Recv-Q, RTO ...')).action(
    async (terms: string[]) => {
      (await import('./glossary/glossary.ts')).glossary(terms);
      done(EXIT.passed);
    },
  );
  command(`${create} <name>`, t('write a lab of your own, and its test')).action(
    async (name: string) => {
      done(await (await import('./new/new.ts')).createLab(name));
    },
  );
  addImage(command(image, t('build the image that Docker runs hosts from')), done);
  addCompletion(program, command(completion, t("print a shell's completion script")), done);
}

/** Bundles of labs that are not ours: their code runs only where somebody says so. */
const labsElsewhere = (): Option =>
  new Option('--lab <file>', t('a file or folder of labs that are not of Socket Lab; repeatable'))
    .default([], t('none'))
    .argParser((path: string, others: string[]) => [...others, path]);

function addVerify(verify: Command, done: (code: ExitCode) => void): void {
  verify
    .addOption(labsElsewhere())
    .option('--json', t('one JSON object for each bundle, a line each'))
    .action(async (dirs: string[], flags: VerifyFlags) => {
      done(await (await import('./verify/verify.ts')).verifyBundles(dirs, flags));
    });
}

function addShow(show: Command, done: (code: ExitCode) => void): void {
  show
    .option('-v, --verbose', t('also each check, every call, and the sources'))
    .option('-q, --quiet', t('one line for each run'))
    .addOption(labsElsewhere())
    .option('--open', t('open the report in a browser instead'))
    .option('--stream <n>', t("of a capture only this stream, by Wireshark's number"), streamNumber)
    .action(async (dirs: string[], flags: ShowFlags) => {
      done(await (await import('./show/show.ts')).show(dirs, flags));
    });
}

function addImage(image: Command, done: (code: ExitCode) => void): void {
  image
    .option('--offline', t('on a base made here from Debian packages: no registry needed'))
    .option('--prune', t('build none, remove the images of earlier versions'))
    .action(async (flags: ImageFlags) => {
      done(await (await import('./image/image.ts')).image(flags));
    });
}

function addCompletion(
  program: Command,
  completion: Command,
  done: (code: ExitCode) => void,
): void {
  completion
    .addArgument(oneOf(SHELLS, new Argument(`<${SHELLS.join('|')}>`)))
    .action(async (shell: Shell) => {
      done(await (await import('./completion/completion.ts')).completion(program, shell));
    });
}

function addStates(states: Command, done: (code: ExitCode) => void): void {
  const backend = new Option(
    '--backend <name>',
    t('whose sockets (default: those of this machine)'),
  );
  states
    .addOption(oneOf(WANTED, backend))
    .option('--json', t("the counts as one JSON object, by netstat's names"))
    .addHelpText('after', t(STATES_HELP))
    .action(async (flags: StatesFlags) => {
      done(await (await import('./states/states.ts')).states(flags));
    });
}

function addClaims(claims: Command, done: (code: ExitCode) => void): void {
  claims
    .argument(
      '[lab|document...]',
      t('labs, by name or file, or documents (000 to 004); all when none is named'),
    )
    .option('--json', t('one JSON object a line'))
    .action(async (names: string[], flags: ClaimsFlags) => {
      done(await (await import('./claims/claims.ts')).claims(names, flags));
    });
}

function addCoverage(coverage: Command, done: (code: ExitCode) => void): void {
  coverage
    .argument(
      '[dir...]',
      t('bundles: what those runs have really shown; or labs of your own, by file or folder'),
    )
    .option('--json', t('one JSON object'))
    .action(async (dirs: string[], flags: CoverageFlags) => {
      done(await (await import('./coverage/coverage.ts')).coverage(dirs, flags));
    });
}

/** Commander would take `--json doctor` and say nothing. */
function refuseRunOptions(program: Command): (command: Command, action: Command) => void {
  return (_command, action) => {
    const given = program.options.find(
      (option) => program.getOptionValueSource(option.attributeName()) === 'cli',
    );
    if (given === undefined) return;
    const [option, name] = [given.long ?? given.flags, action.name()];
    throw new UsageError(
      action.options.some(({ long }) => long === option)
        ? told('{option} goes after {name}', { option, name })
        : told('{option} is for running labs, not for {name}', { option, name }),
    );
  };
}

function streamNumber(text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new UsageError(
    told("--stream is '{given}'; it is a whole number from 0 on", { given: text }),
  );
}

function positive(text: string): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < 1 || value > MOST_JOBS) {
    const params = { given: text, n: MOST_JOBS, m: availableParallelism() };
    throw new UsageError(
      told(
        "--jobs is '{given}'; it is a whole number from 1 to {n} (this machine has {m} cores)",
        params,
      ),
    );
  }
  return value;
}

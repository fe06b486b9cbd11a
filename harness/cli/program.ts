import { availableParallelism } from 'node:os';
import { Command, InvalidArgumentError, Option, type CommanderError } from 'commander';
import { WANTED } from '../backend/select.ts';
import {
  COMMANDS,
  type ClaimsFlags,
  type CoverageFlags,
  type RunFlags,
  type StatesFlags,
} from './command-line.ts';
import type { ExitCode } from './exit-codes.ts';
import { STATES_HELP } from './states/help.ts';
import { UsageError } from './usage-error.ts';
import { version } from './version.ts';

const MOST_JOBS = 64;

/** As it was called: the hints must be what a user can type. */
const NAME = process.env['npm_lifecycle_event'] === 'lab' ? 'npm run lab --' : 'socket-lab';

const HELP = `
Examples:
  ${NAME} time-wait                    run one lab
  ${NAME} handshake bind --out mine    run two; their bundles go to mine/
  ${NAME} --all -j 4                   run all, four at a time: they mostly wait
  ${NAME} time-wait --backend netns    without Docker
  ${NAME} time-wait --json | jq .type  the events, one JSON object a line
  ${NAME} handshake --step             walk through it, a segment at a time
  ${NAME} verify runs/time-wait-...    check a bundle: no Docker, root or network needed

Exit codes:
  0  all expectations met         3    this machine cannot do it, or the lab broke off
  1  an expectation failed        4    something could not be cleaned up
  2  wrong usage                  130  interrupted`;

/** The command line. Commands load what they need when they are chosen: most need little. */
export function buildProgram(done: (code: ExitCode) => void): Command {
  const program = new Command()
    .name(NAME)
    .description('Socket Lab: TCP experiments between two real hosts. Without a lab: list them.')
    .version(version())
    .addHelpText('after', HELP)
    .enablePositionalOptions()
    .exitOverride()
    .configureOutput({ writeErr: () => undefined });
  addRun(program, done);
  addOthers(program, done);
  // Last, so that the other commands, which have no options, do not inherit it.
  return program.exitOverride(refuseOption(program));
}

/** Running labs is what the program does without a command's name. */
function addRun(program: Command, done: (code: ExitCode) => void): void {
  const backend = new Option(
    '--backend <name>',
    'what makes the hosts (default: SOCKET_LAB_BACKEND, or auto)',
  ).choices(WANTED);
  program
    .argument('[lab...]', 'labs to run')
    .option('--all', 'run every lab')
    .addOption(backend)
    .option('--out <dir>', 'where the bundle goes (default: runs/<lab>-<time>)')
    .option('--slow', "also wait the kernel's long waits out (a minute and more)")
    .option('--json', 'events as they happen on stdout, one JSON object a line; text on stderr')
    .option('--step', 'walk through a lab: Enter lets one segment through')
    .option('--predict', 'walk, and say first in which state each segment will leave its receiver')
    .option('-j, --jobs <n>', 'labs at a time', positive, 1)
    .action(async (names: string[], flags: RunFlags) => {
      const { runOrList } = await import('./run.ts');
      done(await runOrList(names, flags));
    });
}

function addOthers(program: Command, done: (code: ExitCode) => void): void {
  const [doctor, clean, verify, states, claims, coverage] = COMMANDS;
  const command = (usage: string, description: string): Command =>
    program.command(usage).description(description).hook('preAction', refuseRunOptions(program));
  command(doctor, 'say what this machine can do, and how to mend what it cannot').action(
    async () => {
      done(await (await import('./doctor.ts')).doctor());
    },
  );
  command(clean, 'remove what runs that were killed have left behind').action(async () => {
    done(await (await import('./clean.ts')).clean());
  });
  command(
    `${verify} <dir...>`,
    'check bundles and judge them again with the labs as they are',
  ).action(async (dirs: string[]) => {
    done(await (await import('./verify.ts')).verifyBundles(dirs));
  });
  addStates(command(states, "count this machine's own TCP sockets by state"), done);
  addClaims(command(claims, 'what the documents say, and what labs show of it'), done);
  const covers = command(coverage, 'which states and edges of the state diagram the labs show');
  addCoverage(covers, done);
}

function addStates(states: Command, done: (code: ExitCode) => void): void {
  const backend = new Option('--backend <name>', 'whose sockets (default: those of this machine)');
  states
    .addOption(backend.choices(WANTED))
    .option('--json', "the counts as one JSON object, by netstat's names")
    .addHelpText('after', STATES_HELP)
    .exitOverride(refuseOption(states))
    .action(async (flags: StatesFlags) => {
      done(await (await import('./states.ts')).states(flags));
    });
}

function addClaims(claims: Command, done: (code: ExitCode) => void): void {
  claims
    .argument('[what...]', 'labs, or documents (000 to 004); all when none is named')
    .option('--json', 'one JSON object a line')
    .exitOverride(refuseOption(claims))
    .action(async (names: string[], flags: ClaimsFlags) => {
      done(await (await import('./claims.ts')).claims(names, flags));
    });
}

function addCoverage(coverage: Command, done: (code: ExitCode) => void): void {
  coverage
    .argument('[dir...]', 'bundles: what those runs have really shown')
    .option('--json', 'one JSON object')
    .exitOverride(refuseOption(coverage))
    .action(async (dirs: string[], flags: CoverageFlags) => {
      done(await (await import('./coverage.ts')).coverage(dirs, flags));
    });
}

/** The valid choices beside commander's own words. */
function refuseOption(program: Command): (error: CommanderError) => never {
  return (error) => {
    if (error.code !== 'commander.unknownOption') throw error;
    const options = program.options.map(({ long }) => long).join(', ');
    throw new UsageError(`${error.message.replace(/^error: /, '')}; options: ${options}`);
  };
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
        ? `${option} goes after ${name}`
        : `${option} is for running labs, not for ${name}`,
    );
  };
}

function positive(text: string): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < 1 || value > MOST_JOBS) {
    const cores = availableParallelism();
    throw new InvalidArgumentError(
      `It must be a whole number from 1 to ${MOST_JOBS} (this machine has ${cores} cores).`,
    );
  }
  return value;
}

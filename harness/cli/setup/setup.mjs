// @ts-check
// `npm run setup` on a bare machine: runs before node_modules exists, so built-in modules only.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { installCommand, packageManager, shellLine } from './install-command.mjs';
import { nodeTooOld } from './node-version.mjs';
import { packagesAreCurrent, stampPackages } from './npm-packages.mjs';
import { findCommand, missingTools, searchFolders, TEST_TOOLS, TOOLS } from './tools.mjs';

const UNABLE = 3;
const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
/** `npm test` asks for what the tests need beside. */
const WANTED = process.argv.includes('--tests') ? TEST_TOOLS : TOOLS;
const FOLDERS = searchFolders(process.env.PATH);

process.exitCode = main();

function main() {
  const reason = checkNode() ?? setUpPackages() ?? setUpTools();
  if (reason !== undefined) {
    console.error(`setup: ${reason}`);
    return UNABLE;
  }
  if (WANTED === TOOLS) console.log('ready     npm run lab -- time-wait');
  return 0;
}

function checkNode() {
  const { engines } = JSON.parse(readFileSync(`${ROOT}/package.json`, 'utf8'));
  return nodeTooOld(process.versions.node, engines.node);
}

function setUpPackages() {
  if (packagesAreCurrent(ROOT)) {
    console.log('packages  as in package-lock.json');
    return undefined;
  }
  console.log('packages  npm ci');
  // The development packages build and test all this, whatever NODE_ENV says. None of them needs its
  // install script: what runs at install time is then only npm itself. Not in .npmrc, where it would
  // keep `npm pack` from building.
  if (!run(['npm', 'ci', '--include=dev', '--ignore-scripts']))
    return 'npm ci failed; its message is above';
  stampPackages(ROOT);
  return undefined;
}

function setUpTools() {
  if (process.platform !== 'linux') {
    console.log('tools     none needed here: the hosts are containers');
    return undefined;
  }
  const missing = missingTools(FOLDERS, WANTED);
  if (missing.length === 0) {
    console.log(`tools     ${WANTED.join(' ')}`);
    return undefined;
  }
  console.log(`tools     missing: ${missing.join(' ')}`);
  return installTools(missing);
}

/** @param {import('./tools.mjs').Tool[]} missing */
function installTools(missing) {
  const manager = packageManager((program) => findCommand(program, FOLDERS) !== undefined);
  if (manager === undefined) {
    return `no apt, dnf, apk or pacman here: install ${missing.join(', ')} by hand`;
  }
  const commands = installCommand(manager, missing);
  const isRoot = process.getuid?.() === 0;
  const hasSudo = !isRoot && findCommand('sudo', FOLDERS) !== undefined;
  if (!isRoot && !(hasSudo && sudoNeedsNoPassword())) {
    return `run this${hasSudo ? '' : ' as root'}, then setup again: ${shellLine(commands, hasSudo)}`;
  }
  const line = shellLine(commands, hasSudo);
  console.log(`tools     ${line}`);
  for (const argv of commands) {
    if (!run(hasSudo ? ['sudo', '-n', ...argv] : argv)) return `this failed: ${line}`;
  }
  const still = missingTools(FOLDERS, WANTED);
  return still.length === 0 ? undefined : `still missing after that: ${still.join(', ')}`;
}

function sudoNeedsNoPassword() {
  return spawnSync('sudo', ['-n', 'true'], { stdio: 'ignore' }).status === 0;
}

/**
 * Runs a command to its end. Only a failed one is heard: package managers talk much.
 * @param {string[]} argv
 */
function run([program = '', ...args]) {
  const { status, stdout, stderr, error } = spawnSync(program, args, {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
    encoding: 'utf8',
    maxBuffer: Infinity,
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    // npm is a script with another name there.
    shell: process.platform === 'win32',
  });
  if (status === 0) return true;
  console.error(error?.message ?? `${stdout}${stderr}`.trimEnd());
  return false;
}

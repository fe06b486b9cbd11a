// @ts-check

/**
 * @typedef {import('./tools.mjs').Tool} Tool
 * @typedef {'apt' | 'dnf' | 'apk' | 'pacman'} Manager
 * @typedef {object} Distribution
 * @property {string} program what shows that this manager is the machine's
 * @property {string} iproute the package that holds ip and ss
 * @property {string[]} gcc the packages that compile and link a C program, statically too
 * @property {string} tshark
 * @property {string[]} [refresh] makes the package lists current
 * @property {string[]} install
 */

/** @type {Record<Manager, Distribution>} */
const DISTRIBUTIONS = {
  apt: {
    program: 'apt-get',
    iproute: 'iproute2',
    gcc: ['gcc', 'libc6-dev'],
    tshark: 'tshark',
    refresh: ['apt-get', 'update'],
    install: ['apt-get', 'install', '-y', '--no-install-recommends'],
  },
  dnf: {
    program: 'dnf',
    iproute: 'iproute',
    gcc: ['gcc', 'glibc-static'],
    tshark: 'wireshark-cli',
    install: ['dnf', 'install', '-y', '--setopt=install_weak_deps=False'],
  },
  apk: {
    program: 'apk',
    iproute: 'iproute2',
    gcc: ['gcc', 'musl-dev'],
    tshark: 'tshark',
    install: ['apk', 'add', '--update-cache'],
  },
  // No -y: Arch does not support fresh lists without an upgrade of everything.
  pacman: {
    program: 'pacman',
    iproute: 'iproute2',
    gcc: ['gcc'],
    tshark: 'wireshark-cli',
    install: ['pacman', '-S', '--needed', '--noconfirm'],
  },
};

/**
 * The machine's package manager, or undefined.
 * @param {(program: string) => boolean} isThere
 * @returns {Manager | undefined}
 */
export function packageManager(isThere) {
  const managers = /** @type {Manager[]} */ (Object.keys(DISTRIBUTIONS));
  return managers.find((manager) => isThere(DISTRIBUTIONS[manager].program));
}

/**
 * The commands, in order, that install tools.
 * @param {Manager} manager
 * @param {readonly Tool[]} missing at least one
 * @returns {string[][]} each a program and its arguments
 */
export function installCommand(manager, missing) {
  const distribution = DISTRIBUTIONS[manager];
  const { refresh, install } = distribution;
  const packages = new Set(missing.flatMap((tool) => packagesOf(tool, distribution)));
  const command = [...install, ...[...packages].sort()];
  return refresh === undefined ? [command] : [refresh, command];
}

/**
 * @param {Tool} tool
 * @param {Distribution} distribution
 * @returns {string[]}
 */
function packagesOf(tool, { iproute, gcc, tshark }) {
  switch (tool) {
    case 'ip':
    case 'ss':
      return [iproute];
    case 'netstat':
      return ['net-tools'];
    case 'tcpdump':
      return ['tcpdump'];
    case 'nft':
      return ['nftables'];
    case 'setpriv':
    case 'unshare':
      return ['util-linux'];
    case 'gcc':
      return gcc;
    case 'strace':
    case 'zsh':
    case 'fish':
    case 'chromium':
      return [tool];
    case 'tshark':
      return [tshark];
  }
}

/**
 * One line for a shell.
 * @param {readonly string[][]} commands
 * @param {boolean} sudo
 */
export function shellLine(commands, sudo) {
  return commands.map((argv) => (sudo ? ['sudo', ...argv] : argv).join(' ')).join(' && ');
}

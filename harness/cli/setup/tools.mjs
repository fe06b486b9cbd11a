// @ts-check
import { accessSync, constants, realpathSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';

/**
 * The programs a host is made of and watched with.
 * @type {readonly Tool[]}
 * @typedef {'ip' | 'ss' | 'netstat' | 'tcpdump' | 'nft' | 'setpriv' | 'unshare'} HostTool
 * @typedef {HostTool | 'gcc' | 'strace' | 'tshark' | 'zsh' | 'fish' | 'chromium'} Tool
 */
export const TOOLS = ['ip', 'ss', 'netstat', 'tcpdump', 'nft', 'setpriv', 'unshare'];

/**
 * What the tests hold our ports, decoders, completions and pages against, beside those.
 * @type {readonly Tool[]}
 */
export const TEST_TOOLS = [...TOOLS, 'gcc', 'strace', 'tshark', 'zsh', 'fish', 'chromium'];

/** An ordinary user's PATH lacks these; the tools in them run for everybody. */
const ADMIN_FOLDERS = ['/usr/local/sbin', '/usr/sbin', '/sbin'];

/**
 * The folders in which commands are looked up.
 * @param {string | undefined} path the PATH variable
 */
export function searchFolders(path) {
  return [...(path ?? '').split(':').filter((folder) => folder !== ''), ...ADMIN_FOLDERS];
}

/**
 * The file that a command's name stands for, or undefined.
 * @param {string} name
 * @param {readonly string[]} folders
 */
export function findCommand(name, folders) {
  return folders.map((folder) => join(folder, name)).find(isExecutable);
}

/**
 * The tools that are not there. BusyBox's applets do not count: they lack most options.
 * @param {readonly string[]} folders
 * @param {readonly Tool[]} tools
 */
export function missingTools(folders, tools = TOOLS) {
  return tools.filter((tool) => {
    const file = findCommand(tool, folders);
    return file === undefined || basename(realpathSync(file)) === 'busybox';
  });
}

/** @param {string} file */
function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

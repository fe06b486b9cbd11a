import { readdirSync, readFileSync } from 'node:fs';
import { TOKEN } from './left-behind.ts';

/** Process ids of what a run has started on this machine, told by its token, with such a command line. */
export function processesOf({ token }: { token: string }, command: RegExp): number[] {
  return readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry))
    .filter((pid) => {
      try {
        const read = (file: string): string[] =>
          readFileSync(`/proc/${pid}/${file}`, 'latin1').split('\0');
        return (
          read('environ').includes(`${TOKEN}=${token}`) && command.test(read('cmdline').join(' '))
        );
      } catch {
        return false;
      }
    })
    .map(Number);
}

/** Command lines of what a run on network namespaces consists of, beside the programs under test. */
export const HELPERS = {
  agent: /^\S*node \S*agent\.cjs/,
  tcpdump: /^tcpdump /,
  launcher: /^sh -c echo 4096/,
  host: /^unshare --net --mount/,
  tracer: /^sh -c set -e/,
  'reader of the tracepoint': /^cat \S*trace_pipe/,
  'writer of its marks': /^sh -c while read -r mark/,
} as const;

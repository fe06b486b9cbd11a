// Socket calls typed by hand: every line on standard input is one system call, answered by one line
// as strace prints it, and a line that is no call by one that says what is. `quit` or end-of-file
// ends it. Nothing is sent, received or closed that was not typed.
import {
  cString,
  fgets,
  formatReturn,
  onCall,
  options,
  printf,
  SocketError,
  start,
  stdin,
} from '../harness/sys/index.ts';
import { perform } from './socket-shell/commands.ts';
import { BadLine } from './socket-shell/words.ts';

options('socket-shell', {});

function main(): void {
  onCall((report) => {
    if (report.phase === 'return') printf('%s\n', formatReturn(report));
  });
  const buff = Buffer.alloc(65536);
  while (fgets(buff, buff.length, stdin)) {
    const line = cString(buff).toString().replace(/\n$/, '');
    if (line.trim() === 'quit') break;
    answer(line);
  }
}

function answer(line: string): void {
  try {
    perform(line);
  } catch (error) {
    // A failed call was reported like any other.
    if (error instanceof SocketError) return;
    if (!(error instanceof BadLine)) throw error;
    printf('error: %s\n', error.message);
  }
}

start(main);

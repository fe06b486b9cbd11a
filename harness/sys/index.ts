// What the programs under test import, and all they import: C's headers and C's start.
export * from './address.ts'; // <netinet/in.h>, <arpa/inet.h>
export * from './constants.ts';
export * from './fcntl.ts'; // <fcntl.h>
export * from './socket.ts'; // <sys/socket.h>
export * from './stdio.ts'; // <stdio.h>
export * from './unistd.ts'; // <unistd.h>
export {
  type CallReport,
  type CallReturn,
  formatReturn,
  onCall,
  reportFailuresOnly,
} from './calls.ts';
export { SocketError } from './errno.ts';
export * as option from './options.ts';
export { options } from './options.ts';
export { start, unchecked } from './start.ts';

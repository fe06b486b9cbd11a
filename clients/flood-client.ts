// Connects and closes, again and again, a connection at a time: each leaves a TIME-WAIT here. It
// waits for the server's end of each, so as not to outrun it, nor those who watch. It ends at the
// first call that fails, with 1, having printed how many connections there were. Thousands of
// connections are thousands of calls: only the one that fails is reported.
import {
  AF_INET,
  close,
  connect,
  option,
  options,
  printf,
  recv,
  reportFailuresOnly,
  SHUT_WR,
  shutdown,
  SOCK_STREAM,
  sockaddrIn,
  socket,
  start,
} from '../harness/sys/index.ts';

const args = options('flood-client', {
  address: option.address('127.0.0.1', 'address to connect to'),
  port: option.port(6000, 'port to connect to'),
  count: option.count(100_000, 'connections to make, unless a call fails'),
});

function main(): void {
  reportFailuresOnly();
  const saddr = sockaddrIn(args.address, args.port);
  const buff = Buffer.alloc(128);
  let made = 0;
  try {
    while (made < args.count) {
      const sockfd = socket(AF_INET, SOCK_STREAM, 0);
      connect(sockfd, saddr);
      shutdown(sockfd, SHUT_WR);
      recv(sockfd, buff, 127, 0);
      close(sockfd);
      made++;
    }
  } finally {
    printf('made %d\n', made);
  }
}

start(main);

// ser.c (servers/original/ser.c, from seed document 000), to be read beside it, line by line.
// Two differences, both where the C would hide what went wrong: a failed bind (an assert there)
// prints its errno and exits with 1; so does a failed listen, after which the C spins in accept.
import {
  accept,
  AF_INET,
  bind,
  close,
  htons,
  inet_addr,
  listen,
  option,
  options,
  printf,
  recv,
  send,
  setsockopt,
  SO_REUSEADDR,
  SOCK_STREAM,
  SockaddrIn,
  socket,
  SOL_SOCKET,
  start,
  unchecked,
} from '../harness/sys/index.ts';

const args = options('echo-server', {
  address: option.address('127.0.0.1', 'address to listen on'),
  port: option.port(6000, 'port to listen on'),
  backlog: option.count(5, 'length of the accept queue, as given to listen'),
  'reuse-addr': option.flag('set SO_REUSEADDR before bind'),
});

function main(): void {
  const sockfd = socket(AF_INET, SOCK_STREAM, 0);
  if (args['reuse-addr']) setsockopt(sockfd, SOL_SOCKET, SO_REUSEADDR, 1);

  const saddr = new SockaddrIn(); // zeroed
  const caddr = new SockaddrIn(); // the client's address and port
  saddr.sin_family = AF_INET;
  saddr.sin_port = htons(args.port);
  saddr.sin_addr.s_addr = inet_addr(args.address);

  bind(sockfd, saddr);
  listen(sockfd, args.backlog);
  while (true) {
    printf('accept wait ......\n');
    const c = unchecked(() => accept(sockfd, caddr));
    if (c < 0) {
      continue;
    }
    printf('accept c = %d\n', c);
    while (true) {
      const buff = Buffer.alloc(128);
      if (unchecked(() => recv(c, buff, 127, 0)) <= 0) {
        break;
      }
      printf('buff=%s\n', buff);
      unchecked(() => send(c, 'ok', 2, 0));
    }
    close(c);
    printf('close\n');
  }
}

start(main);

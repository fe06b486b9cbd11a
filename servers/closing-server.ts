// A server without keep-alive, as seed document 004 has it ("FIN_WAIT1"): one request, one answer,
// close. ser.c (servers/original/ser.c) without its inner loop, so that the server closes first.
import {
  accept,
  AF_INET,
  bind,
  close,
  listen,
  option,
  options,
  printf,
  recv,
  send,
  SOCK_STREAM,
  sockaddrIn,
  SockaddrIn,
  socket,
  start,
  unchecked,
} from '../harness/sys/index.ts';

const args = options('closing-server', {
  address: option.address('127.0.0.1', 'address to listen on'),
  port: option.port(6000, 'port to listen on'),
  backlog: option.count(5, 'length of the accept queue, as given to listen'),
});

function main(): void {
  const sockfd = socket(AF_INET, SOCK_STREAM, 0);
  bind(sockfd, sockaddrIn(args.address, args.port));
  listen(sockfd, args.backlog);
  const caddr = new SockaddrIn();
  while (true) {
    printf('accept wait ......\n');
    const c = unchecked(() => accept(sockfd, caddr));
    if (c < 0) {
      continue;
    }
    printf('accept c = %d\n', c);
    const buff = Buffer.alloc(128);
    if (unchecked(() => recv(c, buff, 127, 0)) > 0) {
      printf('buff=%s\n', buff);
      unchecked(() => send(c, 'ok', 2, 0));
    }
    close(c);
    printf('close\n');
  }
}

start(main);

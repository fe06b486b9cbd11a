// cli.c (clients/original/cli.c, from seed document 000), to be read beside it, line by line.
// One difference: a failed connect (an assert there) prints its errno and exits with 1.
import {
  AF_INET,
  bind,
  close,
  connect,
  fgets,
  htons,
  inet_addr,
  option,
  options,
  printf,
  recv,
  send,
  SOCK_STREAM,
  SockaddrIn,
  socket,
  start,
  stdin,
  strlen,
  strncmp,
  unchecked,
} from '../harness/sys/index.ts';

const args = options('echo-client', {
  address: option.address('127.0.0.1', 'address to connect to'),
  port: option.port(6000, 'port to connect to'),
  'source-address': option.address('0.0.0.0', 'address to bind before connect'),
  'source-port': option.port(0, 'port to bind before connect'),
});

function main(): void {
  const sockfd = socket(AF_INET, SOCK_STREAM, 0);
  bindSource(sockfd);

  const saddr = new SockaddrIn(); // the client's own address and port are the system's to choose
  saddr.sin_family = AF_INET;
  saddr.sin_port = htons(args.port);
  saddr.sin_addr.s_addr = inet_addr(args.address);
  connect(sockfd, saddr);
  while (true) {
    printf('input:\n');
    const buff = Buffer.alloc(128);
    // At end-of-file buff stays empty, and as in the C nothing is sent and an answer awaited.
    fgets(buff, 127, stdin);
    if (strncmp(buff, 'end', 3) === 0) {
      break;
    }
    unchecked(() => send(sockfd, buff, strlen(buff), 0));
    buff.fill(0);
    unchecked(() => recv(sockfd, buff, 127, 0));
    printf('read:%s\n', buff);
  }
  close(sockfd);
}

/** Not in the C: takes the source address that was asked for. */
function bindSource(sockfd: number): void {
  if (args['source-address'] === '0.0.0.0' && args['source-port'] === 0) return;
  const caddr = new SockaddrIn();
  caddr.sin_family = AF_INET;
  caddr.sin_port = htons(args['source-port']);
  caddr.sin_addr.s_addr = inet_addr(args['source-address']);
  bind(sockfd, caddr);
}

start(main);

// The server of seed document 004, "Server不调用accept" (the server does not call accept):
//
//     s = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.getprotobyname('tcp'))
//     s.bind(("192.168.0.110", 10000))
//     s.listen(1)
//     while 1:
//         time.sleep(10)
//
// It prints nothing. A failed call, a traceback there, prints its errno and exits with 1 here.
import {
  AF_INET,
  bind,
  IPPROTO_TCP,
  listen,
  option,
  options,
  setsockopt,
  sleep,
  SO_REUSEADDR,
  SOCK_STREAM,
  sockaddrIn,
  socket,
  SOL_SOCKET,
  start,
} from '../harness/sys/index.ts';

const args = options('never-accept-server', {
  address: option.address('127.0.0.1', 'address to listen on'),
  port: option.port(10000, 'port to listen on'),
  backlog: option.count(1, 'length of the accept queue, as given to listen'),
  'reuse-addr': option.flag('set SO_REUSEADDR before bind'),
});

function main(): void {
  const s = socket(AF_INET, SOCK_STREAM, IPPROTO_TCP);
  if (args['reuse-addr']) setsockopt(s, SOL_SOCKET, SO_REUSEADDR, 1);
  bind(s, sockaddrIn(args.address, args.port));
  listen(s, args.backlog);
  while (true) {
    sleep(10);
  }
}

start(main);

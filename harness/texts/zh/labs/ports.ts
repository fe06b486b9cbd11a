import type { Catalogue } from '../../translate.ts';

export const ports: Catalogue = {
  // bind-restart
  'A server that closed first cannot be started again at once': '先关闭的服务器不能立即再次启动',
  'A server is stopped and started again on the same port, three times. Where its client has not closed yet, the old connection is in FIN-WAIT-2, and bind() fails with EADDRINUSE. So it does in TIME-WAIT, which is there so that what comes late of the old connection meets no new one (--slow waits until it is over; then the server starts). In both, no process has the old socket any more, but the kernel keeps it and with it the port. Where the client closed first, the client has the TIME-WAIT and the server nothing: it starts again at once.':
    '服务器结束后又在同一端口上启动，一共三次。客户端还没有关闭时，旧连接处于 FIN-WAIT-2 状态，bind() 以 EADDRINUSE 失败。处于 TIME-WAIT 状态时也一样；TIME-WAIT 的用处就是使旧连接迟到的东西遇不上新的连接（--slow 会等到它结束；然后服务器启动）。在这两种情况下，旧套接字都不再属于任何进程，但内核保留着它，也就保留着端口。客户端先关闭时，TIME-WAIT 在客户端，服务器什么也没有：它立即就能再次启动。',
  'in FIN-WAIT-2, the client still open': '处于 FIN-WAIT-2 状态，客户端还开着',
  'in TIME-WAIT': '处于 TIME-WAIT 状态',
  'the client closed first': '客户端先关闭过',
  // reuseaddr
  'SO_REUSEADDR: the old socket must have had it too': 'SO_REUSEADDR：旧的套接字也必须设置过',
  "A server is stopped first, so that its connection waits in TIME-WAIT, and started again at once. That works if, and only if, both the old server and the new one set SO_REUSEADDR before bind: the accepted connection inherited the option from its listener, and the kernel asks both sockets. Nothing waits then: the new server takes connections at once, beside the old one's TIME-WAIT. It is no licence to share the port: while one socket listens, with the option or without, no other can.":
    '服务器先被结束，它的连接在 TIME-WAIT 状态等待，然后立即再次启动。当且仅当旧服务器和新服务器都在 bind 之前设置了 SO_REUSEADDR，才能成功：已接受的连接从监听套接字继承了这个选项，而内核两个套接字都要问。这时什么都不用等：新的服务器立即接受连接，与旧连接的 TIME-WAIT 并存。这不是共享端口的许可：只要有一个套接字在监听，有没有这个选项，别的都不行。',
  'the old server {what}, the new one {how}': '旧服务器{what}，新服务器{how}',
  'sets it': '设置了它',
  'does not': '没有设置',
  'the new server serves while the old connection waits': '新的服务器在服务，旧的连接在等待',
  'two listeners refuse each other all the same': '两个监听套接字照样互相排斥',
  // reuseport
  'SO_REUSEPORT: two listeners share a port, and the connections':
    'SO_REUSEPORT：两个监听套接字共用一个端口，分享连接',
  "SO_REUSEADDR never lets two sockets listen on one port; SO_REUSEPORT, since Linux 3.9, does, if every one of them has set it before bind() and all belong to one user. Each has an accept queue of its own, and the kernel chooses by a hash of addresses and ports which of them a connection enters. So several processes can accept without getting in each other's way. Nobody can say beforehand which of them it will be; together they get all.":
    'SO_REUSEADDR 从不让两个套接字监听同一个端口；从 Linux 3.9 起 SO_REUSEPORT 可以，只要每个套接字都在 bind() 之前设置了它，并且都属于同一个用户。每个都有自己的全连接队列，内核用地址和端口的散列值选择一个连接进入哪一个。这样几个进程可以同时 accept 而互不妨碍。谁也不能预先知道会是哪一个；合起来它们得到全部。处于 ',
  'eight connections, two accept queues': '八个连接，两个全连接队列',
  'the old socket, SO_REUSEPORT {n}, in LISTEN and in TIME-WAIT':
    '旧的套接字，SO_REUSEPORT {n}，处于 LISTEN 和 TIME-WAIT 状态',
  // bind-matrix
  'Who gets a port: every state of the old socket, every way to ask for it':
    '谁得到端口：旧套接字的每种状态，每种请求方式',
  'An old socket has a port, in each state that a program or the kernel can leave it in; a socket of another process wants the same port. It gets it, whatever the state and the addresses, if and only if both have set SO_REUSEADDR and none on that port listens; otherwise bind() fails with EADDRINUSE. TIME-WAIT is but one of the states that keep a port, and the option on the new socket alone helps in none of them.':
    '旧的套接字占有一个端口，处于程序或内核能使它处于的每一种状态；另一个进程的套接字想要同一个端口。不论状态和地址如何，当且仅当两者都设置了 SO_REUSEADDR、并且这个端口上没有人监听时，它才得到；否则 bind() 以 EADDRINUSE 失败。TIME-WAIT 只是占住端口的状态之一，而只在新套接字上设置这个选项，对哪种状态都没有用。',
  '{state}, {how}': '{state}，{how}',
  bound: '已绑定',
  idle: '空闲',
  accepted: '接受而来',
  connected: '连接而来',
  'neither has SO_REUSEADDR': '两者都没有 SO_REUSEADDR',
  'only the new one has it': '只有新的有',
  'only the old one has it': '只有旧的有',
  'both have it': '两者都有',
};

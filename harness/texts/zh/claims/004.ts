import type { Catalogue } from '../../translate.ts';

/** Claims of document 004, what Linux does, and why. */
export const of004: Catalogue = {
  'After socket() and listen(), netstat shows a socket in LISTEN':
    'socket() 和 listen() 之后，netstat 显示一个处于 LISTEN 状态的套接字',
  'A socket in LISTEN is no connection yet': '处于 LISTEN 状态的套接字还不是连接',
  'Beside LISTEN there are nine states': 'LISTEN 之外有九种状态',
  'ten: CLOSING is the one that the document leaves out': '十种：文档漏掉了 CLOSING',
  'RFC 9293 3.3.2 has eleven states, LISTEN and CLOSED among them':
    'RFC 9293 3.3.2 有十一种状态，LISTEN 和 CLOSED 也在其中',
  'A server is usually bound to a port that it names, such as 80':
    '服务器通常绑定指定的端口，比如 80',
  'Bound to port 0, it gets a free port from the system': '绑定到端口 0，由系统找一个可用的端口',
  'Bound to 0.0.0.0, it is reached through every interface': '绑定到 0.0.0.0，从每个接口都能到达',
  'Without bind(), listen() is as good as bind to 0.0.0.0, port 0':
    '没有 bind() 时，listen() 相当于绑定到 0.0.0.0 的端口 0',
  "A client's SYN is answered and the connection is made, without the application":
    '客户端的 SYN 得到回答，连接建立，不经过应用层',
  'Until then the connection is in a queue of the kernel': '在那之前，连接在内核的一个队列里',
  'When the application takes it, it is removed from that queue': '应用层取走它时，它从队列中移除',
  'listen(1): at most one connection can be in that queue': 'listen(1)：队列中最多可以有一个连接',
  'two: the queue of listen(n) takes n+1': '两个：listen(n) 的队列容得下 n+1 个',
  'the kernel refuses when the queue is longer than n, not when it is as long: so listen(0) lets one in (sk_acceptq_is_full)':
    '内核在队列比 n 长时才拒绝，一样长时不拒绝：所以 listen(0) 放进一个（sk_acceptq_is_full）',
  'March 2007 (commit 64a146513f8f brought it back)':
    '2007 年 3 月（commit 64a146513f8f 把它改了回来）',
  'When the queue is full, further SYNs are ignored': '队列满了之后，再来的 SYN 被忽略',
  'They are ignored wholly: no RST is sent': '完全忽略：不发送 RST',
  'Without an answer the client sends its SYN again after 1, 2, 4, 8, 16 s, then times out':
    '得不到回答，客户端在 1、2、4、8、16 秒后重传 SYN，然后超时',
  'after 1, 1, 1, 1, 1, 2, 4, 8, 16, 32 s; ETIMEDOUT after 131 s':
    '在 1、1、1、1、1、2、4、8、16、32 秒后重传；131 秒后 ETIMEDOUT',
  'the first tcp_syn_linear_timeouts (4) waits do not grow; 0 restores the old schedule (1, 2, 4, 8, 16, 32, ETIMEDOUT after 127 s)':
    '最初的 tcp_syn_linear_timeouts（4）次等待不增长；设为 0 恢复旧的间隔（1、2、4、8、16、32，127 秒后 ETIMEDOUT）',
  'Linux 6.5 (commit ccce324dabfe)': 'Linux 6.5（commit ccce324dabfe）',
  'An RST instead might make the client send again at once': '如果改发 RST，客户端可能马上再次发送',
  "no client's kernel sends again: connect() fails with ECONNREFUSED; to try again is for the program to decide":
    '没有客户端的内核会再次发送：connect() 以 ECONNREFUSED 失败；是否再试由程序决定',
  'RFC 9293 3.10.7.3: a reset in SYN-SENT that acknowledges the SYN ends the attempt':
    'RFC 9293 3.10.7.3：在 SYN-SENT 状态收到确认了 SYN 的 RST，就结束这次尝试',
  'The longest queue is not always exactly what listen() was told':
    '队列的最大长度并不总是正好等于 listen() 的参数',
  'Traditional BSD makes it X*3/2+1': '传统的 BSD 设置为 X*3/2+1',
  'Linux: X+1, and no more than somaxconn+1': 'Linux：X+1，且不超过 somaxconn+1',
  'no such BSD can be run here': '这里不能运行那样的 BSD',
  'The SYN comes from the client, and of its connect()': 'SYN 来自客户端，由它的 connect() 引起',
  'A client does not usually bind: the system chooses address and port':
    '客户端一般不 bind：由系统选择地址和端口',
  'A client can bind an address and port of its own choice': '客户端可以自己选择地址和端口来 bind',
  'connect() makes the client send a SYN': 'connect() 使客户端发送 SYN',
  "The server's kernel answers the SYN on its own": '服务器的内核自己回答 SYN',
  "The server's socket changes to SYN-RECEIVED": '服务器的套接字变成 SYN-RECEIVED',
  "its socket stays in LISTEN; the half-made connection is an entry of its own, and no program's socket":
    '它的套接字停留在 LISTEN 状态；半连接是单独的条目，不是任何程序的套接字',
  'a socket for the connection is made with the third segment, a descriptor with accept()':
    '连接的套接字随第三个报文段产生，描述符随 accept() 产生',
  'No program has a say in that transition': '这个转变不受程序控制',
  "With the server's SYN, and having sent its ACK, the client is ESTABLISHED":
    '收到服务器的 SYN 并发送 ACK 之后，客户端处于 ESTABLISHED 状态',
  "ESTABLISHED, the connection is still in the kernel's queue, and no application has it":
    'ESTABLISHED 的连接还在内核的队列中，还没有交给应用层',
  'accept() removes it from the queue of complete connections and hands it over':
    'accept() 把它从全连接队列中移除并交出',
  "A SYN to a wrong port: the server's kernel answers with an RST":
    'SYN 发到错误的端口：服务器的内核用 RST 回答',
  'Listed: a SYN has win 29200 and wscale 7': '列表中：SYN 带有 win 29200 和 wscale 7',
  'win 64240, and wscale 10 on 6.18; the options are the same and in the same order':
    'win 64240，在 6.18 上 wscale 10；选项相同，次序也相同',
  'the receive buffer that a connection starts with was raised; wscale follows from the largest buffer that tcp_rmem allows':
    '连接开始时的接收缓冲区加大了；wscale 由 tcp_rmem 允许的最大缓冲区决定',
  'Linux 4.20 (September 2018, commit a337531b942b)':
    'Linux 4.20（2018 年 9 月，commit a337531b942b）',
  'Listed: the answer is [R.] with seq 0, ack x+1, win 0 and no options':
    '列表中：回答是 [R.]，seq 0，ack x+1，win 0，没有选项',
  'It comes at once: nobody is asked': '它马上就来：不需要问谁',
  "Without accept(), established connections stay in the kernel's queue":
    '没有 accept()，已建立的连接一直在内核的队列中',
  'When the queue is full, no further client succeeds': '队列满了之后，后来的客户端都不会成功',
  'On OSX listen(1) lets the first client in, and the second no more':
    '在 OSX 上 listen(1) 放进第一个客户端，第二个就不行了',
  'Linux lets in two; it is the third that meets silence': 'Linux 放进两个；第三个才得不到回答',
  'OSX cannot be run here': '这里不能运行 OSX',
  'The others send SYN after SYN without an answer, and in the end give up':
    '其余的一个接一个发送 SYN 而得不到回答，最后放弃',
  'Listed: a SYN that is sent again has the same sequence number': '列表中：重传的 SYN 序号相同',
  'Listed: SYNs at 0, 1, 3, 7, 15, 31 and 63 s': '列表中：SYN 在 0、1、3、7、15、31 和 63 秒',
  'at 0, 1, 2, 3, 4, 5, 7, 11, 19, 35 and 67 s': '在 0、1、2、3、4、5、7、11、19、35 和 67 秒',
  'tcp_syn_linear_timeouts: four more waits of one second':
    'tcp_syn_linear_timeouts：多了四次一秒的等待',
  'Listed: the timestamp grows by 100 a second': '列表中：时间戳每秒增加 100',
  'by 1000 a second': '每秒增加 1000',
  'it counted jiffies, 100 a second on the kernel of the listing; now it counts milliseconds':
    '那时以 jiffies 计，在列表所用的内核上每秒 100 个；现在以毫秒计',
  'Linux 4.13 (commit 9a568de4818d)': 'Linux 4.13（commit 9a568de4818d）',
  'Listed: clients that connect one after the other get ports one after the other':
    '列表中：先后连接的客户端得到先后相连的端口',
  'ports are even and have gaps between them': '端口是偶数，中间有空隙',
  'connect() looks through the even ports first and leaves the odd ones to bind()':
    'connect() 先找偶数端口，把奇数端口留给 bind()',
  'measured on 5.10 to 7.2 (commits 07f4c90062f8, 1580ab63fc9a)':
    '在 5.10 到 7.2 上测得（commits 07f4c90062f8, 1580ab63fc9a）',
  'Listed: OSX answers with the MSS as its only option': '列表中：OSX 的回答只有 MSS 一个选项',
  'Linux answers a SYN with every option that it knows and the SYN had: MSS, SACK, timestamps, window scale':
    'Linux 回答 SYN 时，带上它认识而 SYN 也有的所有选项：MSS、SACK、时间戳、窗口扩大',
  'Listed: netstat shows the waiting client in SYN_SENT, with a Send-Q of 1':
    '列表中：netstat 显示等待的客户端处于 SYN_SENT，Send-Q 为 1',
  "The server's netstat shows nothing of the clients that wait":
    '服务器的 netstat 看不到等待的客户端',
  'On OSX listen(0) seems to set no limit, 100 get in':
    '在 OSX 上 listen(0) 似乎没有限制，100 个都能进来',
  'Linux: listen(0) lets in one': 'Linux：listen(0) 放进一个',
  'On Linux listen(0) lets one connection into the queue':
    '在 Linux 上 listen(0) 允许一个连接进入队列',
  'As it should be: SYNs to a full queue vanish, with no answer and no RST':
    '应该是：发给满队列的 SYN 石沉大海，没有回答，也没有 RST',
  'On Linux a SYN to a full queue is answered by SYN+ACK all the same, and the client is connected':
    '在 Linux 上，发给满队列的 SYN 仍然得到 SYN+ACK 的回答，客户端就连接上了',
  'it is dropped; only a SYN that came while there was room is answered, and its ACK may then find the queue full':
    '它被丢弃；只有还有空位时到来的 SYN 才得到回答，之后它的 ACK 可能遇上队列满',
  'before, a SYN was dropped only if more than one fresh half-made connection waited as well, which fooled clients':
    '从前，只有同时还有一个以上新的半连接在等待时，SYN 才被丢弃，这使客户端上当',
  'Linux 4.10 (commit 5ea8ea2cb7f1; also 3.16, 4.4 and 4.9 stable)':
    'Linux 4.10（commit 5ea8ea2cb7f1；还有 3.16、4.4 和 4.9 的稳定版）',
  'The server ignores the third ACK and sends SYN+ACK again after 1, 2, 4, 8, 16 s':
    '服务器忽略第三个 ACK，在 1、2、4、8、16 秒后重传 SYN+ACK',
  'Meanwhile the server shows SYN-RECEIVED and the client ESTABLISHED':
    '其间服务器显示 SYN-RECEIVED，客户端显示 ESTABLISHED',
  'The server gives up in the end; the client remains ESTABLISHED':
    '服务器最后放弃；客户端依然处于 ESTABLISHED 状态',
  'If the client then sends data, the server answers with an RST':
    '如果客户端随后发送数据，服务器用 RST 回答',
  'A server that accepts every few seconds takes one connection from the queue each time':
    '每隔几秒 accept 一次的服务器，每次从队列取走一个连接',
  'Last in, first out: who came last is accepted first': '后进先出：最后来的最先被接受',
  'first in, first out; but a client whose SYN was dropped may see later ones served before it':
    '先进先出；但是 SYN 被丢弃的客户端可能看到后来的先得到服务',
  "accept() takes from the head of the queue; a SYN that was dropped has no place in it and comes again on its client's timer only":
    'accept() 从队列的头部取；被丢弃的 SYN 在队列中没有位置，要等客户端的定时器到时才再来',
  'No RST is sent to those who have to wait': '不给必须等待的发送 RST',
  'The client does not know that nobody has accepted it': '客户端不知道还没有谁接受它',
  'send() sends data': 'send() 发送数据',
  'send() returns when the data are in the local buffer, and waits neither for sending nor for the ACK':
    '数据进入本机缓冲区时 send() 就返回，不等待发送，也不等待 ACK',
  'That send() succeeded does not mean that the data were sent, let alone received':
    'send() 成功不代表数据发出去了，更不代表对方收到了',
  'If send() fails, the buffer may be full': '如果 send() 失败，可能是缓冲区满了',
  'a full buffer makes send() wait; only a non-blocking socket fails, with EAGAIN':
    '缓冲区满使 send() 等待；只有非阻塞的套接字才以 EAGAIN 失败',
  'send(2): it blocks, unless the socket is in non-blocking mode':
    'send(2)：它会阻塞，除非套接字处于非阻塞模式',
  'After a successful send() the application can hardly know whether the peer has the data':
    'send() 成功之后，应用层不太可能知道对方是否收到了数据',
  "Send-Q in ss, and ioctl SIOCOUTQ, say how much the peer's kernel has not acknowledged; what its program has read, nobody says":
    'ss 中的 Send-Q 和 ioctl SIOCOUTQ 说明对端的内核还有多少没有确认；对端的程序读了多少，没有谁说',
  'what is not acknowledged is kept, to be sent again: so the kernel knows its size':
    '没有确认的要保留以备重传：所以内核知道有多少',
  'Without an ACK the kernel sends again, and the application does not notice':
    '没有 ACK 时内核重传，应用层感知不到',
  'Only the next recv() can tell the application anything': '只有下一次 recv() 才能告诉应用层什么',
  'the next send() tells, too: EPIPE, ECONNRESET, or ETIMEDOUT when the kernel has given up':
    '下一次 send() 也能：EPIPE、ECONNRESET，或内核放弃时的 ETIMEDOUT',
  'an error is kept in the socket and given to whichever call comes next':
    '错误保存在套接字里，交给接下来的任何一个调用',
  "The peer's ACK is sent by its kernel: no call sends one":
    '对端的 ACK 由它的内核发送：没有发送 ACK 的调用',
  'close() sends a FIN and leads to FIN-WAIT-1': 'close() 发送 FIN，进入 FIN-WAIT-1',
  'mostly (lab close); but if received data are unread, or SO_LINGER is 0, it sends a reset and leads to CLOSED':
    '多半如此（实验 close）；但如果有收到的数据未读，或 SO_LINGER 为 0，它发送 RST，进入 CLOSED',
  'the peer must not believe that its data were read (RFC 1122 4.2.2.13)':
    '不能让对端以为它的数据被读到了（RFC 1122 4.2.2.13）',
  'Server and client alike can close first': '服务器和客户端都可以先关闭',
  'With HTTP without keep-alive it is usually the server that closes':
    '没有 keep-alive 的 HTTP，通常是服务器先关闭',
  'A Kafka consumer may close first, having consumed so many messages':
    'Kafka 消费者消费了一定条目之后可能先关闭',
  'a client that closes first keeps the TIME-WAIT, whatever it was for':
    '先关闭的客户端保留 TIME-WAIT，不管它是做什么的',
  'Kafka is no part of the labs': 'Kafka 不在实验之内',
  "The other's FIN is acknowledged and leads to CLOSE-WAIT": '对方的 FIN 得到确认，进入 CLOSE-WAIT',
  'The kernel does that: no call of the application is behind it':
    '这是内核做的：背后没有应用层的调用',
  'The ACK of its FIN takes the active closer to FIN-WAIT-2, again without any call':
    '对 FIN 的 ACK 使主动关闭方进入 FIN-WAIT-2，同样没有任何调用',
  'close() at the passive end sends a FIN and leads to LAST-ACK':
    '被动关闭方的 close() 发送 FIN，进入 LAST-ACK',
  'If the passive end closes at once, its FIN may go together with the ACK':
    '如果被动关闭方立即关闭，它的 FIN 可以与 ACK 合并',
  'The passive end may also close some time later': '被动关闭方也可以过一段时间再关闭',
  'If it closes later, the FIN is acknowledged at once all the same':
    '如果它过后才关闭，FIN 仍然马上得到确认',
  'after a moment: one tick of the clock, or about 40 ms if the connection has carried data before':
    '要过片刻：一个时钟节拍；连接以前传过数据的话，约 40 毫秒',
  'the kernel delays the ACK, so that a FIN may take it along': '内核推迟 ACK，好让 FIN 带上它',
  "The active closer acknowledges the other's FIN and is in TIME-WAIT":
    '主动关闭方确认对方的 FIN，处于 TIME-WAIT 状态',
  'It stays for 2MSL: 30 s, 1 min, 2 min, as the system has it':
    '它停留 2MSL：依系统不同，30 秒、1 分钟、2 分钟',
  'With the last ACK the passive end closes the connection': '有了最后的 ACK，被动关闭方关闭连接',
  'For the passive end it is then as though the connection had never been':
    '对被动关闭方来说，就像从来没有过这个连接',
  'The active closer stays in TIME-WAIT for a time': '主动关闭方在 TIME-WAIT 状态停留一段时间',
  'As long as TIME-WAIT lasts, that address and port cannot be used':
    'TIME-WAIT 持续期间，那个地址和端口不能使用',
  'connections to other addresses may use the port, and to the same one bind() with SO_REUSEADDR and connect() succeeds at once':
    '到别的地址的连接可以用这个端口；到同一地址，用 SO_REUSEADDR bind() 再 connect() 立即成功',
  "TIME-WAIT keeps one four-tuple; timestamps tell its old segments from a new connection's":
    'TIME-WAIT 保留一个四元组；时间戳把它旧的报文段与新连接的区分开',
};

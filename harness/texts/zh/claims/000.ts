import type { Catalogue } from '../../translate.ts';

/** Claims of document 000, what Linux does, and why. */
export const of000: Catalogue = {
  'A connection is made by three segments': '三个报文段建立一个连接',
  'Whoever calls connect() opens: its kernel sends a SYN':
    '谁调用 connect() 谁就发起连接：它的内核发送 SYN',
  "The server answers with its own SYN and an ACK of the client's":
    '服务器用自己的 SYN 和对客户端 SYN 的 ACK 回答',
  "The client answers the server's SYN with an ACK": '客户端用 ACK 回答服务器的 SYN',
  'A connection is closed by four segments': '四个报文段关闭一个连接',
  'Whoever closes first says so with a FIN': '先关闭的一方用 FIN 表示',
  'The other end acknowledges that FIN': '另一端确认这个 FIN',
  'The other end has to call close() as well, and then sends a FIN of its own':
    '另一端也必须调用 close()，然后发送自己的 FIN',
  'The end that closed first acknowledges the second FIN': '先关闭的一端确认第二个 FIN',
  'CLOSED, where all begins, is imaginary: there is no connection yet':
    '作为起点的 CLOSED 是假想的状态：还没有连接',
  'Sending its SYN takes the client, the active opener, from CLOSED to SYN-SENT':
    '主动打开的客户端发送 SYN，从 CLOSED 进入 SYN-SENT',
  'The passive opener calls socket, bind and listen': '被动打开的一方调用 socket、bind 和 listen',
  "On the client's SYN the server sends SYN+ACK and is in SYN-RECEIVED":
    '收到客户端的 SYN，服务器发送 SYN+ACK，处于 SYN-RECEIVED 状态',
  'The client is ESTABLISHED when it has the SYN+ACK, before the server is':
    '客户端收到 SYN+ACK 时就处于 ESTABLISHED 状态，早于服务器',
  'The third segment makes the server ESTABLISHED too': '第三个报文段使服务器也成为 ESTABLISHED',
  'Both ends stay ESTABLISHED for long, until one of them closes':
    '两端长时间保持 ESTABLISHED，直到其中一端关闭',
  'Sending its FIN takes the closing client to FIN-WAIT-1': '关闭的客户端发送 FIN，进入 FIN-WAIT-1',
  'The server acknowledges the FIN and is in CLOSE-WAIT': '服务器确认 FIN，处于 CLOSE-WAIT 状态',
  'That ACK takes the client to FIN-WAIT-2: two of the four segments are over':
    '这个 ACK 使客户端进入 FIN-WAIT-2：四个报文段过了两个',
  'Some time later the server closes: it sends a FIN and is in LAST-ACK':
    '过一段时间服务器关闭：发送 FIN，处于 LAST-ACK 状态',
  "On the server's FIN the client sends an ACK and is in TIME-WAIT":
    '收到服务器的 FIN，客户端发送 ACK，处于 TIME-WAIT 状态',
  'The client receives the last ACK and is gone, CLOSED': '客户端收到最后的 ACK，成为 CLOSED，消失',
  'the server receives it and goes from LAST-ACK to CLOSED; the client, which sent it, stays in TIME-WAIT':
    '收到它的是服务器，从 LAST-ACK 到 CLOSED；发送它的客户端停留在 TIME-WAIT 状态',
  'a slip: the last ACK goes to the end that closed second':
    '笔误：最后的 ACK 是发给后关闭的一端的',
  'always; measured on 5.10 to 7.2': '一直如此；在 5.10 到 7.2 上测得',
  'The end that closed first ends in TIME-WAIT, and from there in CLOSED':
    '先关闭的一端最后处于 TIME-WAIT 状态，再从那里到 CLOSED',
  'TIME-WAIT lasts about two minutes, twice the longest life of a segment':
    'TIME-WAIT 持续约两分钟，是报文段最长寿命的两倍',
  '60 s, whatever tcp_fin_timeout says': '60 秒，不管 tcp_fin_timeout 怎么说',
  'the length is a constant of the kernel, TCP_TIMEWAIT_LEN (include/net/tcp.h), and no sysctl':
    '这个时长是内核的常量 TCP_TIMEWAIT_LEN（include/net/tcp.h），不是 sysctl',
  'Linux 2.4.0 or earlier': 'Linux 2.4.0 或更早',
  'When both ends send a FIN at the same time, both are in FIN-WAIT-1':
    '两端同时发送 FIN 时，都处于 FIN-WAIT-1 状态',
  "In FIN-WAIT-1 the other's FIN is acknowledged and leads to CLOSING, at both ends":
    '在 FIN-WAIT-1 状态确认对方的 FIN，进入 CLOSING，两端都是',
  "From CLOSING the other's ACK leads to TIME-WAIT, at both ends":
    '从 CLOSING 收到对方的 ACK，进入 TIME-WAIT，两端都是',
  'Four closing segments can become three: FIN, FIN+ACK, ACK':
    '四个关闭报文段可以变成三个：FIN、FIN+ACK、ACK',
  'A FIN that acknowledges ours takes FIN-WAIT-1 straight to TIME-WAIT':
    '确认了我方 FIN 的 FIN 使 FIN-WAIT-1 直接进入 TIME-WAIT',
  'TIME-WAIT is there to end the connection reliably': 'TIME-WAIT 是为了可靠地终止连接',
  'TIME-WAIT is there so that late segments are recognised and thrown away':
    'TIME-WAIT 是为了识别并丢弃迟到的报文段',
  'An end in LAST-ACK that gets no ACK sends its FIN again':
    '处于 LAST-ACK 状态的一端收不到 ACK，就重传 FIN',
  'Were there no TIME-WAIT, that FIN would never be acknowledged':
    '如果没有 TIME-WAIT，这个 FIN 就永远得不到确认',
  'TIME-WAIT acknowledges the FIN again when it comes again': 'FIN 再来时，TIME-WAIT 再次确认它',
  'Throwing late segments away matters mainly to the server': '丢弃迟到的报文段主要对服务器重要',
  'to whoever closed first: TIME-WAIT is there, be it the client or the server':
    '对先关闭的一方重要：TIME-WAIT 就在那里，不管是客户端还是服务器',
  "either end's address and port may be used again by a new connection":
    '任何一端的地址和端口都可能被新的连接再次使用',
  'A segment may be so late that the connection has been closed meanwhile':
    '报文段可能迟到得连接已经关闭',
  'A restarted server would be given the late data that were meant for the one before':
    '重新启动的服务器会收到本来给前一个服务器的迟到数据',
  'TIME-WAIT answers late data with an ACK and delivers nothing, and so does the next connection of the same four-tuple':
    'TIME-WAIT 用 ACK 回答迟到的数据，什么也不交付；同一四元组的下一个连接也是这样',
  'data belong to a connection: without one of the same four-tuple, and a sequence number in its window, they reach no program':
    '数据属于连接：没有同一四元组的连接，序号又不在它的窗口内，就到不了任何程序',
  'measured on 6.18': '在 6.18 上测得',
  'In TIME-WAIT what arrives late is taken and thrown away':
    '在 TIME-WAIT 状态，迟到的东西被收下并丢弃',
  'The server is run again when no late data can come any more':
    '等到不会再有迟到的数据，服务器才再次运行',
  'The address that bind() gets is family, address and port: what ss then shows':
    'bind() 得到的地址是地址族、地址和端口：ss 显示的就是它',
  'htons() turns the port into the order of octets that the kernel wants':
    'htons() 把端口转换成内核要的字节序',
  'inet_addr() turns an address written with dots into a number':
    'inet_addr() 把点分的地址转换成数',
  'listen(sockfd, 5) makes the queue of connections that wait for accept()':
    'listen(sockfd, 5) 建立等待 accept() 的连接队列',
  'accept() in a loop takes one client after the other': '循环中的 accept() 一个接一个地接受客户端',
  "accept() puts the client's address and port into caddr":
    'accept() 把客户端的地址和端口放进 caddr',
  'recv() returns 0 once the client has closed; then the server closes too':
    '客户端关闭后 recv() 返回 0；然后服务器也关闭',
  "close(c) ends this client's connection only: the server goes on to the next accept()":
    'close(c) 只结束这个客户端的连接：服务器继续下一个 accept()',
  'Without bind() the system gives the client its address and port':
    '没有 bind() 时，系统给客户端地址和端口',
  'write() on a connected socket does what send() does':
    '在已连接的套接字上，write() 与 send() 作用相同',
  'What the server sends back is read from the same socket: a connection carries both ways':
    '服务器发回的数据从同一个套接字读取：一个连接双向传送',
  'read() on a connected socket does what recv() does':
    '在已连接的套接字上，read() 与 recv() 作用相同',
  'With the server alone, netstat -natp shows one socket in LISTEN':
    '只有服务器时，netstat -natp 显示一个处于 LISTEN 状态的套接字',
  'With a client connected, both its ends are shown as ESTABLISHED':
    '有客户端连接时，两端都显示为 ESTABLISHED',
  'SYN-SENT and SYN-RECEIVED pass too quickly to be seen':
    'SYN-SENT 和 SYN-RECEIVED 过得太快，看不到',
  'With two clients there are five sockets: the listener, and two for each connection':
    '有两个客户端时共五个套接字：监听套接字，以及每个连接两个',
  'Each client that connects has a connection socket of ser':
    '每个连接上来的客户端在 ser 中都有一个连接套接字',
  'the second client\'s belongs to no process (netstat -p prints "-") until ser.c accepts it, which it does when the first is gone':
    '第二个客户端的不属于任何进程（netstat -p 打印 "-"），直到第一个离开后 ser.c 接受它',
  'the kernel completes handshakes for the listener; a descriptor of the process comes with accept()':
    '内核替监听套接字完成握手；进程的描述符要等 accept() 才有',
  'Sending and receiving data change no state: ESTABLISHED it stays':
    '收发数据不改变状态：一直处于 ESTABLISHED 状态',
  'When the server is ended, two of the four closing segments are exchanged':
    '结束服务器时，四个关闭报文段交换了两个',
  "The server's process is gone, but its kernel keeps the connection, in FIN-WAIT-2":
    '服务器的进程没有了，但内核保留着连接，处于 FIN-WAIT-2 状态',
  'Meanwhile the client is in CLOSE-WAIT': '同时客户端处于 CLOSE-WAIT 状态',
  "When the client's FIN does not come for too long, the server's FIN-WAIT-2 disappears":
    '客户端的 FIN 太久不来，服务器的 FIN-WAIT-2 就消失',
  'After that a client that closes leaves nothing behind, no TIME-WAIT either':
    '此后客户端关闭什么也不留下，也没有 TIME-WAIT',
  'Server first, client soon after: the server is in TIME-WAIT':
    '先结束服务器，很快再结束客户端：服务器处于 TIME-WAIT 状态',
  'While TIME-WAIT lasts, the server cannot be started again: its port is taken':
    'TIME-WAIT 持续期间不能再次启动服务器：端口被占用',
  'The port stays taken for the sake of the two purposes of TIME-WAIT':
    '端口继续被占用，是为了 TIME-WAIT 的那两个目的',
  'Only when TIME-WAIT is gone can the server be started again':
    '只有 TIME-WAIT 消失后才能再次启动服务器',
  'so it is for ser.c; if the old server and the new one both set SO_REUSEADDR, it starts at once':
    '对 ser.c 是这样；如果旧服务器和新服务器都设置 SO_REUSEADDR，就立即启动',
  'bind() refuses a port as long as one of the two sockets lacks SO_REUSEADDR, or one listens':
    '两个套接字中有一个没有 SO_REUSEADDR，或有一个在监听，bind() 就拒绝这个端口',
  'measured on 5.10 to 7.2': '在 5.10 到 7.2 上测得',
  "If the client closes first, the TIME-WAIT is the client's":
    '如果客户端先关闭，TIME-WAIT 归客户端',
};

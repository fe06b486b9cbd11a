import type { Catalogue } from '../../translate.ts';

export const opening: Catalogue = {
  // handshake
  'Three segments make a connection': '三个报文段建立一个连接',
  "The client's SYN, the server's SYN+ACK and the client's ACK are let through one at a time, so that every state on the way stands still long enough for ss to show it. Each side sends its own initial sequence number (x and y) and acknowledges the other's plus one, since a SYN takes one sequence number. Only the first segment carries no ACK: there is nothing yet to acknowledge. The client is ESTABLISHED after two segments, the server only after the third; none of the three is sent by a program: the kernels do it.":
    '客户端的 SYN、服务器的 SYN+ACK、客户端的 ACK 一个一个地放行，使途中的每个状态都停留到 ss 能看见为止。双方各自发送自己的初始序号（x 和 y），并以对方的序号加一作为确认号，因为 SYN 占用一个序号。只有第一个报文段不带 ACK：那时还没有什么可确认的。客户端在两个报文段之后就处于 ESTABLISHED 状态，服务器要到第三个之后；三个报文段没有一个是程序发的，都是内核做的。',
  'the SYN reaches the server': 'SYN 到达服务器',
  'the SYN+ACK reaches the client': 'SYN+ACK 到达客户端',
  'the ACK reaches the server': 'ACK 到达服务器',
  // listen
  'A server alone: LISTEN, a socket with a queue and without a peer':
    '只有服务器：LISTEN，一个有队列而没有对端的套接字',
  'A server calls socket, bind and listen, and the last of them brings it from CLOSED to LISTEN: now it waits for whoever comes. That is no connection yet: the socket has no peer, a client knows nothing of it, and no segment is sent. In its place it has a queue for the connections that accept() will take, and ss shows how many wait there (Recv-Q) and how many listen() allowed (Send-Q). netstat -natp shows the same socket, but reads its Send-Q as that of a connection, octets sent and not acknowledged: 0. Without -a it shows connections only, and there is none. When its program ends, the kernel closes the socket.':
    '服务器依次调用 socket、bind 和 listen，最后一个调用使它从 CLOSED 进入 LISTEN：从此等待来者。这还不是连接：套接字没有对端，客户端对它一无所知，也没有发送任何报文段。它有的是一个队列，存放等 accept() 来取的连接；ss 显示有多少连接在那里等待（Recv-Q），listen() 又允许多少（Send-Q）。netstat -natp 显示的是同一个套接字，但把它的 Send-Q 当作一个连接的来读，即已发送而未确认的字节数：0。不带 -a 时它只显示连接，而这里一个也没有。程序结束时，内核关闭这个套接字。',
  'socket and bind do not make it listen, listen does': 'socket 和 bind 不能使它监听，listen 才能',
  'ser.c alone, as ss and as netstat show it': '只有 ser.c，在 ss 和 netstat 看来',
  'no connection yet': '还没有连接',
  'it ends with its program, and nobody is told': '它随程序一起结束，不通知任何人',
  // bind
  'bind takes a port, listen opens it': 'bind 占用端口，listen 打开端口',
  'bind() gives a socket its address and port and nothing else: no segment is sent and nobody can connect, a SYN to the port is answered by a reset. listen() makes it a LISTEN socket; from then on the kernel completes handshakes, with or without accept(). Port 0 lets the kernel choose, 0.0.0.0 takes every address of the host, and listen() on a socket that was never bound does both. For each reason to refuse, bind() has an errno of its own.':
    'bind() 只给套接字一个地址和端口，别的什么也不做：不发送任何报文段，谁也连接不上，发到这个端口的 SYN 得到的回答是 RST。listen() 使它成为 LISTEN 套接字；从此内核自己完成握手，有没有 accept() 都一样。端口 0 表示由内核选择，0.0.0.0 表示主机的所有地址，而对从未 bind 过的套接字调用 listen()，两者兼有。bind() 拒绝时，每种原因有各自的 errno。',
  'bound is not LISTEN': '绑定了还不处于 LISTEN 状态',
  'listen opens it': 'listen 打开端口',
  'port 0: the kernel chooses; not even bound: any address as well':
    '端口 0：由内核选择；连 bind 都没有：地址也是任意的',
  'what bind refuses': 'bind 拒绝什么',
  '0.0.0.0: every address, those inside the host too': '0.0.0.0：所有地址，包括主机内部的',
  // sockets
  'One listener, and two sockets for every connection': '一个监听套接字，每个连接两个套接字',
  "A listening socket never becomes a connection: each connection has a socket of its own at the server, with the listener's address and port, and one at the client. With two clients there are five. ser.c serves one client until it is gone and only then accepts the next, but the kernel does not wait for it: the second client's handshake is done and both its ends are ESTABLISHED, only that its socket at the server belongs to no process yet (netstat prints \"-\") and counts in the listener's Recv-Q. accept() takes first in, first out.":
    '监听套接字永远不会变成连接：每个连接在服务器上有自己的套接字，地址和端口与监听套接字相同，在客户端上也有一个。有两个客户端时，一共五个套接字。ser.c 为一个客户端服务到它离开为止，然后才接受下一个；但内核并不等它：第二个客户端的握手已经完成，两端都处于 ESTABLISHED 状态，只是它在服务器上的套接字还不属于任何进程（netstat 打印 "-"），并且计入监听套接字的 Recv-Q。accept() 按先进先出的次序取。',
  'one client: three sockets': '一个客户端：三个套接字',
  'two clients: five sockets, one of which no process has':
    '两个客户端：五个套接字，其中一个不属于任何进程',
  'what it sends is acknowledged, and waits': '它发送的数据得到确认，然后等待',
  'first in, first out: the second client, not the third': '先进先出：先第二个客户端，而不是第三个',
  // established
  'ESTABLISHED: neither data nor idle time changes it':
    'ESTABLISHED：数据改变不了它，空闲也改变不了它',
  "send() returns when its octets are in the socket's own buffer: here they are held, nothing has left the client, and the call is long over (they are its Send-Q). When they reach the server its kernel puts them into the receive buffer (Recv-Q) and acknowledges them, although the server's program has not called recv() yet; there is no call that sends an ACK. So the ACK says that the peer's kernel has them, not that its program has read them. Data change no state, and neither does silence: without SO_KEEPALIVE nothing is sent, and both ends stay as they are. On a socket write() and read() do what send() and recv() do.":
    '数据一放进套接字自己的缓冲区，send() 就返回：这里数据被扣住，什么也没有离开客户端，而调用早已结束（数据就是它的 Send-Q）。数据到达服务器后，内核把它们放进接收缓冲区（Recv-Q）并确认，虽然服务器的程序还没有调用 recv()；没有哪个调用是用来发送 ACK 的。所以 ACK 说的是对端的内核收到了，而不是对端的程序读到了。数据不改变任何状态，沉默也不改变：没有 SO_KEEPALIVE 时什么也不发送，两端都保持原样。对套接字，write() 和 read() 做的就是 send() 和 recv() 做的事。',
  'send returns before anything is sent': '还什么都没有发送，send 就返回了',
  'the kernel acknowledges, the program has not read': '内核确认了，程序还没有读',
  'the program reads, and the server sends as well': '程序读取，服务器也发送',
  'nobody says anything': '双方都不说话',
  // wrong-port
  'Nobody listens there: a SYN is answered by a reset': '那里没有人监听：用 RST 回答 SYN',
  "The server listens on port 6000, the client connects to 6001. No socket takes the SYN, so the server's kernel, not a program, answers with RST+ACK: sequence number 0, acknowledging the SYN, no window. Until it comes (it is held a moment) the client is in SYN-SENT; then connect() fails at once with ECONNREFUSED and neither host keeps any state.":
    '服务器监听端口 6000，客户端却连接 6001。没有套接字接收这个 SYN，于是由服务器的内核（而不是程序）用 RST+ACK 回答：序号为 0，确认那个 SYN，窗口为 0。在它到来之前（它被扣住片刻）客户端处于 SYN-SENT 状态；随后 connect() 立即以 ECONNREFUSED 失败，两台主机都不保留任何状态。',
  'the client connects to a port where nobody listens': '客户端连接一个没有人监听的端口',
  'no state is left': '没有留下任何状态',
  // connect-bind
  'A client that binds: its own address and port, one connection for each four-tuple':
    '调用 bind 的客户端：自己选地址和端口，每个四元组只有一个连接',
  'A client that does not bind is given an address and a port by connect(), one of ip_local_port_range (here two, even ones first). It may choose for itself with bind(). A connection is told from all others by both addresses and both ports: one port may lead to two destinations, but no four-tuple exists twice. The connected socket answers EISCONN, another cannot bind there, and if SO_REUSEADDR on both lets it, its connect fails; no SYN is sent.':
    '不调用 bind 的客户端由 connect() 得到地址和端口，端口取自 ip_local_port_range（这里只有两个，先取偶数）。它也可以用 bind() 自己选择。一个连接靠两端的地址和两端的端口区别于所有别的连接：同一个端口可以通向两个目的地，但同一个四元组不会存在两次。已经连接的套接字回答 EISCONN，别的套接字不能 bind 到那里；如果两者都设置了 SO_REUSEADDR 而允许 bind，它的 connect 就失败；不发送 SYN。',
  'without bind the kernel chooses, one port for two destinations':
    '不 bind 时由内核选择，一个端口通向两个目的地',
  'with bind the client chooses': '用 bind 时由客户端选择',
  'the same four-tuple again, and another': '再来一次同一个四元组，以及另一个',
  // mss
  'How large a segment may be: each SYN says what its sender can take':
    '报文段可以多大：每个 SYN 说出发送者能接收多大',
  "Each SYN says how large a segment its sender can receive (MSS): the MTU of its own link less 20 octets for each of two headers, so 1460 of 1500. Nothing is agreed on: each says its own number, and then both send segments no larger than the smaller one, less 12 octets of timestamps: 1448 in ss. A smaller MTU at the client lowers its own number only. (The SYN's window follows from the buffer sizes: tcp_rmem is pinned.)":
    '每个 SYN 都说出发送者能接收多大的报文段（MSS）：它自己链路的 MTU 减去两个首部各 20 字节，所以 1500 对应 1460。这不是协商：各说各的数，然后双方发送的报文段都不超过较小的那个，再减去时间戳的 12 字节：在 ss 中是 1448。客户端的 MTU 变小，只改变它自己说的数。（SYN 的窗口由缓冲区大小决定：tcp_rmem 已经固定。）',
  'an MTU of 1500 at both ends': '两端的 MTU 都是 1500',
  'an MTU of 1400 at the client': '客户端的 MTU 是 1400',
  'a SYN without the option': '不带这个选项的 SYN',
  // syn-timeout
  'No answer to a SYN: from SYN-SENT back to CLOSED': 'SYN 得不到回答：从 SYN-SENT 回到 CLOSED',
  'A SYN that nobody answers is sent again, the same but for its timestamp, which counts milliseconds, until connect() fails with ETIMEDOUT. The peer, whom none of them reaches, never learns of it. Since Linux 6.5 the timeout stays at one second for four more SYNs (tcp_syn_linear_timeouts) and then doubles each time; before, it doubled from the first. With tcp_syn_retries at 2, set here at the client, it is over after 7 s. The server, which connects in vain as well, has the default, 6: 131 s, waited out with --slow (127 s before Linux 6.5; RFC 9293 asks for three minutes). A program that does not want to wait closes its socket; the peer is not told.':
    '没有人回答的 SYN 会一再重传，除了以毫秒计的时间戳以外完全相同，直到 connect() 以 ETIMEDOUT 失败。对端一个也没有收到，对此一无所知。从 Linux 6.5 起，接下来的四个 SYN 超时都保持一秒（tcp_syn_linear_timeouts），然后每次加倍；在此之前从第一次起就加倍。这里客户端的 tcp_syn_retries 设为 2，7 秒后结束。服务器也在徒劳地连接，用的是默认值 6：131 秒，加 --slow 时会等到底（Linux 6.5 之前是 127 秒；RFC 9293 要求三分钟）。不想等的可以关闭：对端不会得到通知。',
  'a third closes its socket at once': '第三个立即关闭自己的套接字',
  'the client gives up': '客户端放弃',
  'the server does not; its timeout begins to double': '服务器没有放弃；它的超时开始加倍',
  'and gives up, too': '然后也放弃了',
  // old-duplicate-syn
  'Why three segments and not two: a SYN from the past':
    '为什么是三个报文段而不是两个：一个来自过去的 SYN',
  "A SYN that was long on its way reaches a server before the client's new one. The server cannot know it is old: it goes to SYN-RECEIVED and answers. Were two segments enough, it would now have a connection that nobody wants. But the third is to come, and the client sees acknowledged what it has not sent: it answers with a reset. The request is dropped, accept() never hears of it, and the new SYN finds the server in LISTEN. A late copy of that one finds the connection and gets only an ACK of what the server has (RFC 5961; Linux since 3.6).":
    '一个在途中耽搁了很久的 SYN，比客户端新的 SYN 先到达服务器。服务器无从知道它是旧的：它进入 SYN-RECEIVED 并回答。如果两个报文段就够了，它现在就有了一个谁也不想要的连接。但是还有第三个报文段，而客户端自己的 SYN 是另一个序号，看到被确认的是它没有发送过的东西：它用 RST 回答。这个请求被丢弃，accept() 从不知道有过它，新的 SYN 到来时服务器处于 LISTEN 状态。新 SYN 的一个副本迟到时，连接已经存在，它得不到第二个 SYN+ACK，只得到一个 ACK，确认服务器已有的东西（RFC 5961；Linux 从 3.6 起）。',
  'an old SYN overtakes the new one, which is held': '旧的 SYN 抢在新的 SYN 之前，新的被扣住',
  'the answer to it is answered by a reset; the new SYN is lost':
    '对它的回答得到的是 RST；新的 SYN 丢失',
  'sent again, the new SYN makes a connection, the first to be accepted':
    '新的 SYN 重传后建立了连接，它是第一个被接受的',
  'a late copy of it is acknowledged, no more': '它迟到的副本只得到确认，没有别的',
  // simultaneous-open
  'Both sides connect and nobody listens: still one connection':
    '双方都 connect 而没有人监听：仍然是一个连接',
  "Two programs connect to each other's port at the same time and their SYNs cross. To a socket in SYN-SENT, a SYN that acknowledges nothing says that the other side is opening too: it goes to SYN-RECEIVED and sends its own SYN again, with an ACK. What acknowledges that SYN makes it ESTABLISHED. One connection comes of it, not two, without listen() and accept(). Here the SYNs are held, and the server's SYN+ACK is lost, so that both stand still in SYN-RECEIVED; the client's is acknowledged, which is enough for both. (Before Linux 6.11 and 6.1.110 a SYN+ACK did not end SYN-RECEIVED: one more segment was needed.)":
    '两个程序同时连接对方的端口，它们的 SYN 在途中交错而过。对处于 SYN-SENT 状态的套接字来说，一个不带确认的 SYN 说明对方也在打开：它进入 SYN-RECEIVED，再次发送自己的 SYN，并带上 ACK。确认了它的 SYN 的报文段使它进入 ESTABLISHED。结果是一个连接而不是两个，而且没有 listen() 和 accept()。这里两个 SYN 都被扣住，服务器的 SYN+ACK 被丢弃，使双方都停留在 SYN-RECEIVED 状态；客户端的 SYN+ACK 得到确认，对双方都足够了。（在 Linux 6.11 和 6.1.110 之前，SYN+ACK 不能结束 SYN-RECEIVED：还需要再来一个报文段。）',
  'both have sent a SYN, which is held': '双方都发送了 SYN，并且被扣住',
  "the client's SYN reaches the server": '客户端的 SYN 到达服务器',
  "the server's SYN reaches the client": '服务器的 SYN 到达客户端',
  "the client's SYN+ACK reaches the server, and is acknowledged":
    '客户端的 SYN+ACK 到达服务器，并得到确认',
  // syn-received-close
  'Closed before it was open: from SYN-RECEIVED to FIN-WAIT-1':
    '还没打开就关闭：从 SYN-RECEIVED 到 FIN-WAIT-1',
  'A connection can be closed before it is ESTABLISHED: the FIN follows right behind the SYN+ACK. In a passive open no program can do that, since the kernel hands out a socket only when the handshake is complete. In a simultaneous open it can: the socket is its own all the time, and here it stands in SYN-RECEIVED, the SYN+ACK being held, when it calls close(). The client then gets SYN, SYN+ACK and FIN in one go. Its connect() succeeds, its recv() returns 0 at once, and to it that was a connection like any other.':
    '连接在成为 ESTABLISHED 之前就可以关闭：FIN 紧跟在 SYN+ACK 之后。被动打开时没有程序能做到这一点，因为内核只在握手完成以后才交出套接字。同时打开时却可以：套接字一直是程序自己的，这里 SYN+ACK 被扣住，它停留在 SYN-RECEIVED 状态，这时程序调用 close()。于是客户端一下子收到 SYN、SYN+ACK 和 FIN。它的 connect() 成功，它的 recv() 立即返回 0，在它看来这和别的连接没有什么不同。',
  "the client's SYN meets the server's": '客户端的 SYN 与服务器的 SYN 相遇',
  'the server closes': '服务器关闭',
  'all that it has sent reaches the client, and is acknowledged':
    '它发送的一切都到达客户端，并得到确认',
  // self-connect
  'One socket connected to itself': '一个套接字与自己连接',
  'A socket that is bound to a port and then connects to that very port sends a SYN which comes back to it. To TCP that is a simultaneous open in which both ends are the same: the socket goes from SYN-SENT through SYN-RECEIVED to ESTABLISHED, and what it sends it receives. No listener is needed. It happens by accident when a client connects again and again to a closed port in the ephemeral range and is given that port as its own. Closing is simultaneous too: its own FIN comes before the ACK of it, so it passes through CLOSING.':
    '一个套接字 bind 到某个端口，又 connect 到同一个端口，它发送的 SYN 就回到自己这里。在 TCP 看来，这是两端为同一个套接字的同时打开：它从 SYN-SENT 经 SYN-RECEIVED 到 ESTABLISHED，发送什么就收到什么。不需要监听套接字。客户端反复连接临时端口范围内一个关闭的端口，而内核碰巧把这个端口分给了它自己，就会意外地发生这种事。关闭也是同时的：它自己的 FIN 比对这个 FIN 的 ACK 先到，所以它经过 CLOSING。',
  'it hears itself': '它听到了自己',
  'it closes with itself': '它与自己关闭连接',
  // listen-connect
  'From LISTEN to SYN-SENT: in the figure, but not on Linux':
    '从 LISTEN 到 SYN-SENT：图上有，Linux 上没有',
  'In the state diagram a listener may turn active: a SEND, or an OPEN that names the peer, takes it from LISTEN to SYN-SENT. The socket interface has no call for that: on a listening socket connect() fails with EISCONN and send() with EPIPE, and it listens on. A server that wants to open a connection, too, takes another socket. The way round leads through CLOSED: shutdown(SHUT_RD), of which a peer never hears, takes a listener out of LISTEN; the socket keeps its port, and then connect() works.':
    '按状态图，监听者可以转为主动：一次 SEND，或一次指明对端的 OPEN，使它从 LISTEN 进入 SYN-SENT。套接字接口没有这样的调用：在监听套接字上，connect() 以 EISCONN 失败，send() 以 EPIPE 失败，它继续监听。服务器如果也想打开一个连接，就另用一个套接字。绕道要经过 CLOSED：shutdown(SHUT_RD) 使监听套接字离开 LISTEN，对端从不知道；套接字保留它的端口，然后 connect() 就行了。',
  'the server listens': '服务器监听',
  'it can neither connect nor send, and listens on': '它既不能连接也不能发送，继续监听',
  'the way round: from LISTEN to CLOSED': '绕道：从 LISTEN 到 CLOSED',
  'from CLOSED to SYN-SENT, from the same port': '从 CLOSED 到 SYN-SENT，用同一个端口',
};

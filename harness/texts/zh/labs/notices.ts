import type { Catalogue } from '../../translate.ts';

/** What to notice in each lab. */
export const notices: Catalogue = {
  // abort-on-overflow
  'The client learnt at once what backlog-overflow tells it seven seconds later. The price: with a little patience it would have got in.':
    '在 backlog-overflow 中七秒后才知道的事，这里客户端立即知道。代价是：再耐心一点它本来可以进来。',
  // backlog-full
  "The server answered nothing, not even with a reset: from the client's side a full queue looks just like a host that is down. On the server only Recv-Q and the counters tell.":
    '服务器什么也没有回答，连 RST 也没有：从客户端看，队列满了和主机不在一模一样。在服务器上，只有 Recv-Q 和计数器看得出来。',
  // backlog-overflow
  "For seven seconds the client was ESTABLISHED and the server was not; then the server gave up without telling it. The client's send() still succeeded, and only the reset that answered its data told.":
    '有七秒钟，客户端处于 ESTABLISHED 状态而服务器不是；然后服务器一声不响地放弃。客户端的 send() 仍然成功，直到作为回答的 RST 到来才知道。',
  // backlog-sizes
  'listen(n) lets n+1 connections in, and no n counts for more than net.core.somaxconn.':
    'listen(n) 放进 n+1 个连接，而且任何 n 都不会超过 net.core.somaxconn。',
  // bind
  'After bind() the port is taken, but a SYN to it is still answered by a reset. Only listen() opens it.':
    'bind() 之后端口已被占用，但发往它的 SYN 仍然得到 RST。打开端口的只有 listen()。',
  // bind-matrix
  'The rule is the same in every state: both sockets must have SO_REUSEADDR, and none may be listening.':
    '每个状态下规则都一样：两个套接字都必须设置 SO_REUSEADDR，而且都不能在监听。',
  // bind-restart
  'The port was taken in FIN-WAIT-2 just as in TIME-WAIT, and free where the client had closed first. What keeps a port is the old connection, not the old process.':
    '在 FIN-WAIT-2 中端口同样被占用，与 TIME-WAIT 一样；而客户端先关闭时，端口是空的。占着端口的是旧连接，不是旧进程。',
  // client-time-wait
  'TIME-WAIT is at the client, and the server starts again at once without SO_REUSEADDR. Which side waits depends only on which side closed first.':
    'TIME-WAIT 在客户端，服务器不用 SO_REUSEADDR 也能立即重新启动。哪一方等待，只取决于哪一方先关闭。',
  // close
  'Each direction is closed separately: two FINs, two ACKs. Whoever sent the first FIN is the one in TIME-WAIT.':
    '每个方向各自关闭：两个 FIN，两个 ACK。谁先发 FIN，谁就在 TIME-WAIT 状态。',
  // close-wait-leak
  "The clients are long gone and the server's sockets still stand in CLOSE-WAIT. No timer ends that state: only close() does, or the end of the process.":
    '客户端早已离开，服务器的套接字仍处于 CLOSE-WAIT 状态。没有定时器能结束这个状态：只有 close()，或进程结束。',
  // connect-bind
  'The same client port led to two destinations at once. What must be unique is the four-tuple: both addresses and both ports.':
    '同一个客户端端口同时通向两个目的地。必须唯一的是四元组：两端的地址和两端的端口。',
  // established
  "send() succeeded while its octets were still in the client's own Send-Q, and they were acknowledged before the server's program had read any. Neither success nor ACK says that the peer's program has the data.":
    '数据还在客户端自己的 Send-Q 里，send() 就已成功；服务器的程序还没有读，数据就已被确认。无论成功返回还是 ACK，都不表示对端的程序得到了数据。',
  // fin-wait-2-timeout
  "The server's end went from FIN-WAIT-2 to CLOSED without a segment and without TIME-WAIT. This is what tcp_fin_timeout is for; it does nothing to TIME-WAIT.":
    '服务器一端没有任何报文段、也没有经过 TIME-WAIT，就从 FIN-WAIT-2 到了 CLOSED。tcp_fin_timeout 管的就是这个；它对 TIME-WAIT 不起作用。',
  // forged-reset
  'One number too low or too high and nothing happened; inside the window the kernel asked back with an ACK. Only the exact next number ended the connection.':
    '序号低一或高一，什么也没有发生；在窗口之内，内核用 ACK 反问。只有恰好是下一个序号的才结束连接。',
  // half-close
  "After the client's FIN the server went on sending, and the client received it. A FIN says that its sender has nothing more to say, not that it has stopped listening.":
    '客户端发了 FIN 之后，服务器继续发送，客户端照样收到。FIN 说的是发送者没有更多要说的，而不是它不再听。',
  // handshake
  'The client is ESTABLISHED one segment before the server: its connect() has returned while the server is still in SYN-RECEIVED. If the last ACK were lost, only the client would think it is connected.':
    '客户端比服务器早一个报文段进入 ESTABLISHED 状态：它的 connect() 已经返回，服务器还处于 SYN-RECEIVED 状态。如果最后一个 ACK 丢失，就只有客户端以为自己连上了。',
  // keepalive
  'Two connections were cut off alike. The one with SO_KEEPALIVE ended with ETIMEDOUT; the other noticed nothing, and went on as soon as the client was back. TCP finds a dead peer only by sending.':
    '两个连接同样被切断。设置了 SO_KEEPALIVE 的以 ETIMEDOUT 结束；另一个毫无察觉，客户端一回来就继续。TCP 只有通过发送才能发现对端已死。',
  // late-ack
  "The handshake's ACK had been thrown away, and a data segment completed it: every segment carries an ACK.":
    '握手的 ACK 已被丢弃，完成握手的是一个数据报文段：每个报文段都带着 ACK。',
  // late-segment
  'The old data reached first TIME-WAIT and then the next connection of the same addresses and ports; no program read them either time.':
    '旧数据先后到达 TIME-WAIT 和地址端口相同的下一个连接；两次都没有程序读到它们。',
  // listen
  'A listening socket is no connection: its peer is `*`, its Recv-Q counts connections that wait for accept(), its Send-Q is the backlog. Not one segment was sent.':
    '监听套接字不是连接：它的对端是 `*`，Recv-Q 数的是等待 accept() 的连接，Send-Q 是 backlog。一个报文段也没有发送。',
  // listen-connect
  'The figure of RFC 9293 has an edge from LISTEN to SYN-SENT, the socket interface has no call for it: connect() on a listener fails with EISCONN.':
    'RFC 9293 的图中有从 LISTEN 到 SYN-SENT 的状态转换，套接字接口却没有对应的调用：对监听套接字调用 connect() 以 EISCONN 失败。',
  // lost-last-ack
  'TIME-WAIT acknowledged the FIN that came again, and its minute began anew. Where a reset had ended TIME-WAIT before, the same FIN met a reset, and the server got ECONNRESET for a connection that had ended well.':
    'TIME-WAIT 确认了再次到来的 FIN，一分钟重新开始。而当 RST 已提前结束 TIME-WAIT 时，同样的 FIN 遇到的是 RST，一个好好结束的连接让服务器得到 ECONNRESET。',
  // mss
  'Each side names its own MSS, and they may differ: 1460 one way and 1360 the other. It is no negotiation, and the timestamps take 12 octets more.':
    '双方各报各的 MSS，可以不同：一个方向 1460，另一个方向 1360。这不是协商；时间戳还要再占 12 字节。',
  // old-duplicate-syn
  'The server answered the old SYN just as it would a new one; only the client could tell, and its reset sent the server back to LISTEN. That is what the third segment is for.':
    '服务器回答旧 SYN 与回答新的毫无二致；只有客户端能分辨，它的 RST 使服务器回到 LISTEN。第三个报文段正是为此而设。',
  // reset
  'ECONNRESET is reported once; the next recv() returns 0, as after a FIN. And close() with unread data sends a reset, not a FIN.':
    'ECONNRESET 只报告一次；下一次 recv() 返回 0，与 FIN 之后一样。还有未读数据时 close() 发送的是 RST，不是 FIN。',
  // reset-received
  'In each of seven states one RST with the right number was enough, and no TIME-WAIT followed.':
    '在七个状态的每一个中，一个序号正确的 RST 就足够了，而且之后没有 TIME-WAIT。',
  // reset-sent
  'An abort skips TIME-WAIT, and with it the protection that TIME-WAIT gives. In CLOSING and LAST-ACK there was no reset at all.':
    '异常终止跳过 TIME-WAIT，也就失去了它的保护。在 CLOSING 和 LAST-ACK 状态中根本没有 RST。',
  // reuseaddr
  'The restart worked because the old server had set SO_REUSEADDR too: a server must set it on every start, the first included. Two listeners still refuse each other.':
    '重新启动成功，是因为旧的服务器也设置过 SO_REUSEADDR：服务器每次启动都要设置，第一次也不例外。两个监听套接字仍然互不相容。',
  // reuseport
  'Two sockets listen on one port, each with an accept queue of its own. The kernel decides which connection goes where, by a hash.':
    '两个套接字监听同一个端口，各有自己的 全连接队列。连接归谁，由内核按散列值决定。',
  // self-connect
  'There was one socket and no server, and yet a connection. A client that retries a closed local port long enough can get itself as its peer.':
    '只有一个套接字，没有服务器，却有一个连接。客户端若反复连接本机上关闭的端口，可能连上的就是自己。',
  // send-buffer
  "send() succeeded on a dead connection again and again, and the error came with a later call that had nothing to do with it. What has arrived, only the application's own protocol can tell.":
    '在一个已死的连接上，send() 一再成功，错误却由后来一个与之无关的调用报告。什么已经到达，只有应用自己的协议能说明。',
  // server-closes-each
  "Three visits, three TIME-WAITs, all at the server and none at the client. They take no other port than the server's own, which goes on accepting.":
    '三次访问，三个 TIME-WAIT，都在服务器，客户端一个也没有。它们不占用服务器自己端口以外的端口，而那个端口照样接受连接。',
  // simultaneous-close
  'Both ends went through CLOSING, and both are in TIME-WAIT: each was the first to close as far as it knew.':
    '两端都经过 CLOSING，两端都处于 TIME-WAIT 状态：就各自所知，自己都是先关闭的一方。',
  // simultaneous-open
  'Two SYNs crossed and made one connection, without listen() and without accept(). Each end went through SYN-SENT and SYN-RECEIVED.':
    '两个 SYN 交叉而过，建立的是一个连接，没有 listen()，也没有 accept()。两端都经过 SYN-SENT 和 SYN-RECEIVED。',
  // slow-accept
  'The newcomer was served before the client that had come earlier. The queue itself is first in, first out; but a client whose SYN was dropped is not in it.':
    '新来的比先来的更早得到服务。队列本身是先进先出的；但 SYN 被丢弃的客户端并不在队列里。',
  // sockets
  "The second client is ESTABLISHED at both ends although the server has not called accept() for it: the kernel completes handshakes by itself, and the connection waits in the listener's Recv-Q.":
    '服务器还没有为第二个客户端调用 accept()，它的两端却都已处于 ESTABLISHED 状态：握手由内核完成，连接在监听套接字的 Recv-Q 里等待。',
  // syn-cookies
  "Twenty SYNs were answered although the SYN queue has room for no more than nine. What the server did not remember came back in the client's ACK, which alone made the connection.":
    '半连接队列最多容九个，二十个 SYN 却都得到了回答。服务器没有记住的东西，由客户端的 ACK 带了回来，单凭它就建立了连接。',
  // syn-received-close
  'The server went from SYN-RECEIVED straight to FIN-WAIT-1, without ever being ESTABLISHED. To the client it was a connection like any other.':
    '服务器从 SYN-RECEIVED 直接到 FIN-WAIT-1，从未进入 ESTABLISHED。对客户端来说，这与别的连接没有两样。',
  // syn-timeout
  'Every SYN carries the same sequence number: it is one segment, sent again. The time that connect() takes to fail is the sum of those gaps, so it is a setting and not a property of the network.':
    '每个 SYN 的序号都相同：它是同一个报文段的重传。connect() 多久才失败，是这些间隔之和，所以它取决于设置，而不是网络的性质。',
  // three-segment-close
  'The ACK of the first FIN and the second FIN shared a segment. Four segments are what must be said, not how many must be sent.':
    '对第一个 FIN 的确认与第二个 FIN 合在一个报文段里。要说的话有四句，报文段却不必有四个。',
  // time-wait
  'bind() fails although no process has port 6000 any more: the kernel alone keeps the old connection, in TIME-WAIT. The third start sets SO_REUSEADDR and fails all the same, because the first server had not set it; both must.':
    '已经没有进程占着端口 6000，bind() 还是失败：只有内核还保留着旧连接，它处于 TIME-WAIT 状态。第三次启动设置了 SO_REUSEADDR，照样失败，因为第一个服务器没有设置过；两者都要设置。',
  // time-wait-expiry
  'The timer that ss shows begins at 60 s although tcp_fin_timeout is 1 s. In Linux the length of TIME-WAIT is a constant.':
    'tcp_fin_timeout 是 1 秒，ss 显示的定时器却从 60 秒开始。在 Linux 中 TIME-WAIT 的长度是常量。',
  // time-wait-flood
  'It was the client that ran out, of ports towards one destination; to another port of the server the same ports could be used. The server, which closed last, had no trace of it.':
    '用尽的是客户端到同一目的地的端口；到服务器的另一个端口，同样的端口还能用。最后关闭的服务器没有留下任何痕迹。',
  // time-wait-syn
  'A SYN with a higher sequence number, or with a later timestamp, was let in; an older one got only an ACK. So TIME-WAIT does not keep a client from coming again.':
    '序号更大或时间戳更晚的 SYN 被放进来；旧的只得到一个 ACK。所以 TIME-WAIT 并不妨碍客户端再来。',
  // tw-reuse
  "tcp_tw_reuse concerns connect(), never bind() or a server's port, and it needs timestamps and more than a second. tcp_fin_timeout did nothing.":
    'tcp_tw_reuse 管的是 connect()，与 bind() 和服务器的端口无关，而且需要时间戳和一秒以上的间隔。tcp_fin_timeout 不起作用。',
  // wrong-port
  "The reset comes from the server's kernel, not from a program, and connect() fails at once. Compare syn-timeout, where nothing answers: there connect() waits.":
    'RST 来自服务器的内核，不是来自程序，所以 connect() 立即失败。对照 syn-timeout：那里没有任何回答，connect() 只能等待。',
  // zero-window
  'A window of 0 is not an error: the sender asks, ever less often, until the reader has made room. It would do so for ever.':
    '窗口为 0 不是错误：发送方越来越少地询问，直到读的一方腾出地方。它会一直问下去。',
  // socket-census
  'ss and netstat agree state by state, but for their spelling, and but for the listener, which netstat -n does not show.':
    'ss 与 netstat 逐个状态一致，只是拼法不同；还有监听套接字，netstat -n 不显示。',
  // tw-buckets
  'The second connection was CLOSED without any TIME-WAIT, and the same FIN that TIME-WAIT would have acknowledged met a reset. Only a counter, TCPTimeWaitOverflow, tells of it.':
    '第二个连接没有经过 TIME-WAIT 就处于 CLOSED 状态，TIME-WAIT 本会确认的同一个 FIN 遇到了 RST。只有一个计数器 TCPTimeWaitOverflow 说明此事。',
  // reuseport-restart
  'The same calls failed or succeeded in LISTEN and in TIME-WAIT alike: what decided was whether the old socket had SO_REUSEPORT.':
    '在 LISTEN 和 TIME-WAIT 状态中，同样的调用同样失败或成功：起决定作用的是旧套接字有没有设置过 SO_REUSEPORT。',
  // mss-missing
  'The server said 1460 and kept to 536: what a host says in its SYN binds its peer, not itself.':
    '服务器说的是 1460，遵守的却是 536：主机在自己的 SYN 中说的约束对端，而不约束自己。',
};

import type { Catalogue } from '../translate.ts';

/** What the words mean: harness/words/glossary.ts. */
export const glossary: Catalogue = {
  Segments: '报文段',
  "What TCP sends: a header with ports, numbers and flags, and perhaps data. It travels in one IP packet. It is named by its flags, SYN+ACK; in packet patterns they are tcpdump's letters, S., where the dot is ACK.":
    'TCP 发送的单位：首部带端口、序号和标志，也许还有数据。它装在一个 IP 包里传送。它以标志命名：SYN+ACK；在报文模式中写作 tcpdump 的字母 S.，其中的点是 ACK。',
  'Flag: opens a connection and says at which number its sender begins to count. It takes one sequence number.':
    '标志：打开连接，并说明发送者从哪个序号开始计数。它占用一个序号。',
  'Flag, and with it a number: every octet before that number has arrived. Every segment but the first SYN carries one. tcpdump prints the flag as a dot.':
    '标志，并带一个确认号：这个号之前的每个字节都已到达。除第一个 SYN 外，每个报文段都带 ACK。tcpdump 把这个标志打印为一个点。',
  'Flag: its sender has nothing more to send. It takes one sequence number, and is acknowledged like data.':
    '标志：发送者没有更多要发送的了。它占用一个序号，像数据一样被确认。',
  'Flag: there is no such connection here (any more). It ends the connection at once and is not acknowledged.':
    '标志：这里没有（或不再有）这个连接。它立即结束连接，而且不被确认。',
  'Flag: the end of what a program has sent in one go. It changes nothing for a program that reads.':
    '标志：程序一次发送的数据到此为止。对读取的程序没有影响。',
  "The number of a segment's first octet. The ladder writes it from its side's first number: x for the client's, y for the server's, so x+1 is the first octet after the SYN.":
    '报文段第一个字节的序号。时序图从每一方的初始序号写起：客户端的是 x，服务器的是 y，所以 x+1 是 SYN 之后的第一个字节。',
  'Where an end begins to count: chosen anew for each connection, so that segments of an old one are not taken for new ones.':
    '一端开始计数的序号：每个连接重新选取，使旧连接的报文段不会被当作新的。',
  'How many octets of data a segment carries.': '报文段携带多少字节的数据。',
  'How many octets the receiver has room for. At 0 the sender has to wait.':
    '接收方还能容纳多少字节。为 0 时发送方只能等待。',
  'The largest number of octets of data that one segment may carry to this host. Each side names its own in its SYN.':
    '一个报文段最多可以带多少字节的数据给这台主机。双方各在自己的 SYN 中说明。',
  "A TCP option: the sender's clock in each segment, and the peer's sent back. They tell late segments from new ones.":
    'TCP 选项：每个报文段带上发送者的时钟，并送回对方的。靠它可以区分迟到的和新的报文段。',
  'The same octets sent once more because no ACK came in time. The ladder marks it `again`.':
    '没有及时得到 ACK，于是把同样的字节再发一次。时序图标为 `again`。',
  'How long TCP waits for an ACK before it sends again: at least 0.2 s on Linux, 1 s for a SYN, longer each time.':
    'TCP 等待 ACK 多久之后重传：Linux 上至少 0.2 秒，SYN 是 1 秒，每次加长。',
  'A kernel may keep an ACK back for up to 40 ms (0.2 s at most), so that it can go with data.':
    '内核可以把 ACK 推迟约 40 毫秒（最多 0.2 秒），让它与数据一起走。',
  'The answer to a segment that may be forged or old: the numbers that are due, so that a real peer can correct itself (RFC 5961).':
    '对可能是伪造或过时的报文段的回答：给出应有的序号，真正的对端可以据此更正（RFC 5961）。',
  Connections: '连接',
  'Two ends that exchange segments. It exists only as a state at each end; the wire knows nothing of it.':
    '互相交换报文段的两端。它只作为两端各自的状态存在；线路对它一无所知。',
  'Both addresses and both ports: what tells one connection from all others.':
    '两端的地址和两端的端口：一个连接靠它区别于所有别的连接。',
  'A number from 0 to 65535 that names an end within its host. A client that does not choose gets an ephemeral one from net.ipv4.ip_local_port_range.':
    '0 到 65535 的数，在一台主机内标明一端。不自己选择的客户端从 net.ipv4.ip_local_port_range 得到一个临时端口。',
  'SYN, SYN+ACK, ACK: after it both ends are ESTABLISHED. The kernels do it; accept() is not needed.':
    'SYN、SYN+ACK、ACK：之后两端都处于 ESTABLISHED 状态。由内核完成，不需要 accept()。',
  'A socket in LISTEN. It never becomes a connection: each connection gets a socket of its own.':
    '处于 LISTEN 状态的套接字。它从不变成连接：每个连接都有自己的套接字。',
  'The number given to listen(): how long the accept queue may be. Linux lets in one more, and no more than net.core.somaxconn.':
    '传给 listen() 的数：全连接队列可以多长。Linux 多放进一个，并以 net.core.somaxconn 为上限。',
  'Connections whose handshake is complete and that accept() has not taken yet. First in, first out.':
    '握手已经完成、accept() 还没有取走的连接。先进先出。',
  'Connections whose handshake has begun: the server is in SYN-RECEIVED.':
    '握手已经开始的连接：服务器处于 SYN-RECEIVED 状态。',
  "What a server would have to remember of a SYN, hidden in its SYN+ACK's sequence number: so it need not remember.":
    '服务器本应为一个 SYN 记住的东西，藏在它的 SYN+ACK 的序号里：于是不必记住。',
  'Of a connection: octets that have arrived and that the program has not read. Of a listener: connections that wait for accept().':
    '对连接：已到达而程序还没有读的字节数。对监听套接字：等待 accept() 的连接数。',
  'Of a connection: octets that the peer has not acknowledged. Of a listener, in ss: the backlog.':
    '对连接：对端还没有确认的字节数。对监听套接字，在 ss 中：backlog。',
  'One direction is closed by a FIN, the other is still open: shutdown(SHUT_WR).':
    '一个方向已用 FIN 关闭，另一个方向仍然打开：shutdown(SHUT_WR)。',
  'One end believes in a connection of which the other knows nothing: after a crash, a reset that was lost.':
    '一端以为连接存在，另一端却一无所知：崩溃之后，或 RST 丢失之后。',
  'A socket that no process has any more; the kernel finishes it alone.':
    '不再属于任何进程的套接字；由内核独自收尾。',
  'The kernel asks a silent peer from time to time whether it is there. Off unless a program sets SO_KEEPALIVE.':
    '内核不时询问沉默的对端是否还在。程序设置 SO_KEEPALIVE 才有。',
  'Asks a peer whose window is 0 whether it has room now, so that a lost answer does not stop both for ever.':
    '询问窗口为 0 的对端是否有了空间，免得一个丢失的回答使双方永远停住。',
  'The longest time that a segment may live in the network. TIME-WAIT lasts twice that: 60 s on Linux, a constant.':
    '报文段在网络中能生存的最长时间。TIME-WAIT 持续它的两倍：Linux 上是 60 秒，一个常量。',
  'States (RFC 9293, 3.3.2)': '状态（RFC 9293，3.3.2）',
  'No connection, and no socket that ss could show.': '没有连接，也没有 ss 能显示的套接字。',
  'Waits for any SYN to its port.': '等待发到其端口的任何 SYN。',
  'Has sent a SYN and waits for the answer.': '已发送 SYN，等待回答。',
  'Has received a SYN, has answered it, and waits for the ACK of its own.':
    '收到了 SYN，已作回答，等待对自己 SYN 的确认。',
  'Open: data may go both ways.': '已打开：数据可以双向传送。',
  'Has sent its FIN first, and waits for the ACK of it.': '先发送了 FIN，等待对它的确认。',
  "Its FIN is acknowledged; it waits for the peer's FIN.": '自己的 FIN 已被确认；等待对端的 FIN。',
  'Both FINs have crossed; it waits for the ACK of its own.':
    '双方的 FIN 交叉而过；等待对自己 FIN 的确认。',
  'Closed first. It waits for 60 s, so that the last ACK can be sent again and late segments die out.':
    '先关闭的一方。等待 60 秒，使最后一个 ACK 可以重传，迟到的报文段消失。',
  'The peer has closed; the program here has not. Only close() ends it.':
    '对端已关闭，这里的程序还没有。只有 close() 能结束它。',
  'Has sent its FIN second, and waits for the ACK of it.': '后发送了 FIN，等待对它的确认。',
  'Options and errors': '选项与错误',
  'Lets bind() take a port on which an old connection remains, if the old socket had set it too and none listens.':
    '只要旧套接字也设置过、且没有监听，就让 bind() 得到还留有旧连接的端口。',
  'Lets several sockets of one user listen on the same port, if all have set it.':
    '只要都设置了，就让同一用户的几个套接字监听同一个端口。',
  'With a time of 0, close() sends a reset instead of a FIN and keeps nothing.':
    '时间为 0 时，close() 发送 RST 而不是 FIN，什么也不保留。',
  'bind() or listen(): somebody has that address and port, perhaps only an old connection.':
    'bind() 或 listen()：这个地址和端口已被占用，也许只是被一个旧连接占用。',
  'connect(): no free port is left for that destination. bind(): not an address of this host.':
    'connect()：到那个目的地已没有空闲的端口。bind()：不是本机的地址。',
  'connect(): the SYN was answered by a reset; nobody listens there.':
    'connect()：SYN 得到的回答是 RST；那里没有人监听。',
  'A reset came. The next call reports it, once.': '收到了 RST。由下一个调用报告，只报告一次。',
  'Not an error: a non-blocking connect() has sent its SYN and does not wait for the answer.':
    '不是错误：非阻塞的 connect() 已发出 SYN，不等待回答。',
  'connect(): the socket is connected already, or listens.':
    'connect()：套接字已经连接，或正在监听。',
  'send(): this end has sent its FIN, or the connection was reset before.':
    'send()：这一端已发送 FIN，或连接此前已收到 RST。',
  'No answer to all retransmissions, or to keepalive.': '所有的重传，或保活探测，都没有得到回答。',
  'The laboratory': '实验室',
  'One experiment: what it does between two hosts, and what must be seen.':
    '一个实验：在两台主机之间做什么，以及必须看到什么。',
  "A machine of its own for TCP: a container or a network namespace, with the kernel's real TCP.":
    '对 TCP 而言独立的机器：一个容器或网络命名空间，用的是内核真正的 TCP。',
  'The link between the two hosts. A lab can hold it, let go, drop, copy, reorder or delay what is on it.':
    '两台主机之间的链路。实验可以扣住它，把其上的报文段放行、丢弃、复制、换序或推迟。',
  'A segment waits on the wire until the lab lets it go, so that a state which would last microseconds stands still.':
    '报文段在线路上等待，直到实验放行，使只持续几微秒的状态停住不动。',
  'A segment that the lab made, and no kernel.': '由实验制造、而不是内核发出的报文段。',
  "Who saw it: tcpdump the segments, ss the states, the kernel's tracepoint the transitions. They are checked against each other.":
    '谁看见的：tcpdump 看报文段，ss 看状态，内核的跟踪点看转换。它们互相核对。',
  'One look of ss at all sockets of a host.': 'ss 对一台主机的所有套接字看一次。',
  'What a lab says must be seen, with a time in which it must be.':
    '实验说必须看到的事，以及必须在多长时间内看到。',
  'The drawing of a run: time downwards, states at the sides, an arrow for each segment.':
    '运行的图：时间向下，状态在两旁，每个报文段一个箭头。',
  'A run on disk: all events, both captures, the result, and their hashes. `verify` judges it again.':
    '存在磁盘上的一次运行：所有事件、两份抓包、结果，以及它们的散列值。`verify` 可以重新判定。',
};

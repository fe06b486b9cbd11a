import type { Catalogue } from '../../translate.ts';

/** Claims of document 001, what Linux does, and why. */
export const of001: Catalogue = {
  'LISTEN: waiting for a connection request from any remote TCP':
    'LISTEN：等待来自任何远端 TCP 的连接请求',
  'SYN-SENT: a connection request was sent, a matching one is awaited':
    'SYN-SENT：已发送连接请求，等待匹配的请求',
  'SYN-RECEIVED: requests were received and sent, the ACK of ours is awaited':
    'SYN-RECEIVED：已收到和发送请求，等待对我方请求的 ACK',
  'ESTABLISHED: an open connection': 'ESTABLISHED：打开的连接',
  "FIN-WAIT-1: waiting for the remote's FIN, or for the ACK of our own":
    'FIN-WAIT-1：等待远端的 FIN，或对我方 FIN 的 ACK',
  "FIN-WAIT-2: waiting for the remote's FIN": 'FIN-WAIT-2：等待远端的 FIN',
  'CLOSE-WAIT: waiting for the local program to close': 'CLOSE-WAIT：等待本地程序关闭',
  "CLOSING: waiting for the remote's ACK of our FIN": 'CLOSING：等待远端对我方 FIN 的 ACK',
  'LAST-ACK: waiting for the ACK of the FIN sent before': 'LAST-ACK：等待对先前所发 FIN 的 ACK',
  'TIME-WAIT: waiting long enough to be sure that the remote has the ACK of its FIN':
    'TIME-WAIT：等待足够长的时间，以确信远端收到了对其 FIN 的 ACK',
  'CLOSED: no connection at all': 'CLOSED：没有任何连接',
  'Opening a connection is called a three-way handshake': '打开连接称为三次握手',
  'Ending one can be called a four-way handshake': '结束连接可以称为四次握手',
  'The client asks with a segment whose SYN bit is 1': '客户端用 SYN 位为 1 的报文段提出请求',
  'The server sends back an ACK: the request has arrived': '服务器发回 ACK：请求已经到达',
  'it sends SYN+ACK: an ACK, and a request of its own in the other direction':
    '它发送的是 SYN+ACK：一个 ACK，加上另一个方向自己的请求',
  'each direction has sequence numbers of its own, and a SYN sets them (RFC 9293 3.5)':
    '每个方向有自己的序号，由 SYN 设定（RFC 9293 3.5）',
  'The client acknowledges that, and the connection is made': '客户端确认它，连接就建立了',
  'To have both sides ready takes three segments, no fewer and no more':
    '要使双方都就绪，需要三个报文段，不多也不少',
  'so it is when one side opens; when both do at the same time, it takes four: a SYN and a SYN+ACK of each':
    '一方打开时是这样；双方同时打开时需要四个：各一个 SYN 和一个 SYN+ACK',
  'a SYN that has crossed ours acknowledges nothing, so ours is still to be acknowledged (RFC 9293 3.5, figure 7)':
    '与我方 SYN 交错而过的 SYN 不带确认，所以我方的还有待确认（RFC 9293 3.5，图 7）',
  'With retransmission, TCP guarantees that a packet reaches its destination':
    'TCP 用重传保证数据包到达目的地',
  'it gives up: with tcp_retries2=5 the connection ends after 13.7 s, ETIMEDOUT, and the data are lost':
    '它会放弃：tcp_retries2=5 时连接在 13.7 秒后结束，ETIMEDOUT，数据丢失',
  'TCP sends again only so often (RFC 9293 3.8.3); then it tells the program':
    'TCP 只重传有限次（RFC 9293 3.8.3）；然后告诉程序',
  'A connection is full duplex: a pair of one-way connections, each released on its own':
    '连接是全双工的：一对单向连接，各自释放',
  'Either end may send a FIN: it has nothing more to send':
    '任何一端都可以发送 FIN：它没有更多的数据要发送',
  'When a FIN is acknowledged, no more data go in its direction':
    'FIN 得到确认后，它的方向上不再有数据',
  'To close a connection, both directions must be closed': '要关闭连接，两个方向都必须关闭',
  'The client sends a segment whose FIN bit is 1': '客户端发送 FIN 位为 1 的报文段',
  'The server sends an ACK and a FIN': '服务器发送 ACK 和 FIN',
  "With the client's ACK the connection is over": '有了客户端的 ACK，连接就结束了',
  "When a connection is made, the two ends confirm each other's MSS":
    '建立连接时，两端互相确认 MSS',
  "nothing is confirmed: each SYN advertises its sender's own MSS, whatever the other said; the smaller of the two is used":
    '没有确认什么：每个 SYN 通告发送者自己的 MSS，不管对方说了多少；用其中较小的',
  'the option says what its sender can receive (RFC 9293 3.7.1); nobody has to agree':
    '这个选项说的是发送者能接收多少（RFC 9293 3.7.1）；不需要谁同意',
  'The MSS of a SYN is the MTU less the fixed IP and TCP headers':
    'SYN 的 MSS 是 MTU 减去固定的 IP 和 TCP 首部',
  'On an Ethernet that is 1460': '在以太网上是 1460',
  'For an address that is not local, the MSS may be 536 only': '对非本地的地址，MSS 可能只有 536',
  'a SYN through a router advertises 1460 too; 536 is what a peer is assumed to take whose SYN has no MSS option':
    '经过路由器的 SYN 通告的也是 1460；536 是对 SYN 中没有 MSS 选项的对端所作的假定',
  'RFC 1122 3.3.3 wanted small datagrams for other networks; path MTU discovery has taken their place':
    'RFC 1122 3.3.3 要求对别的网络用小数据报；现在由路径 MTU 发现代替',
  'A smaller MTU on the way makes the MSS smaller still': '途中更小的 MTU 使 MSS 更小',
  'measured beside the labs: both SYNs said 1460 over a path of MTU 1400; then an ICMP "need to frag" took what was sent from 1448 to 1348':
    '在实验之外测得：路径 MTU 为 1400 时两个 SYN 都说 1460；然后 ICMP“需要分片”使发送的报文段从 1448 变为 1348',
  'a lab has two hosts on one link, and no network between them':
    '实验只有一条链路上的两台主机，中间没有网络',
  "The state diagram holds two paths, a client's and a server's":
    '状态图包含两条路径，客户端的和服务器的',
  'Client and server are no fixed roles in it': '图中的客户端和服务器不是固定的角色',
  'Who sends data is the client, who receives data is the server':
    '发送数据的就是客户端，接收数据的就是服务器',
  'both ends of one connection send and receive; neither changes a state':
    '一个连接的两端都收发数据；收发都不改变状态',
  'the diagram parts the ends by who opens and who closes first, not by who sends data (RFC 9293 3.3.2)':
    '状态图按谁打开、谁先关闭来区分两端，而不是按谁发送数据（RFC 9293 3.3.2）',
  'always; measured on 6.18': '一直如此；在 6.18 上测得',
  'The client: CLOSED, SYN-SENT, ESTABLISHED, FIN-WAIT-1, FIN-WAIT-2, TIME-WAIT, CLOSED':
    '客户端：CLOSED、SYN-SENT、ESTABLISHED、FIN-WAIT-1、FIN-WAIT-2、TIME-WAIT、CLOSED',
  'With the ACK of its SYN the client has opened the connection for data':
    '收到对 SYN 的 ACK，客户端就为数据打开了连接',
  'It is usually the client that closes first': '通常是客户端先关闭',
  'either end may: the client does so here, the server in time-wait':
    '任何一端都可以：这里是客户端，time-wait 中是服务器',
  'how often is a matter of applications, not of a kernel': '多常见是应用的事，不是内核的事',
  'FIN-WAIT-1 and FIN-WAIT-2 are steps of the four-way close':
    'FIN-WAIT-1 和 FIN-WAIT-2 是四次挥手中的步骤',
  'The server: CLOSED, LISTEN, SYN-RECEIVED, ESTABLISHED, CLOSE-WAIT, LAST-ACK, CLOSED':
    '服务器：CLOSED、LISTEN、SYN-RECEIVED、ESTABLISHED、CLOSE-WAIT、LAST-ACK、CLOSED',
  'The server can exchange data only after the third segment':
    '服务器要在第三个报文段之后才能交换数据',
  'The server begins to close with the second closing segment, not with the fourth':
    '服务器从第二个关闭报文段起开始关闭，而不是第四个',
  "Having closed, the server waits for the client's last ACK": '服务器关闭以后等待客户端最后的 ACK',
  'LISTEN -> SYN-SENT: a server, too, sometimes opens a connection':
    'LISTEN -> SYN-SENT：服务器有时候也要打开连接',
  'connect() on a listening socket fails with EISCONN; it has to leave LISTEN first (shutdown, or connect to AF_UNSPEC)':
    '在监听套接字上 connect() 以 EISCONN 失败；它必须先离开 LISTEN（shutdown，或 connect 到 AF_UNSPEC）',
  'the socket interface has no call that turns a passive OPEN into an active one':
    '套接字接口没有把被动 OPEN 转为主动的调用',
  'A SYN in SYN-SENT is acknowledged and leads to SYN-RECEIVED, on the way to ESTABLISHED':
    '在 SYN-SENT 状态收到的 SYN 得到确认，进入 SYN-RECEIVED，再到 ESTABLISHED',
  'SYN-SENT -> CLOSED when sending times out': '发送超时：SYN-SENT -> CLOSED',
  'SYN-RECEIVED -> LISTEN when an RST comes': '收到 RST：SYN-RECEIVED -> LISTEN',
  'SYN-RECEIVED -> FIN-WAIT-1 without ever being ESTABLISHED':
    'SYN-RECEIVED -> FIN-WAIT-1，从未经过 ESTABLISHED',
  'TIME-WAIT is also called the 2MSL state': 'TIME-WAIT 又叫做 2MSL 状态',
  'From "TIME_WAIT2", having sent the last ACK, to TIME-WAIT':
    '在“TIME_WAIT2”发送最后的 ACK 之后进入 TIME-WAIT',
  'from FIN-WAIT-2; no tool prints a TIME_WAIT2': '从 FIN-WAIT-2 进入；没有工具打印 TIME_WAIT2',
  'a slip: RFC 9293 has eleven states, and TIME_WAIT2 is none of them':
    '笔误：RFC 9293 有十一种状态，其中没有 TIME_WAIT2',
  'TIME-WAIT provides for a last segment that does not arrive':
    'TIME-WAIT 防备最后的报文段没有到达',
  'It lets both ends finish properly': '它使双方都可以正常结束',
  'For 2MSL no application can use that socket, address and port, again':
    '在 2MSL 内，没有应用程序能再次使用那个套接字，即地址和端口',
  'it can when the old socket and the new one both set SO_REUSEADDR; and a connection to somewhere else may share the port (time-wait-flood)':
    '旧的和新的套接字都设置 SO_REUSEADDR 就能；通向别处的连接也可以共用端口（time-wait-flood）',
  "what TIME-WAIT keeps is the four-tuple; address and port alone are guarded by bind()'s rules only":
    'TIME-WAIT 保留的是四元组；单独的地址和端口只受 bind() 的规则保护',
  'A client hardly minds: it gets another port each time': '客户端不太在意：每次都得到另一个端口',
  'A server, always on the same port, fails to start within 2MSL: address in use':
    '服务器总是用同一个端口，在 2MSL 内启动失败：地址已被使用',
  'Quiet time: a server restarted within 2MSL must wait 2MSL before its next connection':
    '平静时间：在 2MSL 内重新启动的服务器要等 2MSL 才能进行下一次连接',
  'the restarted server accepts a connection at once, beside the TIME-WAIT of the old one':
    '重新启动的服务器立即接受连接，与旧连接的 TIME-WAIT 并存',
  'quiet time (RFC 9293 3.4.3) is for a host that has lost its sequence numbers in a crash, not for a server that is started again':
    '平静时间（RFC 9293 3.4.3）是给因崩溃而丢失序号的主机的，不是给重新启动的服务器的',
  'FIN-WAIT-2, after two of the four segments, is the half-closed state':
    '四个报文段过了两个之后的 FIN-WAIT-2 就是半关闭状态',
  'In FIN-WAIT-2 the application can receive, but no longer send':
    '在 FIN-WAIT-2 状态，应用程序能接收，但不能再发送',
  'The client may stay in FIN-WAIT-2 for ever': '客户端可能一直处于 FIN-WAIT-2 状态',
  'only while its process keeps the socket (shutdown); after close() it is gone when tcp_fin_timeout, 60 s, is over':
    '只有进程还保留着套接字时（shutdown）；close() 之后，过了 tcp_fin_timeout（60 秒）就消失',
  'nobody is left to read what the peer may send, so the kernel does not wait for ever':
    '没有人会去读对端可能发送的数据，所以内核不会永远等下去',
  'The server stays in CLOSE-WAIT until its application decides to close':
    '服务器停留在 CLOSE-WAIT 状态，直到应用程序决定关闭',
  "The server's state is called WAIT_CLOSE": '服务器的状态叫做 WAIT_CLOSE',
  'CLOSE-WAIT (netstat: CLOSE_WAIT)': 'CLOSE-WAIT（netstat：CLOSE_WAIT）',
  'a slip of the pen': '笔误',
  always: '一直如此',
  'An RST is another way to end a connection': 'RST 是关闭连接的另一种方式',
  'An application should be able to judge whether an RST is genuine':
    '应用程序应该可以判断 RST 是否真实',
  'it is not asked, it gets ECONNRESET; the kernel judges: exact sequence number kills, in the window draws a challenge ACK, else nothing':
    '没有人问它，它得到 ECONNRESET；由内核判断：序号正好的结束连接，在窗口内的引出质询 ACK，其余的没有作用',
  'RFC 5961 3.2, against blind resets': 'RFC 5961 3.2，针对盲目的 RST',
  'Linux 3.6 (July 2012, commit 282f23c6ee34)': 'Linux 3.6（2012 年 7 月，commit 282f23c6ee34）',
  'An RST is an abnormal end, which the application can tell from a FIN':
    'RST 是异常中止，应用程序能把它与 FIN 区分开',
  'There is simultaneous opening, a case of its own': '有同时打开这种特殊情况',
  'There is simultaneous closing, a case of its own': '有同时关闭这种特殊情况',
  'Simultaneous opening and closing are improbable': '同时打开和同时关闭发生的概率很小',
  'the labs hold the wire to make them happen every time': '实验扣住线路，使它们每次都发生',
  'a probability needs traffic of many hosts': '概率要有许多主机的流量才能得知',
};

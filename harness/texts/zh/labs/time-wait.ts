import type { Catalogue } from '../../translate.ts';

export const timeWait: Catalogue = {
  // time-wait
  'Whoever closes first waits in TIME-WAIT': '谁先关闭，谁就在 TIME-WAIT 状态等待',
  "The server is stopped with SIGINT while the client is connected: its kernel sends a FIN, so it is the server that closes first. The client closes later. A FIN takes one sequence number, as a SYN does; it goes as FIN+ACK, since every segment after the first SYN carries an ACK. Each segment of the close is held on the wire until ss has shown the states that it will end. The side that closed first stays in TIME-WAIT for a minute, so that a lost last ACK can be sent again and late segments die out. No process has that socket any more, but the kernel keeps it, and the server's port with it. Linux lets a new socket have the port only if it and the old one both have SO_REUSEADDR. The old one, the accepted connection, took the option over from the first server's listening socket, and that had not set it; in reuseaddr it has.":
    '在客户端连接着的时候，用 SIGINT 结束服务器：它的内核发送 FIN，所以先关闭的是服务器。客户端后关闭。FIN 和 SYN 一样占用一个序号；它以 FIN+ACK 发出，因为第一个 SYN 之后的每个报文段都带着 ACK。关闭时的每个报文段都在线路上被扣住，直到 ss 显示出它将要结束的状态。先关闭的一方在 TIME-WAIT 状态停留一分钟，使丢失的最后一个 ACK 可以重传，使迟到的报文段消失。那个套接字不再属于任何进程，但内核保留着它，也就保留着服务器的端口。只有新旧两个套接字都设置了 SO_REUSEADDR，Linux 才把端口给新的。旧的那个就是已接受的连接，它从第一个服务器的监听套接字继承这个选项，而那个套接字没有设置过；在 reuseaddr 中设置过。',
  'the server closes first': '服务器先关闭',
  'the client closes': '客户端关闭',
  "the second start: the server's port is taken": '第二次启动：服务器的端口被占用',
  'the third start: SO_REUSEADDR does not help, the first server had not set it':
    '第三次启动：SO_REUSEADDR 不起作用，第一个服务器没有设置过',
  // time-wait-expiry
  'TIME-WAIT lasts 60 s, whatever tcp_fin_timeout says':
    'TIME-WAIT 持续 60 秒，不管 tcp_fin_timeout 怎么说',
  'TIME-WAIT is to last twice the MSL, the longest time that a segment may live in the net. RFC 9293 takes 2 minutes for that, which makes 4 minutes; Berkeley took 30 s, which makes one; the documents speak of 30 s, 1, 2 and 4 minutes. Linux has a constant, TCP_TIMEWAIT_LEN: 60 s from the last FIN on. tcp_fin_timeout, often said to shorten it, is 1 s at the client here and does nothing to it: it is for FIN-WAIT-2 without a process. ss shows the timer from the start, and while it runs the port is taken. When it has run out (--slow waits for that) nothing is left of the connection, and bind() gets the port.':
    'TIME-WAIT 应当持续两倍的 MSL，即报文段在网络中能生存的最长时间。RFC 9293 取 2 分钟，合 4 分钟；Berkeley 取 30 秒，合一分钟；文档中说的有 30 秒、1 分钟、2 分钟和 4 分钟。Linux 有一个常量 TCP_TIMEWAIT_LEN：从最后一个 FIN 算起 60 秒。常说 tcp_fin_timeout 可以缩短它；这里客户端把它设为 1 秒，对 TIME-WAIT 毫无作用：它管的是不属于任何进程的 FIN-WAIT-2。ss 从一开始就显示这个定时器，它走着的时候端口被占用。走完以后（--slow 会等到那时）连接什么也不留下，bind() 得到端口。',
  'more than tcp_fin_timeout later': '过了 tcp_fin_timeout 之后',
  'a minute later': '一分钟之后',
  // client-time-wait
  'The client closes first: it keeps the TIME-WAIT, and the server none':
    '客户端先关闭：TIME-WAIT 由它保留，服务器没有',
  "When the client closes first, the server's end is CLOSED at once and the client's is in TIME-WAIT for a minute: the server can be stopped and started again with nothing in its way. That rarely matters to the client: the kernel gives it another port. It matters when it wants a certain port: then bind() fails, unless the old socket had SO_REUSEADDR and the new one has it too. Even the very same addresses and ports can be connected again: timestamps tell the new connection's segments from late ones of the old, so connect() takes the place of TIME-WAIT.":
    '客户端先关闭时，服务器一端立即处于 CLOSED 状态，客户端一端在 TIME-WAIT 状态停留一分钟：服务器可以结束并重新启动，毫无妨碍。客户端多半不在意：内核给它另一个端口。只有它要一个固定的端口时才在意：这时 bind() 失败，除非旧套接字设置过 SO_REUSEADDR，新的也设置。甚至完全相同的地址和端口也可以再次连接：时间戳能把新连接的报文段与旧连接迟到的报文段区分开，所以 connect() 取代了 TIME-WAIT。',
  'the client closes first': '客户端先关闭',
  'the server starts again at once, without SO_REUSEADDR': '服务器立即重新启动，不用 SO_REUSEADDR',
  'a client that does not care gets another port': '不在意的客户端得到另一个端口',
  'one that wants the same port needs SO_REUSEADDR, before and after':
    '要同一个端口的客户端需要 SO_REUSEADDR，先前和现在都要',
  'then it connects as before, and TIME-WAIT makes way': '然后它照旧连接，TIME-WAIT 让位',
  // server-closes-each
  'A server that closes after each answer gathers the TIME-WAITs':
    '每次回答后就关闭的服务器会积攒 TIME-WAIT',
  "An HTTP/1.0 server without keep-alive reads a request, answers it and closes: by its FIN the client knows that the answer is complete. Whoever sends the first FIN keeps the TIME-WAIT, so every visit leaves one at the server, for a minute, and none at the client, which reads to the end and closes. They belong to no process, take little memory and no port but the server's own, where the listener goes on accepting: a busy server has thousands of them and does not mind. With keep-alive it is mostly the client that closes, and has them.":
    '不带 keep-alive 的 HTTP/1.0 服务器读取一个请求，回答，然后关闭：客户端从它的 FIN 知道回答完整了。谁先发 FIN，谁保留 TIME-WAIT，所以每次访问都在服务器上留下一个，持续一分钟，而在读到末尾才关闭的客户端上一个也没有。它们不属于任何进程，占用的内存很少，也不占用服务器自己端口以外的端口，监听套接字照样在那里接受连接：繁忙的服务器有成千上万个，也不在意。用 keep-alive 时多半由客户端关闭，TIME-WAIT 也就归客户端。',
  'the {which} visitor': '{which}位访客',
  first: '第一',
  second: '第二',
  third: '第三',
  // lost-last-ack
  'The last ACK is lost: TIME-WAIT acknowledges the FIN again':
    '最后一个 ACK 丢失：TIME-WAIT 再次确认 FIN',
  "Nobody acknowledges the last ACK: the client, which closed first, cannot know whether it arrived. Here it is lost, so the server stays in LAST-ACK and sends its FIN again, which we hold until TIME-WAIT has run for a while. TIME-WAIT acknowledges it and its minute starts anew; the server's end is CLOSED without an error. The second time a reset of the very number that it expects next has ended TIME-WAIT (tcp_rfc1337=1 would prevent that): the FIN that comes again meets a reset, and the server's program has ECONNRESET though all went well.":
    '没有人确认最后一个 ACK：先关闭的客户端无从知道它是否到达。这里它被丢弃，于是服务器停留在 LAST-ACK 状态，重传它的 FIN，我们把它扣住，直到 TIME-WAIT 走了一会儿。TIME-WAIT 确认它，一分钟重新算起；服务器一端处于 CLOSED 状态，没有错误。第二次，一个 RST 正好带着 TIME-WAIT 所期待的下一个序号，结束了 TIME-WAIT（tcp_rfc1337=1 可以防止）：再来的 FIN 遇到的是 RST，服务器的程序得到 ECONNRESET，虽然一切顺利。',
  'the FIN comes again, and TIME-WAIT is there': 'FIN 又来了，TIME-WAIT 还在',
  'the FIN comes again, and TIME-WAIT is not': 'FIN 又来了，TIME-WAIT 不在了',
  // late-segment
  'Data of a closed connection come late: no program reads them':
    '已关闭连接的数据迟到：没有程序读到它们',
  'A segment that lost its way may come when its connection is long closed. We send a true copy of old data from the client, past its kernel. TIME-WAIT still knows the number that it expects: it acknowledges that and throws the data away. (The ACK meets a kernel that no longer knows the connection and answers with a reset; here that is lost, since it would end TIME-WAIT: RFC 1337.) The next connection of the same addresses and ports begins with a higher number: to it the old data are a repetition, which it acknowledges and does not deliver.':
    '迷路的报文段可能在连接早已关闭之后才到。我们绕过客户端的内核，发送客户端旧数据的一份真实副本。TIME-WAIT 还知道它期待的序号：它确认这个序号，把数据丢掉。（这个 ACK 到达的内核已经不知道有过这个连接，会用 RST 回答；这里 RST 被丢弃，因为它会结束 TIME-WAIT：RFC 1337。）地址和端口相同的下一个连接从更大的序号开始：在它看来旧数据是重复的，它确认而不交付。',
  'the old data reach TIME-WAIT': '旧数据到达 TIME-WAIT',
  'the old data reach the next connection of the same addresses and ports':
    '旧数据到达地址和端口相同的下一个连接',
  // time-wait-syn
  'TIME-WAIT makes way for a new SYN, and answers an old one with an ACK':
    'TIME-WAIT 给新的 SYN 让位，用 ACK 回答旧的 SYN',
  "The server closed first and is in TIME-WAIT; SYNs come from the very port that the client had. How can it tell a new connection from a late copy of the old SYN? By two numbers. A sequence number beyond the last that the old connection used is new, and so is a timestamp that is later: either is let in, and TIME-WAIT becomes SYN-RECEIVED. All else may be a late copy and is answered by the ACK that is due. So a client can come again from the same port at once, and no SYN is ever answered by a reset. (We send these SYNs past the client's kernel, whose resets are lost here: one would end TIME-WAIT, RFC 1337.)":
    '服务器先关闭，处于 TIME-WAIT 状态；SYN 正是从客户端用过的那个端口来的。它怎样区分新的连接和旧 SYN 迟到的副本？靠两个数。序号超过旧连接用过的最后一个，就是新的；时间戳更晚，也是新的：两者有其一就放进来，TIME-WAIT 变成 SYN-RECEIVED。其余的都可能是迟到的副本，用应有的 ACK 回答。所以客户端可以立即从同一个端口再来，而且没有 SYN 会得到 RST。（我们绕过客户端的内核发送这些 SYN，内核的 RST 在这里被丢弃：它会结束 TIME-WAIT，RFC 1337。）',
  'a late copy of the old SYN': '旧 SYN 迟到的副本',
  'a higher number is new': '更大的序号是新的',
  'and so is a later timestamp': '更晚的时间戳也是新的',
  // time-wait-flood
  'TIME-WAITs by the thousand: in the way of the next connection':
    '成千的 TIME-WAIT：妨碍下一个连接',
  'A client connects and closes, again and again. It closes first, so each connection leaves a TIME-WAIT that keeps its port from the next one to the same server for a minute. When all ports that the kernel may choose from are taken (250 here, 28232 by default), connect() fails with EADDRNOTAVAIL at once; nothing is sent. What is taken are both addresses and ports together: to another port of the server the same 250 can be used, and so on for eight ports of the server, or for as many as this machine can serve in 20 s: none of the old ones is free by then. The server, which closed last, has no trace of it all. What helps: connections kept open, the other side closing first, more ports or addresses. (tcp_rfc1337=1: no reset ends a TIME-WAIT early.)':
    '一个客户端一遍又一遍地连接和关闭。它先关闭，所以每个连接留下一个 TIME-WAIT，在一分钟内不让到同一服务器的下一个连接用它的端口。内核可以选择的端口（这里 250 个，默认 28232 个）全被占用时，connect() 立即以 EADDRNOTAVAIL 失败；什么也不发送。被占用的是两端的地址连同端口：到服务器的另一个端口，同样的 250 个端口还可以用，如此用到服务器的八个端口，或者这台机器 20 秒内来得及的那么多：到那时，旧的一个也没有空出来。最后关闭的服务器对这一切没有留下痕迹。有帮助的办法：让连接保持打开，由另一方先关闭，更多的端口或地址。（tcp_rfc1337=1：没有 RST 会提前结束 TIME-WAIT。）',
  'connect and close, until connect fails': '连接然后关闭，直到 connect 失败',
  'to another port of the server': '到服务器的另一个端口',
  'and again to the next, as often as this machine can in 20 s':
    '再到下一个端口，20 秒内这台机器能做几次就做几次',
  "one in each state of the documents' list": '文档列出的每个状态各一个',
  // tw-reuse
  'tcp_tw_reuse: a connection takes the place of TIME-WAIT': 'tcp_tw_reuse：一个连接取代 TIME-WAIT',
  "Each host has a single port for what it connects, so that one TIME-WAIT stands in the way of the next connection to the same place. With tcp_tw_reuse=1, at the server's host, connect() takes its place after more than a second, if the old connection had timestamps: by them its late segments are told from new ones. The default, 2, at the client's, does so for loopback only. tcp_fin_timeout, 30 s here, does nothing to TIME-WAIT; tcp_tw_recycle, of which old advice speaks, is gone since Linux 4.12.":
    '每台主机只有一个端口可以用来连接，所以一个 TIME-WAIT 就妨碍到同一处的下一个连接。tcp_tw_reuse=1（服务器的主机）时，如果旧连接带有时间戳，过了一秒多 connect() 就可以取代它：靠时间戳区分旧连接迟到的报文段和新的。默认值 2（客户端的主机）只对环回这样做。tcp_fin_timeout（这里 30 秒）对 TIME-WAIT 毫无作用；老的建议里说的 tcp_tw_recycle 从 Linux 4.12 起已经没有了。',
  'one port, one connection': '一个端口，一个连接',
  'more than a second later': '过了一秒多',
  // socket-census
  "Sockets counted by state, as the documents' line does": '按状态统计套接字，就像文档里的那行命令',
  "One socket of the client is brought into each state of the documents' list, and left there: SYN-RECEIVED and ESTABLISHED, the six of closing, and TIME-WAIT. Then their line, netstat -n piped into awk, counts what ss shows, under netstat's own names (SYN_RECV, FIN_WAIT1). It leaves the listener out, since netstat -n without -a shows connections only.":
    '让客户端的套接字各处于文档所列的每个状态，并停在那里：SYN-RECEIVED 和 ESTABLISHED，关闭途中的六个，以及 TIME-WAIT。然后用文档的那行命令，即 netstat -n 接 awk，来数 ss 显示的东西，用的是 netstat 自己的名称（SYN_RECV、FIN_WAIT1）。监听套接字不在其中，因为不带 -a 的 netstat -n 只显示连接。',
  // tw-buckets
  'tcp_max_tw_buckets: no room for another TIME-WAIT':
    'tcp_max_tw_buckets：没有下一个 TIME-WAIT 的位置',
  'A host keeps no more TIME-WAITs than tcp_max_tw_buckets, 1 at the client here, tens of thousands by default. The first connection that the client closes takes that place. When it closes the second, nothing is kept of it: from FIN-WAIT-2 the FIN that comes takes it straight to CLOSED, and its port is free at once. The FIN is acknowledged; but if that ACK is lost and the FIN comes again, nobody knows of the connection any more, and it is answered by a reset. That is what TIME-WAIT is there to prevent: the sysctl is a last resort, not a remedy.':
    '一台主机保留的 TIME-WAIT 不超过 tcp_max_tw_buckets 个：这里客户端是 1，默认有几万个。客户端关闭的第一个连接占了这个位置。它关闭第二个时，什么也不保留：在 FIN-WAIT-2 中到来的 FIN 使它直接到 CLOSED，端口立即空出来。这个 FIN 得到了确认；但如果那个 ACK 丢失、FIN 再次到来，已经没有人知道这个连接，得到的回答是 RST。这正是 TIME-WAIT 要防止的：这个 sysctl 是最后的手段，不是良方。',
  // reuseport-restart
  'SO_REUSEPORT and an old socket: it must have had the option too':
    'SO_REUSEPORT 与旧套接字：旧的也必须设置过',
  'SO_REUSEPORT also lets a socket take a port on which an old connection is left in TIME-WAIT, by the same rule as for listeners: the old socket must have set it before its bind(), as the new one does, and both must belong to one user. SO_REUSEADDR on the new socket makes no difference to an old one that had neither.':
    'SO_REUSEPORT 也能让套接字得到还留有处于 TIME-WAIT 状态的旧连接的端口，规则与监听套接字相同：旧套接字必须在它的 bind() 之前设置过，新的也设置，而且两者属于同一用户。旧套接字两个选项都没有设置过时，在新套接字上设置 SO_REUSEADDR 没有区别。',
  // mss-missing
  'A SYN without an MSS: 536 octets, whatever the link takes':
    '不带 MSS 的 SYN：536 字节，不管链路能传多大',
  "A SYN need not say how large a segment its sender can receive. A SYN that says nothing counts as one that says 536: what every host must be able to take (576 octets, less two headers). This SYN is injected, since no kernel today leaves the option out; the resets of the client's own kernel, which knows nothing of it, are lost on purpose. The server answers with its own MSS, 1460, and then sends in segments of 536.":
    'SYN 不一定要说发送者能接收多大的报文段。什么也没说的，就当作说了 536：每台主机都必须能接收的大小（576 字节减去两个首部）。这个 SYN 是注入的，因为今天没有内核会省去这个选项；客户端自己的内核对此一无所知，它的 RST 被有意丢弃。服务器用自己的 MSS 1460 回答，然后以 536 字节的报文段发送。',
  'those that stand still by themselves': '自己停住不动的',
  'the first takes the only place': '第一个占了唯一的位置',
  'no room for a second': '没有第二个的位置',
  'the FIN comes again': 'FIN 又来了',
  'the server sends': '服务器发送',
};

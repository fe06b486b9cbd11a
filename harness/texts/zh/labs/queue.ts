import type { Catalogue } from '../../translate.ts';

export const queue: Catalogue = {
  // backlog-full
  'A full accept queue: SYNs get no answer': '全连接队列满了：SYN 得不到回答',
  "The server calls listen(1) and never accept(). The kernel completes handshakes on its own and queues the connections: two, since the queue may be one longer than listen() was told. Further SYNs are dropped and not answered, so their clients stay in SYN-SENT and send the same SYN again until they give up. Their sockets do not block: connect() has long returned (EINPROGRESS), and recv() reports how it ended, ETIMEDOUT. On the server ss shows only that the queue is full (the listener's Recv-Q is 2, above Send-Q 1); the counters ListenOverflows and ListenDrops count each SYN that was dropped. tcp_syn_retries, 2 here, sets when they give up: after 1 + 2 + 4 = 7 s; with the default, 6, after 127 s or a little more. How many SYNs they send meanwhile is another setting: since Linux 6.5 the first four repetitions come after 1 s each (tcp_syn_linear_timeouts).":
    '服务器调用 listen(1)，从不调用 accept()。内核自己完成握手，把连接放进全连接队列：两个，因为队列可以比 listen() 说的多一个。再来的 SYN 被丢弃，没有回答，于是客户端停留在 SYN-SENT 状态，一遍又一遍地重传同一个 SYN，直到放弃。它们的套接字是非阻塞的：connect() 早已返回（EINPROGRESS），结果由 recv() 报告：ETIMEDOUT。在服务器上，ss 只显示全连接队列满了（监听套接字的 Recv-Q 是 2，超过 Send-Q 的 1）；计数器 ListenOverflows 和 ListenDrops 则数出每个被丢弃的 SYN。这里 tcp_syn_retries 是 2，它决定何时放弃：1 + 2 + 4 = 7 秒之后；默认值 6 则是 127 秒，或稍长一些。这段时间里发几个 SYN 由另一个设置决定：从 Linux 6.5 起，前四次重传各隔 1 秒（tcp_syn_linear_timeouts）。',
  'two clients get in: one more than listen(1) says': '两个客户端进得来：比 listen(1) 说的多一个',
  'three more get no answer: {n} SYNs each within {time} s, then they give up':
    '另外三个得不到回答：各在 {time} 秒内发 {n} 个 SYN，然后放弃',
  'the server sent nothing; it only counted': '服务器什么也没有发送，只计了数',
  // backlog-sizes
  'listen(0), listen(1), listen(5), listen(-1): how many get in':
    'listen(0)、listen(1)、listen(5)、listen(-1)：进得来几个',
  'The number given to listen() limits the accept queue. The kernel asks whether the queue is longer than that, not whether it is as long, so listen(n) lets in n+1, and listen(0) is enough for one. No number counts for more than net.core.somaxconn (8 here; by default 4096, before Linux 5.4 128): -1, to the kernel the largest of all, means just that. The next client stays in SYN-SENT. Traditional BSD let in X*3/2+1, so eight for listen(5), and counted half-made connections among them; Linux has counted those apart since 2.2.':
    '传给 listen() 的数限制全连接队列的长度。内核问的是队列是否比它长，而不是是否一样长，所以 listen(n) 放进 n+1 个，listen(0) 也够一个。任何数都不超过 net.core.somaxconn（这里是 8；默认 4096，Linux 5.4 之前是 128）：-1 在内核看来是最大的数，也就等于它。下一个客户端停留在 SYN-SENT 状态。传统的 BSD 放进 X*3/2+1 个，listen(5) 就是 8 个，而且把半连接也算在内；Linux 从 2.2 起分开计算半连接。',
  'listen({n}): {m} get in': 'listen({n})：进得来 {m} 个',
  // slow-accept
  'A server that is slow to accept: first in, first out, for those who are in':
    'accept 得慢的服务器：先进先出，指的是已经进来的',
  'After listen(1) two clients are queued, and the SYN of a third is dropped. accept() takes the connection that came first, and a place is free. But the third client has heard nothing, no reset either, and sends its SYN again when its own timer says so. A newcomer finds the place and is served before it: so it can seem that who comes last is served first. The queue is first in, first out, but whose SYN was dropped is not in it until another gets in.':
    'listen(1) 之后两个客户端在排队，第三个的 SYN 被丢弃。accept() 取走最先来的连接，空出一个位置。但是第三个客户端什么也没有听到，连 RST 也没有，要等自己的定时器到时才重传 SYN。一个新来的客户端发现了空位，比它先得到服务：看起来就像后来的先得到服务。队列是先进先出的，只是 SYN 被丢弃的不在队列里，别人就可能先进来。',
  'two clients are queued, a third gets no answer': '两个客户端在排队，第三个得不到回答',
  'accept makes room, and a newcomer takes it': 'accept 腾出位置，被新来的占了',
  'accept makes room again, and the next SYN of the third finds it':
    'accept 又腾出位置，第三个的下一个 SYN 赶上了',
  'they are served in the order in which they got in': '按进队列的次序得到服务',
  // backlog-overflow
  'A handshake that finds the accept queue full: connected at one end only':
    '握手遇上全连接队列满：只有一端连上了',
  "A SYN comes while the accept queue has room for one more, and is answered. Before the client's ACK comes, a client on the server's own host takes the last place. The ACK is ignored, as though it had been lost: the client is ESTABLISHED; the server is in SYN-RECEIVED, sends its SYN+ACK again after 1 and 2 s, and gives up after tcp_synack_retries (2 here: 7 s; by default 5: a minute). It does not tell the client, which stays ESTABLISHED: its send() succeeds, and only the reset that answers its data tells. What accept() would have changed is shown in late-ack; a reset instead of no answer, in abort-on-overflow.":
    'SYN 到来时，全连接队列还有一个空位，于是得到回答。在客户端的 ACK 到来之前，服务器自己主机上的一个客户端占了最后的位置。这个 ACK 被忽略，就像丢失了一样：客户端处于 ESTABLISHED 状态；服务器处于 SYN-RECEIVED 状态，1 秒和 2 秒后重传 SYN+ACK，到 tcp_synack_retries 次后放弃（这里是 2 次：7 秒；默认 5 次：一分钟）。它并不说出来：客户端停留在 ESTABLISHED 状态，它的 send() 成功，只有对它所发数据的回答（一个 RST）才告诉它。accept() 会带来什么改变，见 late-ack；用 RST 代替没有回答，见 abort-on-overflow。',
  'a SYN is answered; before its ACK comes the queue is full':
    'SYN 得到回答；它的 ACK 到来之前队列满了',
  'the server gives up, and says so only when it is asked': '服务器放弃了，问到它时才说',
  // late-ack
  'accept makes room, and a half-made connection is completed by its data':
    'accept 腾出位置，半连接由它的数据来完成',
  "As in backlog-overflow, an ACK has found the accept queue full: the client is ESTABLISHED, the server in SYN-RECEIVED. The client sends, and send() succeeds; the server has nowhere to put the data and drops it without an ACK, so that the client's kernel sends it again and again. Then the program calls accept(): it gets the connection that came first, and a place is free. The next segment of the client, whatever it is, carries the ACK that the handshake lacks: the connection is ESTABLISHED at both ends, and the data waits with it for the program to accept it.":
    '和 backlog-overflow 一样，ACK 遇上全连接队列满：客户端处于 ESTABLISHED 状态，服务器处于 SYN-RECEIVED 状态。客户端发送数据，send() 成功；服务器没有地方放这些数据，丢弃了也不发 ACK，于是客户端的内核一再重传。后来程序调用 accept()：它得到最先来的连接，空出一个位置。客户端的下一个报文段，不论是什么，都带着握手所缺的 ACK：连接在两端都成为 ESTABLISHED，数据随它一起等待程序来接受。',
  'its ACK is ignored; the client sends': '它的 ACK 被忽略；客户端发送数据',
  'accept makes room': 'accept 腾出位置',
  // abort-on-overflow
  'tcp_abort_on_overflow: an ACK that finds the accept queue full is reset':
    'tcp_abort_on_overflow：遇上全连接队列满的 ACK 得到 RST',
  "As in backlog-overflow an ACK finds the accept queue full, but the server has tcp_abort_on_overflow switched on: it answers that ACK with a reset and forgets the handshake. The client, ESTABLISHED already, learns at once what it would otherwise learn late: its first call gives ECONNRESET. This is about the ACK only. A SYN that finds the queue full is still dropped without an answer. The kernel's documentation warns of this sysctl: without it, a client that came at a busy moment gets in a little later; with it, the client has to start again.":
    '和 backlog-overflow 一样，ACK 遇上全连接队列满，但是服务器打开了 tcp_abort_on_overflow：它用 RST 回答这个 ACK，并忘掉这次握手。客户端已经处于 ESTABLISHED 状态，本来要很晚才知道的事现在马上知道了：它的第一个调用得到 ECONNRESET。这只关系到 ACK。遇上队列满的 SYN 照旧一声不响地被丢弃。内核文档对这个 sysctl 提出警告：不用它，遇上短暂拥挤的客户端稍后就能进来；用了它，客户端只好从头再来。',
  'the ACK is answered by a reset': '用 RST 回答 ACK',
  'a SYN still gets no answer': 'SYN 仍然得不到回答',
  // syn-cookies
  'A SYN flood: the SYN queue full, with cookies and without':
    'SYN 洪泛：半连接队列满，有 cookie 和没有 cookie',
  'Twenty SYNs are injected; the resets of a kernel that knows nothing of them are lost on purpose, as though nobody were there. After listen(8) the server keeps half-made connections for eight (nine since Linux 6.13) and sends their SYN+ACK again. The others it answers and forgets: what it would have to remember is in the sequence number of the SYN+ACK, the cookie. A real client acknowledges it, and is connected by that ACK alone. On the other host tcp_syncookies is off: there what the queue does not take is dropped, real clients included.':
    '注入二十个 SYN；内核对它们一无所知，会回以 RST，这些 RST 被有意丢弃，就像那里没有人一样。listen(8) 之后，服务器保留八个半连接（Linux 6.13 起是九个）并重传它们的 SYN+ACK。其余的，它回答了就忘掉：需要记住的东西都在 SYN+ACK 的序号里，这就是 cookie。真正存在的客户端会确认它，单凭这个 ACK 就连接上了。在另一台主机上 tcp_syncookies 是关闭的：半连接队列装不下的一律丢弃，真正的客户端也不例外。',
  'with cookies all are answered': '有 cookie：全都得到回答',
  'a real client is let in by its cookie': '真正存在的客户端凭 cookie 进来',
  'without cookies the rest get no answer': '没有 cookie：其余的得不到回答',
};

import type { Catalogue } from '../../translate.ts';

export const resets: Catalogue = {
  // reset
  'What leads to a reset, and what the calls of both ends return':
    'RST 的各种来由，以及两端的调用返回什么',
  'A FIN says "I have sent everything"; a RST says "there is nothing here any more". Linux sends one when a socket is closed with SO_LINGER at 0, and when it is closed before all that came has been read, as the peer must not believe that it was; killing a process just closes its sockets. What had arrived can still be read at the other end. Then the first call, recv() or send(), fails with ECONNRESET, and only that one: afterwards recv() returns 0, as after a FIN, and send() fails with EPIPE. Last, a process is killed that had read all: it sends FIN. What is written to it is answered by RST, but too late for that send(); no call says ECONNRESET then.':
    'FIN 说的是“我都发完了”；RST 说的是“这里什么都没有了”。套接字在 SO_LINGER 为 0 时关闭，Linux 发送 RST；到达的数据还没有读完就关闭，也发送 RST，因为不能让对端以为都读到了；杀死进程不过是关闭它的套接字。已经到达另一端的数据还可以读。然后第一个调用，recv() 或 send()，以 ECONNRESET 失败，而且只有这一个：此后 recv() 返回 0，和 FIN 之后一样，send() 以 EPIPE 失败。最后杀死一个已经读完的进程：它发送 FIN。再向它写的数据得到 RST，但是对那次 send() 来说已经太晚；这时没有调用报告 ECONNRESET。',
  'close() with SO_LINGER 0': 'SO_LINGER 为 0 时 close()',
  'close() with unread data': '还有数据未读时 close()',
  'killed with unread data': '还有数据未读时被杀死',
  'killed with nothing unread, then written to': '读完之后被杀死，然后又收到数据',
  // reset-received
  'A reset that comes ends a connection in any state': '到来的 RST 在任何状态下结束连接',
  "The state diagram leaves out most of what a reset does, for legibility: its note 3 says that one can come in any state. Here the client's end is brought into each of seven, and each time a RST comes with the very number that it expects next. It is CLOSED at once, without TIME-WAIT: a peer that sent a reset knows nothing of the connection and will ask for nothing. SYN-RECEIVED is that of a simultaneous open; that of a listener goes back to LISTEN.":
    '为了清晰，状态图略去了 RST 的大部分作用：它的注 3 说 RST 可以在任何状态下到来。这里把客户端一端依次带到七种状态，每次都来一个 RST，正好带着它期待的下一个序号。它立即处于 CLOSED 状态，没有 TIME-WAIT：发送了 RST 的对端对这个连接一无所知，也不会再要求什么。这里的 SYN-RECEIVED 是同时打开的；监听套接字的 SYN-RECEIVED 则回到 LISTEN。',
  'in {state} a reset comes': '在 {state} 收到 RST',
  // reset-sent
  'An abort leaves no TIME-WAIT, in any state': '异常终止不留下 TIME-WAIT，不论什么状态',
  'close() with SO_LINGER at 0 aborts: nothing is waited for, and the peer is told by a RST. Note 3 of the state diagram has the sender of a reset go to TIME-WAIT. Linux does not: it keeps nothing, so nothing is left of the connection at the end that aborts. In CLOSING and LAST-ACK, where both sides have sent their FIN, it does not even send a reset.':
    'SO_LINGER 为 0 时的 close() 是异常终止：什么也不等，用 RST 通知对端。按状态图的注 3，发送 RST 的一方进入 TIME-WAIT。Linux 不这样：它什么也不保留，所以终止的一端不留下连接的任何东西。在双方都已发送 FIN 的 CLOSING 和 LAST-ACK，它连 RST 也不发送。',
  'in {state} the client aborts': '客户端在 {state} 异常终止',
  // forged-reset
  'A forged reset has to hit one sequence number exactly': '伪造的 RST 必须正好命中一个序号',
  "Whoever knows a connection's addresses and ports can send a reset in the name of one end, but has to guess a number. A RST outside the receiver's window is dropped silently. One in the window that is not the very next number is not believed either: an ACK with the number that is due (a challenge ACK) asks the supposed sender, who would answer with an exact RST, had it given up. Only the very next number ends the connection, at the server alone: the client hears of it when it sends. (tcp_invalid_ratelimit, 0.5 s between two, is off.)":
    '知道一个连接的地址和端口的人，可以冒充一端发送 RST，但还得猜一个序号。序号在接收者窗口之外的 RST 被一声不响地丢弃。在窗口之内而不是下一个序号的，也不被相信：用带着应有序号的 ACK（质询 ACK）去问那个所谓的发送者，如果它真的放弃了，会用准确的 RST 回答。只有正好是下一个序号的才结束连接，而且只在服务器一端：客户端要到发送数据时才知道。（tcp_invalid_ratelimit 每 0.5 秒只放出一个，这里关闭了它。）',
  'outside the window: one number too low, one too high': '在窗口之外：一个小了一，一个大了一',
  'in the window, at its two ends: each is asked about': '在窗口之内的两头：每个都会被质询',
  'the very next number; the client hears of it when it sends':
    '正好是下一个序号；客户端发送数据时才知道',
  // send-buffer
  'send() has succeeded, and nothing has arrived': 'send() 成功了，什么也没有到达',
  "send() succeeds when the octets lie in this host's send buffer. The server's host is cut off here, and send() returns at once all the same. The kernel keeps what is not acknowledged (Send-Q) and sends it again and again, each time after twice as long. When the buffer is full send() waits; only a non-blocking one fails, with EAGAIN. Long after, the kernel gives up: after a quarter of an hour by default (tcp_retries2, 15), here after some seconds (3). It sends no reset. The next call fails with ETIMEDOUT, which does not say how much of what send() took has arrived. The server has heard nothing and stays ESTABLISHED.":
    '字节一进入本机的发送缓冲区，send() 就成功了。这里服务器的主机被切断，send() 照样立即返回。内核保留没有得到确认的数据（Send-Q），一再重传，每次间隔加倍。缓冲区满时 send() 会等待；只有非阻塞的才以 EAGAIN 失败。过了很久内核才放弃：默认一刻钟（tcp_retries2 为 15），这里几秒钟（3）。它不发送 RST。下一个调用以 ETIMEDOUT 失败，这并不说明 send() 收下的数据有多少到达了。服务器什么也没有听到，停留在 ESTABLISHED 状态。',
  'the server is cut off, and send succeeds': '服务器被切断，send 成功',
  'so it does until the buffer is full': '一直成功到缓冲区满为止',
  'the kernel tries again and again, then gives up': '内核一再尝试，然后放弃',
  // zero-window
  'Nobody reads: the window closes, and is asked after until it opens':
    '没有人读：窗口关闭，并不断被探询，直到打开',
  'The server\'s program does not read. Its kernel keeps what comes (Recv-Q) and with each ACK allows less, down to a window of 0; the client\'s keeps the rest (Send-Q), until send() has to wait, or fails with EAGAIN. The ACK that opens the window again could be lost, and both would wait for ever. So a timer runs, "persist": a segment without data, its number acknowledged long ago, asks for an answer, which tells the window; less and less often, for ever. When the server reads, it says so at once, and all goes on. (Linux answers every 0.5 s at most, tcp_invalid_ratelimit; here always.)':
    '服务器的程序不读。它的内核保留到来的数据（Recv-Q），每个 ACK 允许的越来越少，直到窗口为 0；客户端的内核保留其余的数据（Send-Q），直到 send() 必须等待，或以 EAGAIN 失败。重新打开窗口的 ACK 可能丢失，双方就会永远等下去。所以有一个定时器“persist”：一个不带数据、序号早已确认过的报文段去探询，回答会说出窗口；间隔越来越长，没有尽头。服务器一读取就立即说出来，一切继续。（Linux 最多每 0.5 秒回答一次，tcp_invalid_ratelimit；这里总是回答。）',
  'the window closes': '窗口关闭',
  'the client asks, ever less often': '客户端探询，间隔越来越长',
  'the server reads, and all of it comes': '服务器读取，数据全部到来',
  // keepalive
  'A peer that has vanished, and who finds out': '对端消失了，谁会发现',
  "Where nothing is sent, nothing shows that the peer's host has lost its power or its cable: the other end stays ESTABLISHED for ever. With SO_KEEPALIVE the kernel asks after tcp_keepalive_time (2 h; here 1 s), by a segment whose number was acknowledged long ago, which a live peer answers. If none comes it asks every tcp_keepalive_intvl (75 s; here 1 s), gives up after tcp_keepalive_probes (9; here 2), sends a reset in vain, and recv() fails with ETIMEDOUT. The client was only cut off: its end is half-open until a reset answers what it sends next.":
    '什么也不发送的时候，就没有什么会告诉你对端的主机断了电或断了线：另一端永远停留在 ESTABLISHED 状态。有了 SO_KEEPALIVE，内核在 tcp_keepalive_time（2 小时；这里 1 秒）之后用一个序号早已确认过的报文段探询，活着的对端会回答。如果没有回答，就每隔 tcp_keepalive_intvl（75 秒；这里 1 秒）再问，问过 tcp_keepalive_probes 次（9；这里 2）后放弃，徒劳地发送一个 RST，recv() 以 ETIMEDOUT 失败。客户端只是被切断了：它的一端是半开的，直到它下次发送时得到 RST 为止。',
  'a live peer answers': '活着的对端会回答',
  'a peer that is cut off does not, and only one end finds out':
    '被切断的对端不回答，而且只有一端发现',
  'the client is back: one connection goes on, the other is reset':
    '客户端回来了：一个连接继续，另一个收到 RST',
};

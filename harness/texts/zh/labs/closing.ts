import type { Catalogue } from '../../translate.ts';

export const closing: Catalogue = {
  // close
  'Four segments end a connection': '四个报文段结束一个连接',
  'The client has nothing more to say and closes; the server does so later. Each side sends a FIN of its own and has it acknowledged, since each direction is closed separately. A FIN takes one sequence number, as a SYN does, and is acknowledged by its number plus one; it goes as FIN+ACK, since every segment after the first SYN carries an ACK. The kernel acknowledges a FIN without being asked; the other FIN goes out when the program there calls close(). Every segment is held until the states that it will end have been seen.':
    '客户端没有更多的话要说，于是关闭；服务器过后才关闭。每一方都发送自己的 FIN 并得到确认，因为每个方向各自关闭。FIN 和 SYN 一样占用一个序号，所以确认号是它的序号加一；它以 FIN+ACK 发出，因为第一个 SYN 之后的每个报文段都带着 ACK。内核不用吩咐就会确认 FIN；另一个 FIN 要等那边的程序调用 close() 才发出。每个报文段都被扣住，直到它将要结束的状态已经被看见。',
  'the client closes, its FIN is held': '客户端关闭，它的 FIN 被扣住',
  'the FIN reaches the server': 'FIN 到达服务器',
  'its ACK reaches the client': '对它的 ACK 到达客户端',
  'the server closes, its FIN is held': '服务器关闭，它的 FIN 被扣住',
  'the FIN reaches the client': 'FIN 到达客户端',
  'its ACK reaches the server': '对它的 ACK 到达服务器',
  // three-segment-close
  'FIN, FIN+ACK, ACK: three segments can end a connection':
    'FIN、FIN+ACK、ACK：三个报文段也能结束一个连接',
  "A server that waits in recv() and closes as soon as that returns 0 is faster than its kernel, which keeps the ACK of a FIN back in the hope of something to go with it: for 40 ms where data has been received before, else for a tick of its clock. So the server's FIN takes the ACK along, and the client, which gets both at once, goes from FIN-WAIT-1 straight to TIME-WAIT. How fast a program is, no one can promise: clients come until it was fast enough for one of them, twenty at most. Then a server takes its time, and the ACK that goes out alone is lost; its FIN carries the ACK in any case.":
    '一个服务器在 recv() 中等待，返回 0 就立即关闭，它比自己的内核还快：内核把对 FIN 的 ACK 留一会儿，希望有别的东西可以捎带：以前收到过数据的话留 40 毫秒，否则留一个时钟节拍。于是服务器的 FIN 把 ACK 一起带走，客户端同时得到两者，从 FIN-WAIT-1 直接进入 TIME-WAIT。程序有多快，谁也不能保证：客户端一个接一个地来，直到它对其中一个够快为止，最多二十个。然后是一个不慌不忙的服务器，单独发出的 ACK 被丢弃；无论如何它的 FIN 都带着 ACK。',
  'client {n} of a server that closes at once': '立即关闭的服务器，第 {n} 个客户端',
  'a server that closes later: its ACK goes alone, and is lost':
    '过后才关闭的服务器：它的 ACK 单独发出，并且丢失',
  'its FIN acknowledges as well': '它的 FIN 同时也是确认',
  // simultaneous-close
  'Both close at the same time: CLOSING': '双方同时关闭：CLOSING',
  "Client and server close before either has heard of the other's FIN: the two FINs cross. Each side receives a FIN where it waited for the ACK of its own; it acknowledges it and goes from FIN-WAIT-1 to CLOSING, and from there, by the ACK of its own FIN, to TIME-WAIT. Both were the first to close, so both have to wait there. CLOSING lasts only until the ACK comes, which is right behind the FIN. To see it at both ends at once, the server's ACK is held and the client's is lost on the way. Its kernel would send it again as soon as the server's FIN came again, after the retransmission timeout; the lab does not wait for that and sends it itself.":
    '客户端和服务器都在得知对方的 FIN 之前关闭：两个 FIN 在途中交错而过。每一方都在等待对自己 FIN 的 ACK 时收到了 FIN；它确认这个 FIN，从 FIN-WAIT-1 进入 CLOSING，再由对自己 FIN 的 ACK 进入 TIME-WAIT。双方都是先关闭的一方，所以都要在那里等待。CLOSING 只持续到 ACK 到来，而 ACK 就紧跟在 FIN 之后。为了在两端同时看到它，服务器的 ACK 被扣住，客户端的 ACK 在途中丢失。服务器的 FIN 在重传超时之后再来时，客户端的内核会重传这个 ACK；本实验不等它，而是自己发送。',
  'both close': '双方都关闭',
  "the server's FIN reaches the client": '服务器的 FIN 到达客户端',
  "the client's FIN reaches the server; the ACK behind it is lost":
    '客户端的 FIN 到达服务器；它后面的 ACK 丢失',
  "the server's ACK reaches the client": '服务器的 ACK 到达客户端',
  "the client's ACK reaches the server after all": '客户端的 ACK 终于到达服务器',
  // half-close
  'One direction closed, the other still open': '一个方向关闭，另一个方向仍然打开',
  "The client calls shutdown(SHUT_WR): it has nothing more to send, which its FIN says, but it keeps the socket and goes on reading. In FIN-WAIT-2 it receives, in CLOSE-WAIT the server sends; only the client's own send fails, with EPIPE, and the server's recv returns 0. That may last for ever: tcp_fin_timeout, here 1 s, is for connections that no process has any more, and this one is not orphaned. The server's close ends the other direction, and the client, which closed its own first, is in TIME-WAIT although its program still has the descriptor.":
    '客户端调用 shutdown(SHUT_WR)：它没有更多的数据要发送，它的 FIN 说的就是这个；但是它保留套接字，继续读取。客户端在 FIN-WAIT-2 状态接收，服务器在 CLOSE-WAIT 状态发送；只有客户端自己的 send 以 EPIPE 失败，服务器的 recv 返回 0。这可以一直持续下去：tcp_fin_timeout（这里是 1 秒）只管不再属于任何进程的连接，而这一个不是孤儿。服务器的 close 结束另一个方向，先关闭自己方向的客户端进入 TIME-WAIT，虽然它的程序还持有描述符。',
  'the client has nothing more to send': '客户端没有更多的数据要发送',
  'the server sends, the client receives': '服务器发送，客户端接收',
  'no timer ends it': '没有定时器结束它',
  // close-wait-leak
  'CLOSE-WAIT lasts until the program closes': 'CLOSE-WAIT 一直持续到程序关闭为止',
  "Three clients come and go; the server is told so (recv returns 0), but it forgets to close. CLOSE-WAIT waits for the program, not for the network, and no timer ends it: the sockets and their descriptors are leaked, while the clients' FIN-WAIT-2 has long been given up (after tcp_fin_timeout, here 3 s). More and more CLOSE-WAITs are the mark of a program that forgets to close. When its process ends, the kernel closes for it; the FINs meet clients that have forgotten everything, whose resets end it.":
    '三个客户端来了又走；服务器得到了通知（recv 返回 0），却忘了关闭。CLOSE-WAIT 等的是程序而不是网络，没有定时器结束它：套接字和描述符泄漏了，而客户端的 FIN-WAIT-2 早已被放弃（在 tcp_fin_timeout 之后，这里是 3 秒）。CLOSE-WAIT 越来越多，就是程序忘记关闭的标志。进程结束时，内核替它关闭；这些 FIN 遇到的客户端已经忘掉了一切，由它们的 RST 来结束。',
  'a client comes and goes, descriptor {n} stays': '一个客户端来了又走，描述符 {n} 留了下来',
  'the clients have given up, the server has not': '客户端已经放弃，服务器没有',
  'the process ends, and the kernel closes for it': '进程结束，内核替它关闭',
  // fin-wait-2-timeout
  'An orphaned FIN-WAIT-2 does not last': '孤儿 FIN-WAIT-2 不会持久',
  "The server's process is stopped, and the client does nothing. The server's FIN is acknowledged, so its connection waits in FIN-WAIT-2 for the client's. RFC 9293 lets it wait for ever; but no process could receive anything there, so Linux gives it up after tcp_fin_timeout (60 s by default, here 5 s), without a segment. The client knows nothing of it and stays in CLOSE-WAIT. When it closes at last, its FIN finds no connection and is answered by a reset: LAST-ACK ends at once, and nobody has the TIME-WAIT that the first to close should have.":
    '服务器的进程被结束，客户端什么也不做。服务器的 FIN 得到了确认，所以它的连接在 FIN-WAIT-2 状态等待客户端的 FIN。RFC 9293 让它永远等下去；但是没有进程还能在那里接收什么，所以 Linux 在 tcp_fin_timeout（默认 60 秒，这里 5 秒）之后放弃它，不发送任何报文段。客户端毫不知情，停留在 CLOSE-WAIT 状态。它终于关闭时，它的 FIN 找不到人，得到的是 RST：LAST-ACK 立即结束，而先关闭的一方本来应有的 TIME-WAIT 哪里也没有。',
  'the server is stopped, the client does nothing': '服务器被结束，客户端什么也不做',
  'the client closes too late': '客户端关闭得太晚',
  'nothing is left in the way of the next server': '没有什么妨碍下一个服务器',
};

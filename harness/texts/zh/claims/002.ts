import type { Catalogue } from '../../translate.ts';

/** Claims of document 002, what Linux does, and why. */
export const of002: Catalogue = {
  'A connection must have been made before data can be sent': '必须先建立连接才能发送数据',
  'TCP keeps state': 'TCP 是有状态的',
  'A TCP connection is really two physical connections, one each way':
    '一个 TCP 连接实际上是两条物理连接，每个方向一条',
  'one connection: one four-tuple, one socket at each end; its two directions have sequence numbers of their own':
    '一个连接：一个四元组，每端一个套接字；两个方向有各自的序号',
  'data and ACKs of both directions travel in the same segments':
    '两个方向的数据和 ACK 走在同样的报文段里',
  'Before the handshake the server creates a socket, binds it and listens':
    '握手之前，服务器创建套接字，绑定，监听',
  'The client creates a socket and connects': '客户端创建套接字并连接',
  'First: client to server, SYN, seq=x': '第一：客户端到服务器，SYN，seq=x',
  'Second: server to client, SYN+ACK, seq=y, ack=x+1':
    '第二：服务器到客户端，SYN+ACK，seq=y，ack=x+1',
  'Third: client to server, ACK, ack=y+1': '第三：客户端到服务器，ACK，ack=y+1',
  'During the handshake the two ends are in different states': '握手期间两端处于不同的状态',
  'Having sent its SYN, the client is in SYN-SENT': '发送 SYN 之后，客户端处于 SYN-SENT 状态',
  'Having called listen, the server is in LISTEN': '调用 listen 之后，服务器处于 LISTEN 状态',
  'On the SYN the server itself goes from LISTEN to SYN-RECEIVED':
    '收到 SYN，服务器自己从 LISTEN 进入 SYN-RECEIVED',
  'the listener stays in LISTEN; beside it there is a new entry in SYN-RECEIVED that no process owns':
    '监听套接字停留在 LISTEN 状态；旁边多了一个处于 SYN-RECEIVED 状态的条目，不属于任何进程',
  'the kernel remembers a half-made connection as a small request of its own, so that one listener can have many':
    '内核把半连接记为单独的小请求，所以一个监听套接字可以有许多个',
  'The server answers the SYN at once': '服务器马上回答 SYN',
  "SYN+ACK does two things: it acknowledges the client's direction and asks for its own":
    'SYN+ACK 有两个作用：确认客户端的方向，并请求自己的方向',
  'The SYN+ACK makes the client ESTABLISHED: it may send data now':
    'SYN+ACK 使客户端成为 ESTABLISHED：现在可以发送数据',
  "The client acknowledges the server's SYN": '客户端确认服务器的 SYN',
  'With that ACK the server is ESTABLISHED': '有了这个 ACK，服务器也处于 ESTABLISHED 状态',
  'SYN-SENT and SYN-RECEIVED are so short that nc and the like hardly show them':
    'SYN-SENT 和 SYN-RECEIVED 非常短暂，用 nc 等工具很难看到',
  'A SYN asks for a connection, an ACK answers': 'SYN 请求连接，ACK 应答',
  'Three segments and not four, since the server sends SYN and ACK together':
    '是三个而不是四个报文段，因为服务器把 SYN 和 ACK 一起发送',
  'To disconnect, a FIN is sent': '要断开连接，就发送 FIN',
  'A FIN is confirmed by an ACK': 'FIN 由 ACK 确认',
  'Disconnecting takes four steps': '断开连接需要四步',
  'often three: a program that closes as soon as it reads the end of its input sends FIN and ACK in one segment':
    '往往是三步：一读到输入末尾就关闭的程序，把 FIN 和 ACK 放在一个报文段里发送',
  'the kernel delays the ACK of a FIN a little, and a FIN that follows takes it along':
    '内核把对 FIN 的 ACK 稍稍推迟，随后的 FIN 就带上它',
  'Either end may disconnect first': '任何一端都可以先断开',
  "First: the client's FIN closes the direction from client to server":
    '第一：客户端的 FIN 关闭客户端到服务器的方向',
  'Second: the server acknowledges it': '第二：服务器确认它',
  'At the same time the server sends a FIN too': '服务器同时也发送 FIN',
  'not before its program closes; until then it is in CLOSE-WAIT, for as long as that takes':
    '要等它的程序关闭才发送；在那之前它处于 CLOSE-WAIT 状态，要多久就多久',
  'the kernel ends a direction only when the program that sends in it says so':
    '只有在某个方向上发送的程序说结束，内核才结束这个方向',
  "With the server's ACK nothing more is sent from client to server":
    '有了服务器的 ACK，客户端到服务器不再发送任何东西',
  "The client acknowledges the server's FIN": '客户端确认服务器的 FIN',
  'While data flow, both ends are ESTABLISHED': '传送数据时，两端都处于 ESTABLISHED 状态',
  'Having sent its FIN, the client is in FIN-WAIT-1 and waits for the ACK':
    '发送 FIN 之后，客户端处于 FIN-WAIT-1 状态，等待 ACK',
  'From then on the client sends no more data': '从此客户端不再发送数据',
  "Having disconnected, the client can still receive the server's data":
    '断开之后，客户端仍然可以接收服务器的数据',
  "after shutdown(SHUT_WR) it can; after close() the server's data meet a reset":
    'shutdown(SHUT_WR) 之后可以；close() 之后，服务器的数据遇到 RST',
  'close() gives up both directions: nobody is left to read':
    'close() 放弃两个方向：没有人会去读了',
  "The client's ACK takes the server from ESTABLISHED to CLOSE-WAIT":
    '客户端的 ACK 使服务器从 ESTABLISHED 进入 CLOSE-WAIT',
  'its FIN does': '使它进入的是客户端的 FIN',
  'a slip: "ack" where "fin" is meant': '笔误：应为“fin”的地方写了“ack”',
  'The ACK takes the client from FIN-WAIT-1 to FIN-WAIT-2':
    'ACK 使客户端从 FIN-WAIT-1 进入 FIN-WAIT-2',
  "In FIN-WAIT-2 the client waits for the server's FIN":
    '在 FIN-WAIT-2 状态，客户端等待服务器的 FIN',
  'Sending its FIN takes the server from CLOSE-WAIT to LAST-ACK, to wait for the last ACK':
    '发送 FIN 使服务器从 CLOSE-WAIT 进入 LAST-ACK，等待最后的 ACK',
  "The server's FIN takes the client from FIN-WAIT-2 to TIME-WAIT":
    '服务器的 FIN 使客户端从 FIN-WAIT-2 进入 TIME-WAIT',
  'After 2MSL the client is CLOSED': '2MSL 之后客户端处于 CLOSED 状态',
  'With the last ACK the server is CLOSED': '有了最后的 ACK，服务器处于 CLOSED 状态',
  'That it takes three segments makes the connection reliable': '需要三个报文段，这使连接可靠',
  'A client whose SYN is not answered in time sends another':
    '客户端的 SYN 没有及时得到回答，就再发一个',
  'With two segments only, the server would hold any SYN for a connection, a late one too':
    '如果只有两个报文段，服务器会把任何 SYN 当作连接，迟到的也不例外',
  'If the first SYN then arrives as well, the server answers again with a connection request':
    '如果第一个 SYN 后来也到了，服务器会再次应答，发出连接请求',
  'while the connection lasts, a late copy of its SYN gets a mere ACK; only a late SYN of another connection gets a SYN+ACK':
    '连接存在时，它的 SYN 迟到的副本只得到 ACK；只有另一个连接迟到的 SYN 才得到 SYN+ACK',
  'a SYN that is sent again has the same four-tuple and sequence number: it is no second request':
    '重传的 SYN 四元组和序号都相同：它不是第二个请求',
  'The client stops an invalid connection by not sending the third ACK':
    '客户端靠不发送第三个 ACK 来终止无效的连接',
  'it sends a reset, which takes the server from SYN-RECEIVED back to LISTEN at once':
    '它发送 RST，使服务器立即从 SYN-RECEIVED 回到 LISTEN',
  'silence would leave the server in SYN-RECEIVED, sending SYN+ACK again for a minute (RFC 9293 3.5, figure 8)':
    '沉默会使服务器停留在 SYN-RECEIVED 状态，一分钟内一再重传 SYN+ACK（RFC 9293 3.5，图 8）',
  'The last ACK may be lost': '最后的 ACK 可能丢失',
  'A server that does not get it sends its FIN again': '收不到它的服务器重传 FIN',
  'During 2MSL the client can acknowledge that FIN again': '在 2MSL 内，客户端可以再次确认这个 FIN',
  "CLOSING: a FIN was sent, and the other's FIN comes before its ACK":
    'CLOSING：发送了 FIN，没有收到 ACK，先收到了对方的 FIN',
  'CLOSING is very rare': 'CLOSING 十分罕见',
  'the lab holds the wire to make it last': '实验扣住线路，使它停留',
  'how rare it is needs traffic of many hosts': '有多罕见，要有许多主机的流量才能得知',
  'It comes of both ends closing at once, and of delays on the way':
    '它来自两端同时关闭，以及途中的延迟',
  'Each SYN is answered by an ACK': '每个 SYN 都由 ACK 应答',
  'Each FIN is answered by an ACK': '每个 FIN 都由 ACK 应答',
  'Opening and closing are complete only when both directions are dealt with':
    '两个方向都处理完毕，打开和关闭才算完成',
  'When a connection is opened, client and server have states of their own':
    '打开连接时，客户端和服务器各有自己的状态',
  'When it is closed, only who closes first matters, not who is client or server':
    '关闭时只看谁先关闭，不看谁是客户端或服务器',
};

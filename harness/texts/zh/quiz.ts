import type { Catalogue } from '../translate.ts';

/** Questions to whoever predicts, and why answers are right or wrong. */
export const quiz: Catalogue = {
  'In which states are the two ends when it has arrived?': '它到达之后，两端各处于什么状态？',
  'What does the {host} send next on this connection?': '{host}接下来在这个连接上发送什么？',
  '{call} of the {host} waits. What does it return when this has arrived?':
    '{host}的 {call} 正在等待。这个报文段到达之后它返回什么？',
  'If this takes the {host} to TIME-WAIT, for how long?':
    '如果{host}由此进入 TIME-WAIT，会停留多久？',
  '{call} has returned already. Where are its octets now?': '{call} 已经返回。这些字节现在在哪里？',
  'A program starts at the {host} and sets SO_REUSEADDR. What does bind() to port {port} return?':
    '{host}上将启动一个设置了 SO_REUSEADDR 的程序。它对端口 {port} 的 bind() 返回什么？',
  'A program starts at the {host}. What does bind() to port {port} return?':
    '{host}上将启动一个程序。它对端口 {port} 的 bind() 返回什么？',
  states: '状态',
  answer: '作答',
  'next from the {host}': '{host}的下一个报文段',
  'nothing at all': '什么也不发',
  '{n} s, as {sysctl} says': '{n} 秒，由 {sysctl} 决定',
  'no longer than its process lives': '进程结束就没有了',
  '{n} s': '{n} 秒',
  "in its own host's send buffer (Send-Q)": '在本机的发送缓冲区里（Send-Q）',
  "in the other host's receive queue (Recv-Q)": '在对端主机的接收队列里（Recv-Q）',
  'in the program at the other end': '已到对端的程序手里',
  'nothing yet: it goes on waiting': '还不返回：继续等待',
  'a new descriptor': '一个新的描述符',
  ' or ': ' 或 ',
  'none of these: it does not count': '都不是：这一题不计分',
  'skipped: {answer}': '跳过：{answer}',
  'right: {answer}': '正确：{answer}',
  'not {said}, but {answer}': '不是“{said}”，而是“{answer}”',
  'Document {document}, "{section}", has it, too.': '文档 {document}“{section}”里也有这种说法。',
  'Misconception: {name}.': '常见误解：{name}。',
  'predicted: {score}': '预测：{score}',
  'misconceptions: ': '误解：',
  '{right} of {asked} right': '{asked} 题中对了 {right} 题',
  '{right} of {asked} right, {skipped} skipped': '{asked} 题中对了 {right} 题，跳过 {skipped} 题',

  // Names of misconceptions.
  'accept() makes the connection': '连接是 accept() 建立的',
  'listen(n) lets n connections in': 'listen(n) 放进 n 个连接',
  'both ends are ESTABLISHED at once': '两端同时进入 ESTABLISHED',
  'connect() waits for accept()': 'connect() 要等 accept()',
  'a FIN closes both directions': 'FIN 同时关闭两个方向',
  'FIN and RST are the same': 'FIN 和 RST 是一回事',
  'a FIN takes no sequence number': 'FIN 不占序号',
  'a port is free when its process is gone': '进程没了，端口就空出来了',
  'a full accept queue answers all the same': '接受队列满了照样应答',
  'a full accept queue answers with a reset': '接受队列满了会回 RST',
  'TIME-WAIT lasts the four minutes of RFC 9293': 'TIME-WAIT 持续 RFC 9293 的四分钟',
  'send() succeeded, so the data were delivered': 'send() 成功，数据就已送达',
  'SO_REUSEADDR on the new socket is enough': '只在新套接字上设置 SO_REUSEADDR 就够了',
  'a SYN is answered by an ACK alone': '对 SYN 只应答一个 ACK',
  'a SYN takes no sequence number': 'SYN 不占序号',
  '2MSL is tcp_fin_timeout': '2MSL 就是 tcp_fin_timeout',
  'TIME-WAIT at the wrong side': 'TIME-WAIT 放错了一边',

  // Why they are wrong.
  'The kernel makes it, with or without accept(), which only takes it from the queue.':
    '连接由内核建立，有没有 accept() 都一样；accept() 只是把它从队列里取出来。',
  'The kernel refuses when the queue is longer than n, not when it is as long: n+1 get in.':
    '内核在队列长于 n 时才拒绝，而不是等于 n 时：能进 n+1 个。',
  'Who receives the SYN+ACK is ESTABLISHED then; its peer only when the ACK of it has come.':
    '收到 SYN+ACK 的一端此时进入 ESTABLISHED；另一端要等到对它的 ACK 到达。',
  'It returns when the SYN+ACK has come, also where nobody ever calls accept().':
    'SYN+ACK 到达它就返回，即使从来没有人调用 accept()。',
  'It closes the direction of its sender; the other stays open until its own FIN.':
    '它只关闭发送者的那个方向；另一个方向直到自己的 FIN 为止一直开着。',
  'A FIN is the orderly end of one direction and is acknowledged; a RST ends all at once and is not.':
    'FIN 是一个方向的有序结束，会得到确认；RST 一下子结束一切，不会得到确认。',
  'It takes one, like a SYN, so that it can be acknowledged and sent again.':
    '它和 SYN 一样占一个序号，这样才能被确认、被重传。',
  'The kernel keeps the socket in TIME-WAIT, and with it the port, when no process has it any more.':
    '没有进程持有它之后，内核仍保留处于 TIME-WAIT 状态的套接字，端口也随之被占着。',
  'Since Linux 4.10 it drops the SYN; its sender hears nothing.':
    '自 Linux 4.10 起 SYN 被丢弃，发送者什么也听不到。',
  'It drops the SYN without a word, so that the client tries again; only tcp_abort_on_overflow resets.':
    'SYN 被悄悄丢弃，好让客户端再试；只有 tcp_abort_on_overflow 才会发送 RST。',
  'The RFC proposes an MSL of 2 minutes; in Linux TIME-WAIT is a constant of 60 s.':
    'RFC 建议 MSL 为 2 分钟；在 Linux 里 TIME-WAIT 是常数 60 秒。',
  "It has put the octets into its own host's buffer; that they have arrived only an ACK says.":
    '它只是把字节放进了本机的缓冲区；是否到达，只有 ACK 才能说明。',
  'The old socket must have had the option, too: the kernel asks both.':
    '旧套接字也必须设置过这个选项：内核两边都要问。',
  'It is answered by SYN+ACK: each direction has numbers of its own, and a SYN sets them.':
    '应答的是 SYN+ACK：每个方向有自己的序号，由 SYN 确定。',
  'It takes one, so the other end acknowledges x+1.': '它占一个序号，所以对端确认的是 x+1。',
  'tcp_fin_timeout is for FIN-WAIT-2 without a process; the length of TIME-WAIT is a constant.':
    'tcp_fin_timeout 管的是没有进程的 FIN-WAIT-2；TIME-WAIT 的长度是常数。',
  'It is for the end that closed first and sends the last ACK; the other is CLOSED at once.':
    '它属于先关闭、发送最后一个 ACK 的一端；另一端立即 CLOSED。',

  // Rules.
  'Nothing in it takes an end to another state (RFC 9293 3.10.7).':
    '它里面没有什么会让哪一端改变状态（RFC 9293 3.10.7）。',
  'Nobody listens at that port: a SYN that meets no socket is answered by a reset (RFC 9293 3.10.7.1).':
    '那个端口没有人监听：遇不到套接字的 SYN 得到 RST（RFC 9293 3.10.7.1）。',
  'No socket is there for it any more: it is answered by a reset (RFC 9293 3.10.7.1).':
    '已经没有它的套接字了：得到 RST（RFC 9293 3.10.7.1）。',
  'The accept queue is full: Linux drops the SYN without a word, and its sender tries again.':
    '接受队列满了：Linux 悄悄丢弃 SYN，发送者会再试。',
  'Nothing in it asks for an answer.': '它里面没有什么需要应答。',
  'A SYN takes one sequence number, so ack=x+1; with the same segment the other direction begins, with a number of its own (RFC 9293 3.5).':
    'SYN 占一个序号，所以 ack=x+1；同一个报文段也开始了另一个方向，带着自己的序号（RFC 9293 3.5）。',
  'Its own SYN took one number, so it goes on with seq=x+1; it acknowledges the SYN of the other end (RFC 9293 3.5).':
    '它自己的 SYN 占了一个序号，所以接着是 seq=x+1；它确认对端的 SYN（RFC 9293 3.5）。',
  'A FIN takes one sequence number after the data and is acknowledged at once; a reset would throw away what is still on its way (RFC 9293 3.6).':
    'FIN 在数据之后占一个序号，并立即得到确认；RST 会丢掉还在路上的数据（RFC 9293 3.6）。',
  'A port is taken as long as a socket has it, one in TIME-WAIT included; SO_REUSEADDR helps only where the old socket and the new one both set it.':
    '只要有套接字占着端口，包括处于 TIME-WAIT 状态的，端口就不空；SO_REUSEADDR 只有在新旧套接字都设置了时才有用。',
  'Nothing stands in its way: no socket has that port, or both the old one and the new one set SO_REUSEADDR.':
    '没有什么妨碍它：没有套接字占着这个端口，或者新旧套接字都设置了 SO_REUSEADDR。',
  'accept() takes finished connections from the queue: there is none before the third segment.':
    'accept() 从队列里取已完成的连接：第三个报文段之前一个也没有。',
  'The third segment has made the connection, in the kernel; accept() takes it from the queue and returns a socket of its own.':
    '第三个报文段在内核里建成了连接；accept() 把它从队列里取出，返回一个专用的套接字。',
  'A reset in answer to a SYN says that nobody listens at that port.':
    '对 SYN 的应答是 RST，说明那个端口没有人监听。',
  'connect() returns when its SYN is acknowledged.': 'connect() 在它的 SYN 被确认时返回。',
  'connect() returns when the SYN+ACK has come; whether anybody calls accept() does not matter.':
    'SYN+ACK 到达 connect() 就返回；有没有人调用 accept() 无关紧要。',
  'It returns when there is something to receive, or a FIN or a reset has come.':
    '有东西可收，或者 FIN 或 RST 到达时，它才返回。',
  'A reset has ended the connection: what was not read is lost.':
    'RST 结束了连接：还没读的都丢了。',
  'A FIN is the end of the data: recv() returns 0, at once and every time from now on.':
    'FIN 是数据的结尾：从此以后 recv() 每次都立即返回 0。',
  'recv() returns as soon as there is something, with as much as there is, up to what it has room for.':
    '一有数据 recv() 就返回，有多少给多少，不超过它的容量。',
  'Linux keeps TIME-WAIT for TCP_TIMEWAIT_LEN, 60 s, whatever tcp_fin_timeout says; RFC 9293 3.4.2 asks for twice the MSL, which it takes to be 2 minutes.':
    'Linux 的 TIME-WAIT 是 TCP_TIMEWAIT_LEN，即 60 秒，与 tcp_fin_timeout 无关；RFC 9293 3.4.2 要求两倍的 MSL，并把 MSL 定为 2 分钟。',
  'send() returns when the octets are in the send buffer. They stay there until they are acknowledged (RFC 9293 3.10.2).':
    '字节进了发送缓冲区 send() 就返回。它们留在那里，直到被确认（RFC 9293 3.10.2）。',
  'Linux: {edge}.': 'Linux：{edge}。',
  'RFC 9293, figure 5: {edge}.': 'RFC 9293 图 5：{edge}。',
  'A reset ends a connection at once, in any state, and leaves no TIME-WAIT.':
    'RST 在任何状态下都立即结束连接，不留下 TIME-WAIT。',
  'A SYN at a listener begins a connection of its own in SYN-RECEIVED; the listener stays in LISTEN.':
    'SYN 到达监听套接字，就另外开始一个处于 SYN-RECEIVED 状态的连接；监听套接字仍处于 LISTEN 状态。',
  'The SYN+ACK acknowledges its SYN: whoever opened is ESTABLISHED one segment before the other end.':
    'SYN+ACK 确认了它的 SYN：主动打开的一端比另一端早一个报文段进入 ESTABLISHED。',
  'Two SYNs have crossed: each end answers with SYN+ACK.':
    '两个 SYN 交错而过：两端各以 SYN+ACK 应答。',
  'The ACK of its SYN completes the handshake; no program has a part in it.':
    '对它的 SYN 的 ACK 完成了握手；没有程序参与其中。',
  'A FIN says that its sender sends no more. The receiver waits in CLOSE-WAIT until its own program closes.':
    'FIN 说明发送者不再发送了。接收者在 CLOSE-WAIT 状态等待，直到自己的程序关闭。',
  'The ACK of its FIN closes one direction. It waits for the FIN of the other end.':
    '对它的 FIN 的 ACK 关闭了一个方向。它等待对端的 FIN。',
  'Two FINs have crossed: its own has not been acknowledged yet.':
    '两个 FIN 交错而过：它自己的还没有被确认。',
  'One segment brings both, the ACK of its FIN and the FIN of the other end.':
    '一个报文段带来了两样：对它的 FIN 的 ACK，和对端的 FIN。',
  'Whoever closed first waits in TIME-WAIT, so that the last ACK, which it sends, can be sent again.':
    '先关闭的一端在 TIME-WAIT 状态等待，好让它所发的最后一个 ACK 能够重传。',
  'Both have closed first, so both wait in TIME-WAIT.':
    '两端都是先关闭的，所以都在 TIME-WAIT 状态等待。',
  'Its program has closed, too: its FIN is on the way.': '它的程序也关闭了：它的 FIN 已经上路。',
  'The ACK of its FIN is the last segment: whoever closed last has nothing to wait for.':
    '对它的 FIN 的 ACK 是最后一个报文段：后关闭的一端没有什么可等的。',
  'TIME-WAIT makes way for a new SYN with a higher number.': 'TIME-WAIT 给序号更大的新 SYN 让路。',
  'TIME-WAIT is over.': 'TIME-WAIT 结束了。',

  // What shows it.
  'Seen: {all}': '证据：{all}',
  "the kernel's tracepoint at the {host}, {time}: {from} -> {to}":
    '{host}内核的跟踪点，{time}：{from} -> {to}',
  'ss at the {host}, {time}: no such socket': '{host}上的 ss，{time}：没有这样的套接字',
  'ss at the {host}, {time}: {line}': '{host}上的 ss，{time}：{line}',
  "frame {n} of the {host}'s capture, {time}": '{host}抓包的第 {n} 帧，{time}',
  'it waits at the {host}, {time}': '它在{host}等待，{time}',
  '{call} has not returned': '{call} 还没有返回',

  // What holds of answers in a bundle.
  'an answer is right by what the run had shown when it was graded':
    '答案对不对，由评分之时这次运行已经显示的内容决定',
  'who is asked walks through the lab, and answers each question once':
    '被提问的人在逐步走实验，每题只答一次',
  'there is no such choice': '没有这样的选项',

  // The page.
  Quiz: '测验',
  'Leave the quiz': '离开测验',
  'about to arrive': '即将到达',
  'from the {host}': '来自{host}',
  Skip: '跳过',
  'Go on': '继续',
  'In this run there is nothing to ask.': '这次运行里没有什么可问的。',
  'The run is over: {score}': '运行结束：{score}',

  // The terminal.
  'the answers cannot be written: {why}': '答案无法写入：{why}',
  '--answers is for --predict: nobody else is asked anything':
    '--answers 用于 --predict：否则没有人被提问',
  'cannot write to {file}: its folder is not there': '无法写入 {file}：它的文件夹不存在',
  '{file} is there and is not a file of answers: name another one':
    '{file} 已存在，而且不是答案文件：请换一个名字',
  '1-{n} answers': '1-{n} 作答',
  'Enter skips': 'Enter 跳过',
  '? help': '? 帮助',
  'A digit chooses an answer; Enter skips the question, which the score then shows.':
    '按数字选择答案；Enter 跳过这一题，得分里会显示出来。',
  'The answer is right when the run shows it: ss, the tracepoint, the captures and the calls decide, and no table.':
    '答案对不对由这次运行来说：由 ss、跟踪点、抓包和系统调用决定，而不是由表格决定。',
  'Numbers are counted from the first of each side: x for the client, y for the server.':
    '序号从各自的第一个数起：客户端是 x，服务器是 y。',
  's prints what ss shows at both hosts now, p the ladder so far; Tab lets the other segment go first.':
    's 打印两台主机上 ss 现在显示的内容，p 打印至今的梯形图；Tab 让另一个报文段先走。',
  'c lets the rest run on without questions, q ends the run; what was answered counts.':
    'c 让其余的继续运行、不再提问，q 结束运行；已经答的都算数。',
};

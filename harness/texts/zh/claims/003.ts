import type { Catalogue } from '../../translate.ts';

/** Claims of document 003, what Linux does, and why. */
export const of003: Catalogue = {
  'Only after the three-way handshake can data be exchanged': '必须经过三次握手才能交换数据',
  'First: the client sends SYN and is in SYN-SENT': '第一：客户端发送 SYN，处于 SYN-SENT 状态',
  'Second: the server sends ACK and SYN and is in SYN-RECEIVED':
    '第二：服务器发送 ACK 和 SYN，处于 SYN-RECEIVED 状态',
  'That state is called SYN_RECE': '这个状态叫做 SYN_RECE',
  "ss prints SYN-RECV, netstat SYN_RECV (as this document's own listing does), RFC 9293 SYN-RECEIVED":
    'ss 打印 SYN-RECV，netstat 打印 SYN_RECV（这份文档自己的列表也是），RFC 9293 写作 SYN-RECEIVED',
  'Third: on SYN and ACK the client goes from SYN-SENT to ESTABLISHED':
    '第三：收到 SYN 和 ACK，客户端从 SYN-SENT 到 ESTABLISHED',
  'That ACK takes the server from SYN-RECEIVED to ESTABLISHED':
    '这个 ACK 使服务器从 SYN-RECEIVED 到 ESTABLISHED',
  'Both directions are open now, and both ends may exchange data':
    '两个方向都已打开，双方都可以交换数据',
  'When the client has sent all its data, it sends a FIN': '客户端发送完所有数据，就发送 FIN',
  'That FIN closes the direction from client to server only': '这个 FIN 只关闭客户端到服务器的方向',
  'With it the client goes from ESTABLISHED to FIN-WAIT-1':
    '客户端随之从 ESTABLISHED 到 FIN-WAIT-1',
  'The server acknowledges the FIN': '服务器确认 FIN',
  'The server may have data left, and sends them before its own FIN':
    '服务器可能还有数据，在自己的 FIN 之前发送',
  'With that ACK the server goes from ESTABLISHED to CLOSE-WAIT':
    '发送这个 ACK，服务器从 ESTABLISHED 到 CLOSE-WAIT',
  "The ACK takes the client to FIN-WAIT-2, where it waits for the server's FIN":
    '这个 ACK 使客户端进入 FIN-WAIT-2，等待服务器的 FIN',
  'When the server has sent its data, it sends a FIN: CLOSE-WAIT to LAST-ACK':
    '服务器发送完数据就发送 FIN：从 CLOSE-WAIT 到 LAST-ACK',
  'The client acknowledges it: FIN-WAIT-2 to TIME-WAIT': '客户端确认它：从 FIN-WAIT-2 到 TIME-WAIT',
  'The ACK takes the server from LAST-ACK to CLOSED': '这个 ACK 使服务器从 LAST-ACK 到 CLOSED',
  'LISTEN: the server has a socket that waits for clients':
    'LISTEN：服务器有一个等待客户端的套接字',
  'ESTABLISHED: after three segments both directions are there':
    'ESTABLISHED：三个报文段之后，两个方向都已建立',
  'FIN_WAIT_1: a FIN was sent': 'FIN_WAIT_1：发送了 FIN',
  'FIN_WAIT_2: it was acknowledged': 'FIN_WAIT_2：FIN 得到确认',
  "TIME_WAIT: the other's FIN came and was acknowledged": 'TIME_WAIT：收到对方的 FIN 并确认',
  'TIME-WAIT is a state of the end that closes first': 'TIME-WAIT 是先关闭的一端的状态',
  'CLOSE: when 2MSL are over, all is as at the beginning': 'CLOSE：2MSL 过后，一切和开始时一样',
  'CLOSE_WAIT: the FIN was acknowledged, and the server waits until it closes itself':
    'CLOSE_WAIT：确认了 FIN，服务器等待自己关闭',
  'CLOSE-WAIT is a state of the end that closes second': 'CLOSE-WAIT 是后关闭的一端的状态',
  'LAST_ACK: the server has sent its FIN and waits for the ACK':
    'LAST_ACK：服务器发送了 FIN，等待 ACK',
  "CLOSE: with the client's ACK the server is as at the beginning":
    'CLOSE：收到客户端的 ACK，服务器和开始时一样',
  'Both ends send and receive: the roles change': '两端都收发数据：角色可以互换',
  'MSL is the longest time that an IP packet can live in the Internet; then it disappears':
    'MSL 是一个 IP 数据包能在互联网上生存的最长时间；超过就消失',
  'Linux measures no life of a packet: it forgets a connection when TIME-WAIT is over, and a segment that comes later meets a reset':
    'Linux 不计量数据包的寿命：TIME-WAIT 结束后它就忘掉连接，更晚到的报文段遇到 RST',
  "a lab's link loses and delays only what the lab tells it to":
    '实验的链路只按实验的要求丢失和延迟',
  'The MSL that RFC 1122 suggests is 2 minutes': 'RFC 1122 建议的 MSL 是 2 分钟',
  'TIME-WAIT is 60 s, as though the MSL were 30 s': 'TIME-WAIT 是 60 秒，好像 MSL 是 30 秒',
  'RFC 793 chose 2 minutes and RFC 1122 4.2.2.13 reckons with them; RFC 9293 3.4.2 still calls them an engineering choice':
    '选择 2 分钟的是 RFC 793，RFC 1122 4.2.2.13 照此计算；RFC 9293 3.4.2 仍称之为工程上的选择',
  'TCPs that come from Berkeley use an MSL of 30 s': '源自 Berkeley 的 TCP 使用 30 秒的 MSL',
  'Linux, which does not come from Berkeley, is in TIME-WAIT as long as they would be: 60 s':
    'Linux 不是源自 Berkeley，但 TIME-WAIT 与它们一样长：60 秒',
  'no such system can be run here': '这里不能运行那样的系统',
  'TIME-WAIT lasts two MSL, that is 1 to 4 minutes': 'TIME-WAIT 持续两个 MSL，也就是 1 到 4 分钟',
  'On Windows it is 4 minutes': '在 Windows 上是 4 分钟',
  'Linux: 60 s': 'Linux：60 秒',
  'Windows cannot be run here': '这里不能运行 Windows',
  'netstat and awk count the connections in each state': 'netstat 和 awk 统计各种状态的连接数',
  'The command can be typed as it is printed': '命令可以照印出来的样子输入',
  'tried beside the labs: the shell refuses it: syntax error near unexpected token; with plain apostrophes it works':
    '在实验之外试过：shell 拒绝它：syntax error near unexpected token；换成普通的单引号就行',
  'the quotes were made typographic: for a shell they are letters':
    '引号变成了排版用的弯引号：对 shell 来说它们是普通字符',
  "It prints states by netstat's names, SYN_RECV, FIN_WAIT1 and CLOSING among them":
    '它用 netstat 的名称打印状态，其中有 SYN_RECV、FIN_WAIT1 和 CLOSING',
  'On a busy host TIME-WAIT outnumbers all other states, by thousands':
    '在繁忙的主机上，TIME-WAIT 比所有别的状态都多，数以千计',
};

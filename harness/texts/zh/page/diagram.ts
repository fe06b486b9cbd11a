import type { Catalogue } from '../../translate.ts';

/** The state diagram with the way of one end through it. */
export const diagram: Catalogue = {
  'Figure 5 of RFC 9293, with its notes': 'RFC 9293 的图 5 及其注',
  'only where SYN-RECEIVED came from LISTEN': '只在 SYN-RECEIVED 状态来自 LISTEN 时',
  'not drawn in the figure: the FIN that comes acknowledges ours too':
    '图中没有画：到来的 FIN 同时确认了我方的 FIN',
  'a RST that comes leads to CLOSED, from every state that is marked so':
    '收到 RST 进入 CLOSED，凡这样标出的状态都是',
  'one that is sent leads to TIME-WAIT in the figure, and to CLOSED on Linux':
    '发送 RST，按图进入 TIME-WAIT，在 Linux 上进入 CLOSED',
  'Linux has this edge, the figure has not': 'Linux 有这个状态转换，图中没有',
  'not on Linux': 'Linux 上没有',
  'seen by ss': 'ss 看到',
  "seen by the kernel's tracepoint alone": '只有内核的跟踪点看到',
  'inferred from the segments': '由报文段推断',
  "TCP state diagram: the way of the server's end": 'TCP 状态图：服务器一端的路径',
  "TCP state diagram: the way of the client's end": 'TCP 状态图：客户端一端的路径',
  '{number}. {from} to {to}, {seen}': '{number}. {from} 到 {to}，{seen}',
  '{number}. {from} to {to} ({when}), {seen}': '{number}. {from} 到 {to}（{when}），{seen}',
  'Now in {state}.': '现在处于 {state}。',
};

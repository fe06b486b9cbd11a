import type { Catalogue } from '../translate.ts';

/** Walking through a lab, key by key. */
export const walk: Catalogue = {
  'two hosts are set up; q ends it at any time': '正在设置两台主机；随时可按 q 结束',
  'held by the lab: {segment}': '被实验扣住：{segment}',
  'waits: {segment}': '等待：{segment}',
  'passes the queue: {segment}': '经过队列：{segment}',
  'also waits: {segment}': '也在等待：{segment}',
  'the {host} has sent it again meanwhile; the copy is left out':
    '其间{host}又发送了一次；副本略去',
  'the lab loses it on arrival: nothing changes': '实验在它到达时将其丢弃：什么也不变',
  'then: the listener of the {host} stays, and a new socket is in {state}':
    '然后：{host}的监听套接字不变，新套接字处于 {state}',
  'a new socket, {way}; the listener stays': '新套接字：{way}；监听套接字不变',
  'then: the {host} stays in {state}': '然后：{host}停在 {state}',
  'then: the {host} goes from {from} to {to}': '然后：{host}从 {from} 到 {to}',
  'neither end has changed its state': '两端都没有改变状态',
  ' ({n} s left)': '（还剩 {n} 秒）',
  '{command} at the {host}:': '{host}上的 {command}：',
  'no sockets': '没有套接字',
  'no packet so far': '至今没有报文',
  'the rest runs on': '其余的继续运行',
  'Enter lets it through': 'Enter 放行',
  'Tab: the other one first': 'Tab 先放行另一个',
  's ss': 's ss',
  'p packets': 'p 报文',
  'c run on': 'c 继续运行',
  'q quit': 'q 退出',
  '{name} starts at the {host}': '{name} 在{host}上启动',
  'typed at the {host}: {text}': '在{host}上输入：{text}',
  '{signal} to a program of the {host}': '向{host}的程序发送 {signal}',
  segment: '报文段',
  'every {flags} that comes to the {host} is lost': '到达{host}的 {flags} 都丢失',
  'the next {flags} that come to the {host} are lost: {count}':
    '接下来到达{host}的 {flags} 丢失：{count} 个',
  'nothing more is lost at the {host}': '{host}不再丢失',
  'injected by the {host}: {segment}': '{host}注入：{segment}',
  'somebody walks through it: segments wait': '有人在逐步走过它：报文段在等待',

  // Why a lab cannot be walked.
  'it measures when a SYN is sent again': '它测量 SYN 何时重传',
  'it measures when SYNs are sent again': '它测量各个 SYN 何时重传',
  'it measures when a SYN+ACK is sent again': '它测量 SYN+ACK 何时重传',
  'it measures when data are sent again': '它测量数据何时重传',
  'it waits for FIN-WAIT-2 to end, which takes the longer the slower the wire is':
    '它等待 FIN-WAIT-2 结束，线路越慢等得越久',
  'it measures FIN-WAIT-2, which lasts the longer the slower the wire is':
    '它测量 FIN-WAIT-2，线路越慢持续得越久',
  'it measures when a silent peer is asked': '它测量何时探询沉默的对端',
  'it measures when a closed window is asked after': '它测量何时探询关闭的窗口',
  'it reads how long TIME-WAIT has left': '它读取 TIME-WAIT 还剩多久',
  'one host talks to itself, and nothing crosses the wire': '一台主机与自己通信，没有东西经过线路',
  'it floods the server with SYNs': '它用 SYN 淹没服务器',
  'it has two thousand connections': '它有两千个连接',
  'no segment {n} waits': '没有报文段 {n} 在等待',
};

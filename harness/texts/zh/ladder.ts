import type { Catalogue } from '../translate.ts';

/** The ladder in a terminal. */
export const ladder: Catalogue = {
  '... {span} ...': '... {span} ...',
  '... {count} more lines ...': '... 另有 {count} 行 ...',
  '... and {n} more connections': '... 另有 {n} 个连接',
  'the listening socket is closed': '监听套接字已关闭',
  '(the kernel alone keeps it, {span} more)': '（仅由内核保留，还有 {span}）',
  port: '端口',
  then: '此后',
  'at the end': '结束时',
  "port: the client's": '端口：客户端的',
  "port: the client's > the server's": '端口：客户端的 > 服务器的',
  '(STATE): since before': '(STATE)：此前已处于该状态',
  '[...]: done by the lab': '[...]：实验所做的',
  '(...): of the line above': '(...)：说明上一行',
  'held: kept back by the lab': '被扣住：由实验扣留',
  '//: it gets no further': '//：到此为止',
  'port {port}: {state}': '端口 {port}：{state}',
  'held {span}': '被扣住 {span}',
  'not seen': '没有看到',
  '{count} with the server in {server} and the client in {client}':
    '{count} 个服务器处于 {server}、客户端处于 {client}',
  'and {count} more connections that went the same ways, with {segments} segments: {ends}':
    '另有 {count} 个同样的连接，共 {segments} 个报文段：{ends}',
  '{name} ends, exit status {status}': '{name} 结束，退出状态 {status}',
  '{name} is ended by {signal}': '{name} 被 {signal} 结束',
  '[its wire is held]': '[它的线路被扣住]',
  '[what waits is let go]': '[等待的放行]',
  '[its wire is free]': '[它的线路放开]',
  '[nothing is lost any more]': '[不再丢失]',
  '[{signal} to {name}]': '[向 {name} 发送 {signal}]',
  '[typed: {text}]': '[输入：{text}]',
  '[its MTU: {octets}]': '[它的 MTU：{octets}]',
  '[what comes is lost]': '[到来的都丢失]',
  '[the next {flags} that comes is lost]': '[下一个到来的 {flags} 丢失]',
  '[every {flags} that comes is lost]': '[到来的 {flags} 都丢失]',
};

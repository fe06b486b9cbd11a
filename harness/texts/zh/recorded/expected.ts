import type { Catalogue } from '../../translate.ts';

/** What an expectation says, and what was seen when it was met. */
export const expected: Catalogue = {
  // What parts clauses and items.
  '; ': '；',
  ', ': '，',
  '{one}; {other}': '{one}；{other}',
  '{list}, {item}': '{list}，{item}',
  '{where}: {why}': '{where}：{why}',

  // Hosts, and what they are asked.
  server: '服务器',
  client: '客户端',
  '{name} of the {host} is {n}': '{host}的 {name} 为 {n}',
  '{name} of the {host} to be {n}': '{host}的 {name} 为 {n}',
  'sockets of the {host}: {what}': '{host}的套接字：{what}',
  'sockets of the {host} on port {port}: {what}': '{host}在端口 {port} 上的套接字：{what}',
  'netstat {command} of the {host} shows {line}': '{host}的 netstat {command} 显示 {line}',
  'netstat {command} of the {host} to show {line}': '{host}的 netstat {command} 显示 {line}',
  'netstat {command} of the {host} shows for port {port}: {line}':
    '{host}的 netstat {command} 在端口 {port} 上显示 {line}',
  'netstat {command} of the {host} to show for port {port}: {line}':
    '{host}的 netstat {command} 在端口 {port} 上显示 {line}',
  'netstat {command} of the {host} counts {what}': '{host}的 netstat {command} 计数：{what}',
  'netstat {command} of the {host} to count {what}': '{host}的 netstat {command} 计数：{what}',
  'netstat {command} of the {host} counts for port {port}: {what}':
    '{host}的 netstat {command} 在端口 {port} 上计数：{what}',
  'netstat {command} of the {host} to count for port {port}: {what}':
    '{host}的 netstat {command} 在端口 {port} 上计数：{what}',
  none: '没有',
  nothing: '什么也没有',

  // Ends of connections.
  'a new connection is ESTABLISHED at both ends': '新的连接，两端都处于 ESTABLISHED 状态',
  'a new connection ESTABLISHED at both ends': '新的连接，两端都处于 ESTABLISHED 状态',
  'a new connection of the {host} is in {state}': '{host}的新连接处于 {state}',
  'a new connection of the {host} in {state}': '{host}的新连接处于 {state}',
  '{end} is in {what}': '{end}处于 {what}',
  '{end} in {what}': '{end}处于 {what}',
  '{end} stays in {what} for {time}': '{end}保持 {what} 达 {time}',
  '{end} to stay in {what} for {time}': '{end}保持 {what} 达 {time}',
  '{end} is CLOSED': '{end}处于 CLOSED 状态',
  '{end} to be CLOSED': '{end}处于 CLOSED 状态',
  '{end} is CLOSED about {time} after it came into {state}':
    '{end}进入 {state} 约 {time} 后处于 CLOSED 状态',
  '{end} to be CLOSED about {time} after it came into {state}':
    '{end}进入 {state} 约 {time} 后处于 CLOSED 状态',
  '{end} (to {peer})': '{end}（对端 {peer}）',
  '{host} listens on port {port}': '{host}监听端口 {port}',
  '{host} to listen on port {port}': '{host}监听端口 {port}',
  '{n} in its accept queue (Recv-Q)': '全连接队列中 {n} 个（Recv-Q）',
  'backlog {n} (Send-Q)': 'backlog {n}（Send-Q）',
  'timer {name} {time}': '定时器 {name} {time}',
  'retransmitted once': '已重传一次',
  'retransmitted {n} times': '已重传 {n} 次',
  'held by a process': '由一个进程持有',
  orphaned: '已成孤儿',
  'not accepted yet': '尚未被 accept',
  'held by {name}': '由 {name} 持有',
  'no such socket (CLOSED)': '没有这个套接字（CLOSED）',
  'in each of {n} samples': '{n} 次采样都是如此',
  'gone after {time}': '{time} 后消失',
  'it gone after {time}': '它在 {time} 后消失',
  '{end} to {peer}': '{end} 到 {peer}',

  // Programs and calls.
  'start {n}': '第 {n} 次启动',
  'with SO_REUSEADDR': '带 SO_REUSEADDR',
  '{program} listens on port {port}': '{program} 监听端口 {port}',
  '{program} to listen on port {port}': '{program} 监听端口 {port}',
  '{call}() of {program}': '{program} 的 {call}()',
  '{program} fails with {code}': '{program} 以 {code} 失败',
  '{program} to fail with {code}': '{program} 以 {code} 失败',
  '{program} fails with {code} after about {time}': '{program} 约 {time} 后以 {code} 失败',
  '{program} to fail with {code} after about {time}': '{program} 约 {time} 后以 {code} 失败',
  '{program} prints {line}': '{program} 打印 {line}',
  '{program} to print {line}': '{program} 打印 {line}',
  '{program} ends': '{program} 结束',
  '{program} to end': '{program} 结束',
  '{program} is ended by {signal}': '{program} 被 {signal} 结束',
  '{program} to be ended by {signal}': '{program} 被 {signal} 结束',
  '{program} ends with status {n}': '{program} 以状态 {n} 结束',
  '{program} to end with status {n}': '{program} 以状态 {n} 结束',
  "'{call}' at the {host} succeeds": "{host}上 '{call}' 成功",
  "'{call}' at the {host} to succeed": "{host}上 '{call}' 成功",
  "'{call}' at the {host} returns {result}": "{host}上 '{call}' 返回 {result}",
  "'{call}' at the {host} to return {result}": "{host}上 '{call}' 返回 {result}",
  "'{call}' at the {host} fails with {code}": "{host}上 '{call}' 以 {code} 失败",
  "'{call}' at the {host} to fail with {code}": "{host}上 '{call}' 以 {code} 失败",
  '{what} after about {time}': '{what}，用时约 {time}',
  'after {time}': '用时 {time}',
  'ended by {signal}': '被 {signal} 结束',
  'exit status {n}': '退出状态 {n}',

  // The wire.
  'a segment of the {host} waits on the held wire': '{host}的一个报文段在被扣住的线路上等待',
  'a segment of the {host} to wait on the held wire': '{host}的一个报文段在被扣住的线路上等待',
  '{flags} of the {host} waits on the held wire': '{host}的 {flags} 在被扣住的线路上等待',
  '{flags} of the {host} to wait on the held wire': '{host}的 {flags} 在被扣住的线路上等待',
  '{some} or {one}': '{some} 或 {one}',
  'on the wire': '线路上',
  'on the wire nothing but': '线路上只有',
  'on the wire {line}': '线路上 {line}',
  'on the wire nothing but {line}': '线路上只有 {line}',
  "no '{line}' on the wire so far": "至今线路上没有 '{line}'",
  "no '{line}' on the wire for {time}": "{time} 内线路上没有 '{line}'",
  'no segment to or from port {port} so far': '至今没有到端口 {port} 或来自它的报文段',
  'no segment to or from port {port} for {time}': '{time} 内没有到端口 {port} 或来自它的报文段',
  found: '找到了',
  'found in both captures': '两份抓包中都找到了',

  // The state diagram.
  'edges of the state diagram': '状态图中的状态转换',
  'ss shows {edge}': 'ss 显示了 {edge}',
  'ss to show {edge}': 'ss 显示 {edge}',
  'no witness shows {edge}': '没有任何观测显示 {edge}',
  'no witness to show {edge}': '没有任何观测显示 {edge}',
  "the {host}'s {end} to {peer} in {state} at {time}, in {to} at {later}":
    '{host}的 {end} 到 {peer}：{time} 处于 {state}，{later} 处于 {to}',
  "the {host}'s {end} in {state} at {time}, in {to} at {later}":
    '{host}的 {end}：{time} 处于 {state}，{later} 处于 {to}',
  'the tracepoint at {time}': '跟踪点在 {time}',
  '{edge}: {seen}': '{edge}：{seen}',
  "the {host}'s {end} in {state}, later in {to}, not at once":
    '{host}的 {end} 先处于 {state}，后来处于 {to}，不是直接到的',
};

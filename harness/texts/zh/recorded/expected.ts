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
  "the {host}'s {name} to be {n}": '{host}的 {name} 为 {n}',
  "the {host}'s sockets to be {what}": '{host}的套接字：{what}',
  "the {host}'s sockets of port {port} to be {what}": '{host}在端口 {port} 上的套接字：{what}',
  "the {host}'s netstat {command} to show {line}": '{host}的 netstat {command} 显示 {line}',
  "the {host}'s netstat {command} of port {port} to show {line}":
    '{host}的 netstat {command} 在端口 {port} 上显示 {line}',
  "the {host}'s netstat {command} to count {what}": '{host}的 netstat {command} 计数：{what}',
  "the {host}'s netstat {command} of port {port} to count {what}":
    '{host}的 netstat {command} 在端口 {port} 上计数：{what}',
  none: '没有',
  nothing: '什么也没有',

  // Ends of connections.
  'a new connection ESTABLISHED at both ends': '新的连接，两端都是 ESTABLISHED',
  'a new connection of the {host} in {state}': '{host}的新连接处于 {state}',
  "the {host}'s end ({end}) in {what}": '{host}一端（{end}）处于 {what}',
  "the {host}'s end ({end}) in {what} for {time}": '{host}一端（{end}）保持 {what} 达 {time}',
  "the {host}'s end ({end}) gone": '{host}一端（{end}）已消失',
  "the {host}'s end ({end}) gone about {time} after it went to {state}":
    '{host}一端（{end}）进入 {state} 约 {time} 后消失',
  'the {host} in LISTEN on port {port}': '{host}在端口 {port} 上处于 LISTEN',
  'Recv-Q {n} (not accepted)': 'Recv-Q {n}（未被接受）',
  'Send-Q {n} (backlog)': 'Send-Q {n}（backlog）',
  'timer {name} {time}': '定时器 {name} {time}',
  'retransmitted once': '已重传一次',
  'retransmitted {n} times': '已重传 {n} 次',
  'held by a process': '由一个进程持有',
  'held by the kernel alone': '仅由内核持有',
  'held by {name}': '由 {name} 持有',
  'no such socket (CLOSED)': '没有这个套接字（CLOSED）',
  'it so in all {n} samples': '{n} 次采样都是如此',
  'it gone after {time}': '{time} 后消失',
  '{end} to {peer}': '{end} 到 {peer}',

  // Programs and calls.
  "the {host}'s {name} to listen on port {port}": '{host}的 {name} 监听端口 {port}',
  "the {host}'s {name} to fail with {code}": '{host}的 {name} 以 {code} 失败',
  "the {host}'s {name} to fail with {code} after about {time}":
    '{host}的 {name} 约 {time} 后以 {code} 失败',
  "the {host}'s {name} to print {line}": '{host}的 {name} 打印 {line}',
  "the {host}'s {name} to end": '{host}的 {name} 结束',
  "the {host}'s {name} to end by {signal}": '{host}的 {name} 被 {signal} 结束',
  "the {host}'s {name} to end with status {n}": '{host}的 {name} 以状态 {n} 结束',
  "'{call}' at the {host} to succeed": "{host}上 '{call}' 成功",
  "'{call}' at the {host} to return {result}": "{host}上 '{call}' 返回 {result}",
  "'{call}' at the {host} to fail with {code}": "{host}上 '{call}' 以 {code} 失败",
  "'{call}' at the {host} to succeed after about {time}": "{host}上 '{call}' 约 {time} 后成功",
  "'{call}' at the {host} to return {result} after about {time}":
    "{host}上 '{call}' 约 {time} 后返回 {result}",
  "'{call}' at the {host} to fail with {code} after about {time}":
    "{host}上 '{call}' 约 {time} 后以 {code} 失败",
  'after {time}': '用时 {time}',
  'ended by {signal}': '被 {signal} 结束',
  'exit status {n}': '退出状态 {n}',

  // The wire.
  "a segment of the {host}'s to wait to be let go": '{host}的一个报文段等待放行',
  "a segment {flags} of the {host}'s to wait to be let go": '{host}的报文段 {flags} 等待放行',
  'on the wire': '线路上',
  'on the wire nothing but': '线路上只有',
  'on the wire {line}': '线路上 {line}',
  'on the wire nothing but {line}': '线路上只有 {line}',
  "no '{line}' on the wire so far": "至今线路上没有 '{line}'",
  "no '{line}' on the wire for {time}": "{time} 内线路上没有 '{line}'",
  'no segment to or from port {port} so far': '至今没有到端口 {port} 或来自它的报文段',
  'no segment to or from port {port} for {time}': '{time} 内没有到端口 {port} 或来自它的报文段',
  it: '正是如此',
  'it in both captures': '两份抓包都是如此',

  // The state diagram.
  'what it has shown of the state diagram': '它展示了状态图的哪些部分',
  'ss to have shown {edge}': 'ss 显示过 {edge}',
  'no witness to have shown {edge}': '没有任何观测显示过 {edge}',
  "the {host}'s {end} to {peer} in {state} at {time}, in {to} at {later}":
    '{host}的 {end} 到 {peer}：{time} 处于 {state}，{later} 处于 {to}',
  "the {host}'s {end} in {state} at {time}, in {to} at {later}":
    '{host}的 {end}：{time} 处于 {state}，{later} 处于 {to}',
  'the tracepoint at {time}': '跟踪点在 {time}',
  '{edge}: {seen}': '{edge}：{seen}',
  "the {host}'s {end} in {state}, later in {to}, not at once":
    '{host}的 {end} 先处于 {state}，后来处于 {to}，不是直接到的',
};

import type { Catalogue } from '../../translate.ts';

/** What was seen when an expectation failed. */
export const instead: Catalogue = {
  'expected {what}, saw {seen}': '预期：{what}；看到：{seen}',
  'expected {what}': '预期：{what}',
  'saw {seen}': '看到：{seen}',
  '#{n} at {time}: {seen}': '#{n}，{time}：{seen}',
  '{seen}  ({why})': '{seen}  （{why}）',
  '{host}: {seen}': '{host}：{seen}',
  '{end} to {peer}: {what}': '{end} 到 {peer}：{what}',

  // Sockets.
  'no sample of its sockets': '没有它的套接字的采样',
  'no sample of them': '没有它们的采样',
  'no new connection': '没有新的连接',
  'no socket': '没有套接字',
  'no listener': '没有监听套接字',
  'held by another process': '由另一个进程持有',
  'state {state}, not {to}': '状态是 {state}，不是 {to}',
  'Recv-Q {n}, not {m}': 'Recv-Q 是 {n}，不是 {m}',
  'Send-Q {n}, not {m}': 'Send-Q 是 {n}，不是 {m}',
  'not timer {name} {time}': '定时器不是 {name} {time}',
  'not held by a process': '不由一个进程持有',
  '{column} {value}, not {wanted}': '{column} 是 {value}，不是 {wanted}',

  // Readings of counters and of netstat.
  'no reading of the counters': '没有读到计数器',
  'no such counter': '没有这个计数器',
  'no reading of it': '没有读到它',
  'no such line': '没有这样的行',
  'no line for {line}': '没有与 {line} 相符的行',
  'another line has it': '已被另一行占用',

  // Programs.
  'nothing of it': '它什么也没做',
  'it print {line}': '它打印 {line}',
  'it ended by {signal}': '它被 {signal} 结束',
  'it waiting in {call}': '它在 {call} 中等待',
  'it waiting in {call}, its socket in {what}': '它在 {call} 中等待，它的套接字处于 {what}',
  'it in {what}': '它处于 {what}',
  'prints {line}': '打印 {line}',
  'also {line}': '还有 {line}',
  'nothing, the nearest being {line}': '没有，最接近的是 {line}',
  'nothing for line {n}, {line}': '没有第 {n} 行 {line}',
  'nothing for line {n}, {line}, the nearest being {nearest}':
    '没有第 {n} 行 {line}，最接近的是 {nearest}',
  '{line} instead of line {n}, {other}': '{line}，而不是第 {n} 行 {other}',
  'line {n}': '行 {n}',
  '... {n} more': '... 另有 {n} 项',
  '{program} {what}: it was ended': '{program} {what}：已将其结束',
  'print more than {n} lines': '打印了超过 {n} 行',
  'print more than {n} lines within a second': '一秒之内打印了超过 {n} 行',
  'print more than {n} octets': '打印了超过 {n} 字节',
  'print a line of more than {n} octets': '打印了超过 {n} 字节的一行',
  'report more than {n} calls': '报告了超过 {n} 次调用',
  'report more than {n} calls within a second': '一秒之内报告了超过 {n} 次调用',
  'report its calls in more than {n} octets': '报告其调用用了超过 {n} 字节',
  'report a call in more than {n} octets': '报告一次调用用了超过 {n} 字节',

  // The wire.
  "{seen}, in the {host}'s capture": '{host}的抓包中：{seen}',
  '(left out: {n} that repeat an earlier segment)': '（略去 {n} 个，它们重复先前的报文段）',
  '… line {n}  {line}': '… 行 {n}    {line}',
  '… {n} more segments': '… 另有 {n} 个报文段',
  '{what}, seen {seen}': '{what}，看到 {seen}',
  'no {field}': '没有 {field}',
  '{time} later': '{time} 之后',
  '{gap} ({time} or more later)': '{gap}（{time} 之后或更晚）',
  '{gap} ({time} to {later} later)': '{gap}（{time} 到 {later} 之后）',

  // The state diagram.
  'it in the tracepoint': '跟踪点显示了它',
  'no {edge} either': '也没有 {edge}',
  'no socket that was in {state} and later in {to}': '没有先处于 {state}、后来处于 {to} 的套接字',
  'no socket that went from {state} to {to} this way': '没有这样从 {state} 到 {to} 的套接字',
  'nothing in {state}': '没有处于 {state} 的',
  'nothing in {state} or {to}': '没有处于 {state} 或 {to} 的',
  '#{n}, #{m}: {seen} ({why})': '#{n}、#{m}：{seen}（{why}）',
  'no edge of the diagram: something was skipped': '不是状态图中的状态转换：有东西被跳过了',
  'nothing was seen to cause it': '没有看到引起它的东西',
  'not what the tracepoint saw': '与跟踪点所见不符',
};

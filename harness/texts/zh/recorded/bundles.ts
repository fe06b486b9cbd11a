import type { Catalogue } from '../../translate.ts';

/** What is wrong with a bundle, and with what it holds. */
export const bundles: Catalogue = {
  '{dir}: {why}': '{dir}：{why}',
  '{dir}: evidence refused: {why}': '{dir}：证据被拒绝：{why}',
  '{file}: {why}': '{file}：{why}',
  'cut or added to: it has {n} octets, not {m}': '被截断或添加过：它有 {n} 字节，而不是 {m}',
  "{file}: changed: its SHA-256 is not the manifest's": '{file}：被改动过：SHA-256 与清单不符',
  'is not a regular file': '不是普通文件',
  'is a symbolic link, not a file of its own': '是符号链接，而不是文件本身',
  'is too large: it has {n} octets, more than {m}': '太大：它有 {n} 字节，超过 {m}',
  '{file} is too large: it has {n} octets, more than {m}': '{file} 太大：它有 {n} 字节，超过 {m}',
  'cannot be read ({code})': '不能读取（{code}）',
  'it cannot be read ({code})': '不能读取（{code}）',
  '{dir} is not empty; give a folder that is, or that is not there yet':
    '{dir} 不是空的；请给出一个空的或尚不存在的文件夹',
  'cannot write to {dir} ({code}); give another --out folder':
    '不能写入 {dir}（{code}）；请用 --out 指定另一个文件夹',
  'cannot write to {dir} ({code}); give --out <dir>':
    '不能写入 {dir}（{code}）；请给出 --out <dir>',
  'is no manifest of a bundle': '不是证据包的清单',
  'a bundle of schema {n}, written by {which} version; this one reads schema {m}':
    '证据包的模式版本是 {n}，由{which}版本写成；这个版本读取模式版本 {m}',
  'an earlier': '较早的',
  'a later': '较新的',
  '{dir} is no bundle: {why}; one holds {files}': '{dir} 不是证据包：{why}；证据包中有 {files}',
  'no bundle: {paths}; name the folder of one, or one that holds some':
    '没有证据包：{paths}；请给出一个证据包的文件夹，或装有证据包的文件夹',
  'the bundle cannot be written: {why}': '不能写入证据包：{why}',
  "there is no lab '{name}' (labs: {labs})": "没有实验 '{name}'（实验：{labs}）",
  'manifest.json is not what the events say': 'manifest.json 与事件所说的不符',
  'result.json is not what the events say': 'result.json 与事件所说的不符',
  'is no JSON': '不是 JSON',
  'is nested deeper than {n} brackets': '嵌套深于 {n} 层括号',

  // Its events.
  'line {n}: {why}': '第 {n} 行：{why}',
  'the last line is cut': '最后一行被截断',
  'is too long': '太长',
  'more than {n} events': '事件多于 {n} 个',
  'is no SHA-256': '不是 SHA-256',
  'event {n} where {m} must be': '这里是事件 {n}，应为 {m}',
  "the first event must be 'run'": "第一个事件必须是 'run'",
  "the last event must be 'end'": "最后一个事件必须是 'end'",
  'has schema {n}; this is {m}': '模式版本是 {n}；这里是 {m}',
  'the event: {why}': '事件：{why}',

  // What contradicts what.
  'event {n}: {why}': '事件 {n}：{why}',
  'event {n} and frame {m} of {host}.pcap: there is no such frame':
    '事件 {n} 与 {host}.pcap 的第 {m} 帧：没有这一帧',
  'event {n} and frame {m} of {host}.pcap: they are not the same packet':
    '事件 {n} 与 {host}.pcap 的第 {m} 帧：不是同一个报文',
  'frame {n} of {host}.pcap: the stream has no such packet':
    '{host}.pcap 的第 {n} 帧：事件流中没有这个报文',
  "{host}.pcap: its {which} is not fenced by both hosts' markers: it was cut short":
    '{host}.pcap：{which}部分没有被两台主机的标记围住：它被截短了',
  beginning: '开头',
  end: '结束',
  'a row is not what its line says: {line}': '一行的内容与原文不符：{line}',
  '{end} is in {state}, but {host}.pcap has no {what} before':
    '{end} 处于 {state}，但 {host}.pcap 中此前没有{what}',
  'SYN received': '收到 SYN',
  'FIN received': '收到 FIN',
  'FIN sent': '发送 FIN',
  'forged segment received': '收到伪造的报文段',
  'is no TCP state': '不是 TCP 状态',

  'expectation {n} was not stated': '预期 {n} 没有陈述过',
  "'nearest': there is no such miss": "'nearest'：没有这样的一项",
  'a segment that no capture has': '没有抓包中有的报文段',
  '{name} is {value}, not {wanted}': '{name} 是 {value}，不是 {wanted}',
  'not there': '没有',
  'the route is {what}': '路由是 {what}',
  'expectation {n} ({name}) failed': '预期 {n}（{name}）失败',
  'the bundle says {what}, the replay {how}: {seen} is not {why}':
    '证据包说是{what}，重放是{how}：{seen} 不是 {why}',

  // What a replay finds.
  "{what}; judged by today's lab: {why}": '{what}；按今天的实验判断：{why}',
  'the lab has changed since': '实验此后已改动',
  'Socket Lab has changed since (it was {then}, this is {now})':
    'Socket Lab 此后已改动（当时是 {then}，现在是 {now}）',
  'expectation {n} is {what} here, which the bundle does not say':
    '预期 {n} 在这里是{what}，证据包却没有这样说',
  'the time of expectation {n} was not over yet': '预期 {n} 的时间还没有用完',
  'recorded is {what}, but the lab {how}': '记录的是 {what}，但实验{how}',
  'action {n} ends that was not begun': '操作 {n} 结束了，却没有开始过',
  'the bundle says {what}, but the evidence until here does not':
    '证据包说是{what}，但到此为止的证据并不支持',
  'the bundle says {what} ({seen}), the replay {how} ({why})':
    '证据包说是{what}（{seen}），重放是{how}（{why}）',
  met: '符合',
  failed: '失败',
  'has ended': '已经结束',
  waits: '在等待',
  'expects {what}': '预期 {what}',
  "'expect {what}'": "'预期 {what}'",
  "step '{what}'": "步骤 '{what}'",
  "step '{what}' ({phase})": "步骤 '{what}'（{phase}）",
  "end of step '{what}'": "步骤 '{what}' 的结束",
  '{name} at the {host}': '{host}上的 {name}',
  '{name} at the wire': '线路上的 {name}',
  'nothing is said about the {host}': '没有关于{host}的记录',
  'the run ends here, but the lab wants to go on': '运行到此结束，但实验还要继续',
  'the run ended {what}, the replay {how}': '运行的结果是{what}，重放的结果是{how}',

  // Captures that cannot be read.
  '{host}.pcap: {why}': '{host}.pcap：{why}',
  'pcap, octet {n}: {why}': 'pcap，第 {n} 字节：{why}',
  'file format version {n}, not 2': '文件格式版本是 {n}，不是 2',
  'record {n} claims {m} octets, more than {most}': '第 {n} 条记录自称有 {m} 字节，超过 {most}',
  'record {n} kept {m} octets of a frame of {most}':
    '第 {n} 条记录保留了 {m} 字节，而帧只有 {most}',
  'record {n} has {m} parts of a second that has {most}':
    '第 {n} 条记录的秒内部分是 {m}，而一秒只有 {most}',
  'the file ends inside {what}': '文件在{what}中间结束',
  'there is no frame {n}': '没有第 {n} 帧',
  'the file header': '文件头',
  'record {n}': '第 {n} 条记录',
  'this is pcapng; `editcap -F pcap` makes a pcap of it':
    '这是 pcapng；可以用 `editcap -F pcap` 转换成 pcap',
  'no pcap file: it starts with 0x{magic}': '不是 pcap 文件：开头是 0x{magic}',
};

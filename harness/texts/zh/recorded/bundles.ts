import type { Catalogue } from '../../translate.ts';

/** What is wrong with a bundle, and with what it holds. */
export const bundles: Catalogue = {
  '{dir}: {why}': '{dir}：{why}',
  '{dir}: evidence refused: {why}': '{dir}：证据被拒绝：{why}',
  '{file}: {why}': '{file}：{why}',
  '{file} {why}': '{file} {why}',
  "'{field}': {why}": "'{field}'：{why}",
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
  'is not the manifest of a bundle': '不是证据包的清单',
  'a bundle of schema {n}, written by {which} version; this one reads schema {m}':
    '证据包的模式版本是 {n}，由{which}版本写成；这个版本读取模式版本 {m}',
  'an earlier': '较早的',
  'a later': '较新的',
  '{dir} is not a bundle, but {other} is: name that': '{dir} 不是证据包，{other} 才是：请给出它',
  'an archive ({kind}): unpack it (`{program}`) and name the folder':
    '这是归档文件（{kind}）：请解开（`{program}`）并给出其中的文件夹',
  '{file}: a byte order mark (BOM) was put before it: remove it':
    '{file}：开头被加上了字节顺序标记（BOM）：请去掉',
  "{file}: its line ends were changed to CRLF (git's core.autocrlf does that): make them LF again":
    '{file}：换行被改成了 CRLF（git 的 core.autocrlf 会这样做）：请改回 LF',
  '{path}: {why}': '{path}：{why}',
  '{dir} is not a bundle: {why}; a bundle holds {files}':
    '{dir} 不是证据包：{why}；证据包中有 {files}',
  'no bundle in {paths}: name the folder of a bundle, or a folder that holds some':
    '没有证据包：{paths}；请给出一个证据包的文件夹，或装有证据包的文件夹',
  'the bundle cannot be written: {why}': '不能写入证据包：{why}',
  'manifest.json is not what the events say': 'manifest.json 与事件所说的不符',
  'result.json is not what the events say': 'result.json 与事件所说的不符',
  'is not JSON': '不是 JSON',
  'is nested deeper than {n} brackets': '嵌套深于 {n} 层括号',

  // Its events.
  'line {n}: {why}': '第 {n} 行：{why}',
  'the last line is cut': '最后一行被截断',
  'is too long': '太长',
  'more than {n} events': '事件多于 {n} 个',
  'is not a SHA-256': '不是 SHA-256',
  'is not what it must be': '不合要求',
  'event {n} where {m} must be': '这里是事件 {n}，应为 {m}',
  "the first event must be 'run'": "第一个事件必须是 'run'",
  "the last event must be 'end'": "最后一个事件必须是 'end'",
  'has schema {n}; this is {m}': '模式版本是 {n}；这里是 {m}',
  'the event: {why}': '事件：{why}',

  // What contradicts what: where, what was found there, and what holds of every run.
  '{found}; {name}: {says}': '{found}；{name}：{says}',
  'event {n}': '事件 {n}',
  'events {numbers}': '事件 {numbers}',
  'frame {n} of {file}': '{file} 的第 {n} 帧',
  'event {n}: {why}': '事件 {n}：{why}',
  'no event': '没有事件',
  '{file}: no frame {n}': '{file}：没有第 {n} 帧',
  'step {n}': '步骤 {n}',
  'program {n}': '程序 {n}',
  'program {n}, pid {m}': '程序 {n}，进程 {m}',
  'program {n}: {type}': '程序 {n}：{type}',
  '{call}: {file}: no {flag}': '{call}：{file} 中没有 {flag}',
  '{end} {state}, {file}: no {what}': '{end} {state}，{file} 中没有{what}',
  'SYN sent': '发出的 SYN',
  'SYN received': '收到的 SYN',
  'FIN sent': '发出的 FIN',
  'FIN received': '收到的 FIN',
  order: '次序',
  tools: '工具',
  'in one capture': '只在一份抓包中',
  'more than that': '不止这些',
  'not read': '没有读取',
  "{name} is '{value}', not '{wanted}'": "{name} 是 '{value}'，而不是 '{wanted}'",
  "the {host}'s settings when it was recorded are not those of the lab: {what}":
    '记录时{host}的设置与实验要求的不同：{what}',
  "there is no rto_min, and the lab's 'rtoMin' is {value}":
    "没有 rto_min，而实验的 'rtoMin' 是 {value}",
  "rto_min is {value}, and the lab has no 'rtoMin'": "rto_min 是 {value}，而实验没有 'rtoMin'",
  "rto_min is {value}, and the lab's 'rtoMin' is {wanted}":
    "rto_min 是 {value}，而实验的 'rtoMin' 是 {wanted}",
  'each frame of a capture is an event, in its order, and each such event a frame':
    '抓包的每一帧都按次序是一个事件，这样的每个事件也都是一帧',
  'a frame has the same time in its capture and in its event, on two clocks that run alike':
    '一帧在抓包中和在事件中的时间相同，两个时钟走得一样',
  'the captures begin when the run says that it did': '抓包开始的时间与运行所说的相同',
  'both captures hold the markers of both hosts before the lab begins and after its end':
    '实验开始前和结束后，两份抓包中都有两台主机的同步标记',
  'both hosts are of one kernel, with the same tools': '两台主机用同一个内核和同样的工具',
  "a host's only route leads to the other, and its device leaves nothing to the hardware":
    '主机唯一的路由通向另一台，它的设备不把任何事交给硬件',
  'a kernel knows the sysctls that its release has': '内核认识它的版本所有的 sysctl',
  'sysctls have values that a kernel takes, and the sockets that were seen keep to them':
    'sysctl 的值是内核接受的，看到的套接字也遵守它们',
  'steps, actions and expectations count up, and what ends has begun':
    '步骤、操作和预期的编号递增，结束的都开始过',
  'each event belongs to the step that was open when it came':
    '每个事件都属于它到来时正在进行的步骤',
  'a verdict rests on events that came before it': '判定所依据的事件都在它之前',
  'no event is later than what the harness did after it had come, or earlier than the run':
    '没有事件晚于它到来之后所做的事，也没有事件早于运行',
  'what one capture, or one program, tells comes in the order of its times':
    '一份抓包或一个程序所说的，按时间先后到来',
  'each host is told of once, before anything happens there':
    '每台主机只说明一次，并且先于在那里发生的事',
  'what a program does lies between its start and its end, and its process is its own':
    '程序所做的都在它的开始与结束之间，它的进程属于它自己',
  'a call returns after it was entered, and what it returns and its error are of a piece':
    '调用在进入之后返回，返回值与错误相符',
  'what a program of ours prints of its calls is what they returned':
    '我们的程序打印的调用结果就是调用返回的',
  'a connection that a call made, was refused or accepted is in the capture of its host':
    '调用建立、被拒绝或接受的连接，都在它主机的抓包中',
  'no program receives more from a host than has come from there, or anything else':
    '程序从主机收到的不会多于从那里来的，也不会是别的',
  'no socket belongs to a program that has ended': '没有套接字属于已经结束的程序',
  'the checksums of IPv4 and TCP are those of the octets': 'IPv4 和 TCP 的校验和与字节相符',
  'nobody acknowledges what its own capture has not shown to arrive before':
    '没有人确认自己的抓包中此前没有到达的东西',
  'each timestamp that is echoed has come before, by its own capture':
    '每个被回显的时间戳，按自己的抓包都在此前到来过',
  "a SYN has the options that its host's sysctls say, and an MSS that the link carries":
    'SYN 的选项如其主机的 sysctl 所说，MSS 是链路能承载的',
  'no packet is larger than the MTU, or has been routed': '没有报文大于 MTU，也没有被路由过',
  'a socket is what its line of ss says, and a host is looked at once at a time':
    '套接字与 ss 的那一行相符，同一时间只看一次主机',
  'no end is in a state before its own capture has what leads there':
    '在自己的抓包中有导致该状态的报文之前，没有一端处于该状态',
  'each transition is an edge that Linux has, of a socket that had come to where it begins':
    '每次状态转换都是 Linux 有的，套接字此前已到达它的起点',
  'from one sample to the next a socket goes a way that the state diagram has':
    '从一次采样到下一次，套接字走的是状态图中有的路',
  'ss shows each socket in a state that the tracepoint reports for that time':
    'ss 显示的套接字状态是跟踪点为那个时间报告的',
  'where sockets have states, the tracepoint has reported them or a note says that it is not read':
    '套接字有状态时，跟踪点报告过它们，或有备注说明没有读取',
  'what goes out in one capture comes in in the other: the same octets, in order, a little later':
    '一份抓包中发出的，在另一份中收到：同样的字节，次序相同，稍晚一点',
  'segments go from one host to the other, or from a host to itself':
    '报文段从一台主机到另一台，或从主机到它自己',
  'what goes on from a held wire goes out in its capture, and what is lost has come in':
    '从被扣住的线路放行的，在其抓包中发出；丢失的，此前已收到',
  'a host whose wire is held sends nothing but what is let go, or the lab injects':
    '线路被扣住的主机，除放行的和实验注入的以外，什么也不发送',
  'each segment that the lab injected is in the capture of the host that sent it':
    '实验注入的每个报文段，都在发送它的主机的抓包中',
  'is not a TCP state': '不是 TCP 状态',

  'expectation {n} was not stated': '预期 {n} 没有陈述过',
  "'nearest': there is no such miss": "'nearest'：没有这样的一项",
  'a segment that no capture has': '没有抓包中有的报文段',
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
  'the bundle records {what}, but the lab {how}': '记录的是 {what}，但实验{how}',
  'the bundle records {what} ({fields}), but the lab {how} ({others})':
    '记录的是 {what}（{fields}），但实验{how}（{others}）',
  'action {n} ends that was not begun': '操作 {n} 结束了，却没有开始过',
  'the bundle says {what}, but the evidence until here does not':
    '证据包说是{what}，但到此为止的证据并不支持',
  met: '符合',
  failed: '失败',
  'has ended': '已经结束',
  waits: '在等待',
  'expects {what}': '预期 {what}',
  "'expect {what}'": "'预期 {what}'",
  "begins step '{what}'": "开始步骤 '{what}'",
  "step '{what}' ({phase})": "步骤 '{what}'（{phase}）",
  "ends step '{what}'": "结束步骤 '{what}'",
  '{name} at the {host}': '{host}上的 {name}',
  'does {name} at the {host}': '在{host}上做 {name}',
  '{what} at {file}:{line}': '{what}（{file}:{line}）',
  'nothing is said about the {host}': '没有关于{host}的记录',
  'the run ends here, but the lab wants to go on': '运行到此结束，但实验还要继续',
  'the run ended {what}, the replay {how}': '运行的结果是{what}，重放的结果是{how}',

  // Captures that cannot be read.
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
  'this is snoop; `editcap -F pcap` makes a pcap of it':
    '这是 snoop；可以用 `editcap -F pcap` 转换成 pcap',
  'this is a modified pcap; `editcap -F pcap` makes a pcap of it':
    '这是改动过的 pcap 格式；可以用 `editcap -F pcap` 转换成 pcap',
  'this is compressed: `{program}` unpacks it': '这是压缩文件：可以用 `{program}` 解压',
  'the file ends inside a block': '文件在一个块中间结束',
  'a block of {n} octets': '一个长 {n} 字节的块',
  'a block that ends with another length than it begins with': '块尾的长度与块首的不同',
  'a section without a byte order': '没有字节序的节',
  'a packet of interface {n}, which is not described': '属于接口 {n} 的包，而该接口没有描述',
  'a packet that claims {n} octets where {m} are': '自称有 {n} 字节、实有 {m} 字节的包',
  'this is pcapng; `editcap -F pcap` makes a pcap of it':
    '这是 pcapng；可以用 `editcap -F pcap` 转换成 pcap',
  'no pcap file: it starts with 0x{magic}': '不是 pcap 文件：开头是 0x{magic}',
  'what has passed or failed came to its end, and was not cut short':
    '通过或失败的实验都做到了最后，没有被中断',
  '{what} without hosts': '没有主机，却{what}',
  '{file} has frames, but there was no {host}': '{file} 里有帧，但没有{host}',
};

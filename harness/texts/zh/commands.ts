import type { Catalogue } from '../translate.ts';

/** Commands and options beside running labs and listing them: help, examples, errors. */
export const commands: Catalogue = {
  // --reporter
  'a report for machines, to stdout or a file; repeatable':
    '给机器的报告，输出到 stdout 或文件；可重复',
  '{other} and --reporter {name} cannot both have {place}: give --reporter {name}=FILE':
    '{other} 和 --reporter {name} 不能都用 {place}：请用 --reporter {name}=FILE',
  "--reporter is '{word}'; it is one of: {names}": "--reporter 是 '{word}'；应为其中之一：{names}",
  'cannot write to {file} ({code}), where {asker} is to go':
    '不能写入 {file}（{code}），{asker} 要输出到那里',
  'the {name} report cannot be written: {why}': '不能写入 {name} 报告：{why}',

  // glossary
  'what the words mean: segment, seq, Recv-Q, RTO ...': '词语的含义：报文段、seq、Recv-Q、RTO……',
  'also: {names}': '又作：{names}',
  'labs: {names}': '实验：{names}',
  "the glossary has no '{word}': 'glossary' alone lists its words":
    "词汇表中没有 '{word}'：只输入 'glossary' 可列出所有词",
  "the glossary has no '{word}'; did you mean '{other}'?":
    "词汇表中没有 '{word}'；您是指 '{other}' 吗？",

  // how much is told
  'also each check, every call, and the sources': '还显示每项检查、每个调用和出处',
  'one line for each lab': '每个实验一行',
  'one line for each run': '每次运行一行',
  '--verbose and --quiet contradict each other: leave one out':
    '--verbose 与 --quiet 互相矛盾：请去掉一个',

  // show, --watch
  'draw the ladder while the lab runs (one lab)': '实验运行时画出时序图（一个实验）',
  'print stored runs again, or the ladders of a capture from elsewhere':
    '再次打印存下的运行，或画出别处抓包的时序图',
  "of a capture only this stream, by Wireshark's number": '抓包中只画这一条流，按 Wireshark 的编号',
  '{path} is a capture, which has no report: leave out --open':
    '{path} 是抓包，没有报告：请去掉 --open',
  '--stream is for captures, and {path} is none': '--stream 用于抓包，而 {path} 不是抓包',
  '{path} has the streams 0 to {m}: {n} is none of them': '{path} 有编号 0 到 {m} 的流，没有 {n}',
  '{file}: frames: {frames}, TCP segments: {segments}, streams: {streams}':
    '{file}：帧 {frames} 个，TCP 报文段 {segments} 个，流 {streams} 条',
  'not TCP over IPv4: {list}': '不是 IPv4 上的 TCP：{list}',
  'Nobody looked at the sockets: the states (marked ?) are inferred from the segments by the diagram of RFC 9293. A segment is drawn as arriving when it was captured.':
    '没有人查看过套接字：状态（带 ? 的）是按 RFC 9293 的状态图从报文段推断的。报文段画成在抓到时到达。',
  'stream {number}: {client} to {server}, segments: {n}':
    '流 {number}：{client} 到 {server}，报文段 {n} 个',
  'and {n} streams more: --stream N draws one, 0 to {m}':
    '另有 {n} 条流：--stream N 画出其中一条，0 到 {m}',
  '{path}: {why}; what is before that is shown': '{path}：{why}；之前的内容已经画出',
  'a capture without a frame': '没有帧的抓包',
  'unpacked it has more than {n} octets': '解压后超过 {n} 个字节',
  'gzip cannot unpack it ({code})': 'gzip 无法解压（{code}）',
  'no TCP over IPv4 in its {n} frames: {list}': '它的 {n} 个帧中没有 IPv4 上的 TCP：{list}',
  'link types that are read: {list}': '能读的链路类型：{list}',
  'the ladders of what tcpdump or Wireshark saw': 'tcpdump 或 Wireshark 所见的时序图',
  'only that stream': '只看那一条流',
  '--watch draws one lab at a time, not {n}: name one':
    '--watch 一次只画一个实验，不能是 {n} 个：请指定一个',
  'the report cannot be written: {why}': '不能写入报告：{why}',
  '{file}: open it in a browser (no {program} here)':
    '{file}：请在浏览器中打开（这里没有 {program}）',
  '{file}: open it in a browser ({why})': '{file}：请在浏览器中打开（{why}）',

  // --step, --predict
  'walk through a lab: Enter lets one segment through': '逐步走过一个实验：Enter 放行一个报文段',
  "walk, and be asked what comes: both ends' states, the next segment, what calls return":
    '逐步走，并先回答会发生什么：两端的状态、下一个报文段、系统调用的返回值',
  'with --predict: also write the questions and answers, as JSON':
    '与 --predict 一起：把问题和答案也写成 JSON',
  '{option} walks through one lab at a time; name one': '{option} 一次只走一个实验；请指定一个',
  '{option} is for people, --json for machines; give one':
    '{option} 是给人的，--json 是给机器的；请只用一个',
  '{option} is for people, {given} for machines; give {given}=FILE':
    '{option} 是给人的，{given} 是给机器的；请用 {given}=FILE',
  '{option} shows each segment as it goes: leave out --watch':
    '{option} 会显示经过的每个报文段：请去掉 --watch',
  '{option} asks for keys: it needs a terminal on stdin and stdout':
    '{option} 要用按键：stdin 和 stdout 必须是终端',
  '{name} cannot be walked: {why}; run it without {option}':
    '{name} 不能逐步走：{why}；请不用 {option} 运行',

  // list, image, completion
  'build the image that Docker runs hosts from': '构建 Docker 运行主机所用的镜像',
  'on a base made here from Debian packages: no registry needed':
    '以这里用 Debian 软件包制作的基础镜像为底：不需要镜像仓库',
  'build none, remove the images of earlier versions': '不构建，清除早先版本的镜像',
  '--offline and --prune exclude each other': '--offline 和 --prune 不能同时使用',
  'Docker does not answer: {why}; start its daemon': 'Docker 没有应答：{why}；请启动它的守护进程',
  "print a shell's completion script": '打印 shell 的补全脚本',
  'a document': '一份文档',
  'install {names} by hand': '请手工安装 {names}',

  // Examples.
  'draw the ladder while it runs': '运行时画出时序图',
  'for a CI that reads JUnit': '给读取 JUnit 的 CI',
  'every stored run of one lab, as it was printed': '一个实验存下的每次运行，与当时打印的一样',
  'run two; their bundles go to mine/': '运行两个；证据包放在 mine/',
  'what is there, and the fix for what is not': '有什么，没有的怎样解决',
  'only what is to be fixed': '只看要解决的',
  'remove containers of dead runs': '清除已死运行的容器',
  'its exit code says whether all is gone': '它的退出码说明是否全部清除',
  'all bundles here: no Docker, root or network needed':
    '这里的所有证据包：不需要 Docker、root 或网络',
  'for a program, one object a line': '给程序用，每行一个对象',
  'every run of one lab': '一个实验的每次运行',
  "this machine's sockets, those of all users": '本机的套接字，所有用户的',
  'the counts for a program': '给程序用的计数',
  "those of Docker's machine": 'Docker 所在机器的',
  'all, as a table': '全部，作为表格',
  'what they say about one lab, told whole': '关于一个实验的说法，完整列出',
  'one document, told whole': '一份文档，完整列出',
  'where the documents are wrong': '文档错在哪里',
  'what the labs promise to show': '实验承诺展示什么',
  'what these runs have really shown': '这些运行真正展示了什么',
  'the same for machines': '同样的内容，给机器用',
  'all labs, in the order in which to meet them': '所有实验，按学习的次序',
  'those about resets': '关于 RST 的',
  'build it now, not with the first run': '现在构建，不等第一次运行',
  'without a registry, from Debian packages': '没有镜像仓库时，用 Debian 软件包',
  'remove those of earlier versions': '清除早先版本的',
  'zsh, where ~/.zfunc is in fpath': 'zsh，~/.zfunc 在 fpath 中',
  'open the report in a browser instead': '改为在浏览器中打开报告',
  'its report, in a browser': '在浏览器中看它的报告',
  'walk through it, a segment at a time': '一次一个报文段，一步步走过它',
  'walk, and say first what comes': '逐步走，并先说出会发生什么',
};

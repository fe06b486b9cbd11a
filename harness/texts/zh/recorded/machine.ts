import type { Catalogue } from '../../translate.ts';

/** What this machine, Docker and the hosts have to say: reasons, progress, errors. */
export const machine: Catalogue = {
  // Which backend, and why.
  'asked for by {asker}': '由 {asker} 指定',
  'asked for by {asker} ({seen})': '由 {asker} 指定（{seen}）',
  'Docker {version} answers': 'Docker {version} 有应答',
  'no Docker daemon answers at {socket}': '{socket} 上没有 Docker 守护进程应答',
  'no Docker daemon answers: {why}': '没有 Docker 守护进程应答：{why}',
  'start Docker, or use --backend netns': '请启动 Docker，或使用 --backend netns',
  'start Docker, or choose --backend docker': '请启动 Docker，或选择 --backend docker',
  'network namespaces are there on Linux only': '只有 Linux 才有网络命名空间',
  'cannot make network namespaces: {why}': '不能创建网络命名空间：{why}',
  'not installed': '没有安装',
  'not installed: {names}': '没有安装：{names}',
  'ss is there on Linux only': '只有 Linux 才有 ss',
  '--backend docker counts the sockets of the machine that Docker runs on':
    '--backend docker 统计 Docker 所在机器的套接字',

  // Docker.
  'Docker: {why}': 'Docker：{why}',
  "{command} on Docker's machine: {why}": '在 Docker 所在的机器上 {command}：{why}',
  'cut short': '被截断',
  "Docker's machine is {architecture}; only {names} are supported":
    'Docker 所在的机器是 {architecture}；只支持 {names}',
  'cannot fetch koffi for Linux': '不能取得 Linux 版的 koffi',
  'cannot ask Docker for {image}: {why}': '不能向 Docker 查询 {image}：{why}',
  'cannot build {image} on a pulled base: {why}; without a registry, from Debian packages: {command}':
    '不能在拉取的基础镜像上构建 {image}：{why}；没有镜像仓库时，可用 Debian 软件包构建：{command}',
  'cannot build {image} on the base {base}: {why}; to make the offline base anew: {command}':
    '不能在基础镜像 {base} 上构建 {image}：{why}；重新制作离线基础镜像：{command}',
  'container {name}': '容器 {name}',
  'cannot link two containers: {why}': '不能连接两个容器：{why}',
  'mmdebstrap is not installed; it makes the offline base: apt-get install mmdebstrap':
    '没有安装 mmdebstrap，它用来制作离线基础镜像：apt-get install mmdebstrap',
  'mmdebstrap {suite} from {mirror} failed: {why}':
    '从 {mirror} 制作 mmdebstrap {suite} 失败：{why}',
  'Docker imported the base but named no image: {seen}':
    'Docker 导入了基础镜像，却没有给出镜像名：{seen}',

  // What is started for a lab.
  'cannot prepare the programs: {why}': '不能准备程序：{why}',
  'make {dir} writable for this user': '请使本用户对 {dir} 可写',
  '{op}: {why}': '{op}：{why}',
  '{command}: {why}': '{command}：{why}',
  '{why} (of: {lines})': '{why}（其中：{lines}）',
  'printed more than the {n} octets that a tool may': '打印的超过了工具可以打印的 {n} 字节',
  'its shell has ended': '它的 shell 已结束',
  killed: '被杀死',
  'a container has ended': '一个容器已结束',
  'the container that does it has ended': '做这件事的容器已结束',
  'the agent has ended': '代理已结束',
  'the agent has ended {why}': '代理已结束 {why}',
  'the {host} died': '{host}已退出',
  'the {host} died during the run': '{host}在运行中退出了',
  'waited {n} s for {what}': '等了 {n} 秒，没有等到{what}',
  "the {host} to answer '{op}'": "{host}应答 '{op}'",
  'the hosts to be linked': '主机连接起来',
  'the hosts to be set up': '主机设置完毕',
  '{what} to end': '{what}结束',
  'the hosts': '主机',
  'the witnesses': '观测',
  'tcpdump at the {host} to show a marker': '{host}上的 tcpdump 显示同步标记',
  'tcpdump at the server and the client to show a marker':
    '服务器和客户端上的 tcpdump 显示同步标记',
  "the kernel's tracepoint to show a mark": '内核的跟踪点显示标记',
  "the kernel's tracepoint": '内核的跟踪点',
  'the removal of a tracefs instance': '删除 tracefs 实例',
  'the daemon to answer {command}': '守护进程应答 {command}',
  'the daemon to go on': '守护进程继续',
  'the daemon to remove a container': '守护进程删除容器',
  'the containers to be linked': '容器连接起来',
  "{command} on Docker's machine to end": 'Docker 所在机器上的 {command} 结束',
  'the daemon does not answer any more': '守护进程不再应答',
  'it ended without a verdict': '它没有判定就结束了',
  "'{what}' is undecided after its time is over": "'{what}' 在时间用完后仍未判定",
  'program {n} has ended': '程序 {n} 已结束',
  'program {n} at the {host} reports what is not a call: {why}: {line}':
    '{host}的程序 {n} 报告的不是调用：{why}：{line}',
  'it is not JSON': '它不是 JSON',
  'it is not an object': '它不是对象',
  "it has more in it than a call: '{word}'": "它有调用所没有的东西：'{word}'",
  "'{word}' is missing": "缺少 '{word}'",
  "'{word}' is not what it must be": "'{word}' 不合要求",
  "'t' is not a time": "'t' 不是时间",
  "'t' is not a time of this run": "'t' 不是这次运行中的时间",
  "'{name}' must come first": "必须先执行 '{name}'",
  'this kernel has no queue for packets (nfnetlink_queue): {errno}':
    '内核没有报文队列（nfnetlink_queue）：{errno}',
  'this kernel hands no packets to a queue (nft_queue, xt_NFQUEUE): {errnos}':
    '内核不能把报文交给队列（nft_queue、xt_NFQUEUE）：{errnos}',
  'the kernel has not answered (netlink(7))': '内核没有应答（netlink(7)）',
  'from {end} to {peer}: this host injects from {own} to {other} only':
    '从 {end} 到 {peer}：这台主机只注入从 {own} 到 {other} 的报文段',
  '{device} has no IPv4 address': '{device} 没有 IPv4 地址',
  "sysctl {name} is '{value}' after setting it to '{wanted}'":
    "sysctl {name} 设为 '{wanted}' 之后是 '{value}'",

  // Tools that print what we cannot read.
  'ss: {why}: {line}': 'ss：{why}：{line}',
  'netstat: {why}: {line}': 'netstat：{why}：{line}',
  'inet_sock_set_state: {why}: {line}': 'inet_sock_set_state：{why}：{line}',
  'this is not a socket': '这不是套接字',
  'this is not a TCP socket': '这不是 TCP 套接字',
  'a continuation of nothing': '没有可接续的行',
  'unreadable processes': '不能读懂进程',
  'unreadable timer {word}': '不能读懂定时器 {word}',
  'unknown {field} {word}': '未知的 {field} {word}',
  '{field} {word} is not a port': '{field} {word} 不是端口',
  unreadable: '不能读懂',
  'no counters': '没有计数器',
  '{name} is {value}': '{name} 是 {value}',
  'names of {word}, then values of {other}': '先是 {word} 的名称，然后是 {other} 的值',
  '{field} has {n} names, {m} values': '{field} 有 {n} 个名称，{m} 个值',
  'no "Name: ..." in {line}': '{line} 中没有 "Name: ..."',
  "'{word}' are not flags": "'{word}' 不是标志",

  // Captures and the tracepoint.
  'tcpdump ended: {why}': 'tcpdump 已结束：{why}',
  'the wall clock was set, by {n} ms, while captures were stamped by it: run it again':
    '抓包以系统时钟计时，其间系统时钟被调整了 {n} 毫秒：请重新运行',
  'tcpdump ended before the run did: {why}': 'tcpdump 在运行结束之前就结束了：{why}',
  'tcpdump did not end within {n} s of SIGTERM': 'tcpdump 在收到 SIGTERM 后 {n} 秒内没有结束',
  'tcpdump did not say how many packets were {word}': 'tcpdump 没有说明有多少个报文 {word}',
  "the {host}'s capture has more than {n} octets": '{host}的抓包超过了 {n} 字节',
  'tcpdump at the {host} lost {n} packets': '{host}上的 tcpdump 丢失了 {n} 个报文',
  "the kernel's tracepoint is not read: {why}": '没有读取内核的跟踪点：{why}',
  "the kernel's tracepoint is lost: {why}": '失去了内核的跟踪点：{why}',
  'cannot remove the tracefs instance {name}: {why}': '不能删除 tracefs 实例 {name}：{why}',
  "the kernel's tracepoint lost {n} events": '内核的跟踪点丢失了 {n} 个事件',
  'only root may read it': '只有 root 可以读取',
  'the hosts run on another kernel': '主机运行在另一个内核上',
  'it ended': '它结束了',
};

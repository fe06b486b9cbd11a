import type { Catalogue } from '../translate.ts';
import { STATES_HELP } from './states-help.ts';

/** The command line: help, remarks and errors. */
export const cli: Catalogue = {
  // Help.
  'Usage:': '用法：',
  'Arguments:': '参数：',
  'Options:': '选项：',
  'Commands:': '命令：',
  'choices: {choices}': '可选：{choices}',
  'default: {value}': '默认：{value}',
  'output the version number': '显示版本号',
  'display help for command': '显示帮助',
  'Socket Lab: TCP experiments between two real hosts. Without a lab: list them.':
    'Socket Lab：两台真实主机之间的 TCP 实验。不指定实验时列出所有实验。',
  'what makes the hosts (default: SOCKET_LAB_BACKEND, or auto)':
    '用什么造主机（默认：SOCKET_LAB_BACKEND，或 auto）',
  'where the bundle goes (default: runs/<lab>-<time>)':
    '证据包放在哪里（默认：runs/<实验>-<时间>）',
  "also sit out the kernel's long waits (a minute and more)":
    '内核的长时间等待也等到底（一分钟以上）',
  'events as they happen on stdout, one JSON object a line; text on stderr':
    '在 stdout 上逐行输出事件，每行一个 JSON 对象；文本输出到 stderr',
  'labs at a time': '同时运行几个实验',
  "language of all texts, of every command (default: the locale's)":
    '所有命令、所有文本的语言（默认：由 locale 决定）',
  'say what this machine can do, and how to fix what it cannot':
    '说明这台机器能做什么，不能做的怎样解决',
  'remove what killed runs have left behind': '清除被杀死的运行留下的东西',
  'one JSON object for each bundle, a line each': '每个证据包一个 JSON 对象，一行一个',
  'check bundles and judge them again with the labs as they are':
    '检查证据包，并用现在的实验重新判定',
  "count this machine's own TCP sockets by state": '按状态统计本机的 TCP 套接字',
  'what the documents claim, and what the labs show': '文档说了什么，实验又展示了什么',
  'which states and edges of the state diagram the labs show': '实验展示了状态图的哪些状态和边',
  'whose sockets (default: those of this machine)': '统计谁的套接字（默认：本机的）',
  "the counts as one JSON object, by netstat's names":
    '把计数作为一个 JSON 对象，用 netstat 的名称',
  'one JSON object a line': '每行一个 JSON 对象',
  'one JSON object': '一个 JSON 对象',
  [STATES_HELP.english]: STATES_HELP.chinese,
  'Examples:': '示例：',
  'run one lab': '运行一个实验',
  'run all, four at a time, a line each': '运行全部，同时四个，每个一行',
  'every check with what was seen': '每项检查，以及看到的',
  'all words, with the labs that show them': '所有词语，以及展示它们的实验',
  'what these mean': '这几个词的含义',
  'without Docker': '不用 Docker',
  'the events, one JSON object a line': '事件，每行一个 JSON 对象',
  'Exit codes:': '退出码：',
  'all checks passed': '所有检查都通过',
  'a check failed': '有检查未通过',
  'wrong usage': '用法错误',
  'this machine cannot do it, or the lab broke off': '这台机器做不到，或实验中止',
  'interrupted (SIGTERM: 143)': '被中断（SIGTERM：143）',
  'something could not be cleaned up': '有东西没能清除',
  'evidence refused (verify, show, coverage)': '证据被拒绝（verify、show、coverage）',
  "today's lab says otherwise (verify)": '今天的实验另有说法（verify）',

  // Errors of usage.
  "unknown option '{option}'": "未知选项 '{option}'",
  "unknown option '{option}'; options: {options}": "未知选项 '{option}'；选项：{options}",
  "unknown option '{option}'; did you mean '{other}'?":
    "未知选项 '{option}'；您是指 '{other}' 吗？",
  'an option lacks its value: {option}': '选项缺少值：{option}',
  "{what} is '{given}'; it is one of: {choices}": "{what} 是 '{given}'；应为其中之一：{choices}",
  "--jobs is '{given}'; it is a whole number from 1 to {n} (this machine has {m} cores)":
    "--jobs 是 '{given}'；应为 1 到 {n} 的整数（本机有 {m} 个核）",
  "--stream is '{given}'; it is a whole number from 0 on":
    "--stream 是 '{given}'；应为从 0 起的整数",
  "'{command}' needs <{name}>": "'{command}' 需要 <{name}>",
  "'{name}' takes no argument, not {m}": "'{name}' 不带参数，却有 {m} 个",
  "'{name}' takes at most {n}, not {m} arguments": "'{name}' 最多带 {n} 个参数，却有 {m} 个",
  '{option} goes after {name}': '{option} 应写在 {name} 之后',
  '{option} is for running labs, not for {name}': '{option} 用于运行实验，不用于 {name}',
  '--{name} needs labs to run: name some, or --all':
    '--{name} 需要有实验可运行：请指定实验，或用 --all',
  '--all runs every lab: leave out {labs}': '--all 运行所有实验：请去掉 {labs}',
  "unknown lab '{name}'; all are listed by: {command}": "没有实验 '{name}'；列出全部：{command}",
  "unknown lab '{name}'; did you mean '{other}'?": "没有实验 '{name}'；您是指 '{other}' 吗？",
  "unknown lab or document '{name}'; documents: {documents}; labs: {command}":
    "没有实验或文档 '{name}'；文档：{documents}；实验：{command}",
  "unknown lab or document '{name}'; did you mean '{other}'?":
    "没有实验或文档 '{name}'；您是指 '{other}' 吗？",
  "SOCKET_LAB_BACKEND is '{name}'; it is one of: {backends}":
    "SOCKET_LAB_BACKEND 是 '{name}'；应为其中之一：{backends}",
  "--lang is '{name}'; it is one of: {languages}": "--lang 是 '{name}'；应为其中之一：{languages}",
  'stdout cannot be written to ({code})': '不能写入 stdout（{code}）',
  'this machine has no room for it ({code}): {why}': '本机没有余地（{code}）：{why}',
  'too many open files: ulimit -n {n} is enough': '打开的文件太多：ulimit -n {n} 就够了',
  'this is an error in Socket Lab itself': '这是 Socket Lab 自身的错误',

  // Remarks about a run.
  'interrupted after {n} s': '{n} 秒后被中断',
  'nothing is left behind': '没有留下任何东西',
  'could not be cleaned up: {why}': '没能清除：{why}',
  '{dir}: {lab} {what}; replayed {events} events, the same {verdicts} verdicts':
    '{dir}：{lab} {what}；重放了 {events} 个事件，{verdicts} 个判定相同',
  "{dir}: the lab has changed since; judged by today's lab: {lab} {what}; replayed {events} events, the same {verdicts} verdicts":
    '{dir}：实验此后已改动；按今天的实验判断：{lab} {what}；重放了 {events} 个事件，{verdicts} 个判定相同',
  '{n} bundles: {list}': '{n} 个证据包：{list}',
  '{n} {what}': '{n} 个{what}',
  refused: '被拒绝',
  'lab changed': '实验已改动',
  'lab unknown': '没有这个实验',

  // doctor
  ok: '正常',
  missing: '缺少',
  kernel: '内核',
  namespaces: '命名空间',
  tracepoint: '跟踪点',
  '{version} answers': '{version} 有应答',
  'a run was tried, as root': '以 root 身份试运行了一次',
  'a run was tried, rootless': '不用 root 试运行了一次',
  '{seen}, a run was tried': '{seen}，试运行了一次',
  'the first run builds its image': '第一次运行会构建它的镜像',
  "make the chroot's folder a mount point (mount --bind DIR DIR) before entering it":
    '进入 chroot 之前，先让它的目录成为挂载点（mount --bind DIR DIR）',
  'a container that allows it (docker run --privileged), or use Docker':
    '使用允许它的容器（docker run --privileged），或使用 Docker',
  '{command} ({name} is {n}, and as many are in use)': '{command}（{name} 是 {n}，已全部用完）',
  "{command} (AppArmor's profile of {program} forbids it)":
    '{command}（AppArmor 对 {program} 的配置禁止了它）',
  'WSL 1 has no network namespaces ({kernel})': 'WSL 1 没有网络命名空间（{kernel}）',
  'make it WSL 2: wsl --set-version DISTRIBUTION 2': '请改用 WSL 2：wsl --set-version 发行版 2',
  'run as root, or use Docker': '以 root 身份运行，或使用 Docker',
  'run as root to have the third witness': '以 root 身份运行，就有第三种观测',
  'sock:inet_sock_set_state is readable': 'sock:inet_sock_set_state 可以读取',
  '{seen} (labs run without)': '{seen}（没有它实验也能运行）',
  'a kernel with CONFIG_FTRACE, and tracefs': '需要带 CONFIG_FTRACE 的内核和 tracefs',
  'fix: {hint}': '解决办法：{hint}',
  'Labs run here on: {backends}': '实验在这里可以用的后端：{backends}',
  'No lab can run here yet: fix what either Docker or namespaces need':
    '这里还不能运行实验：请补上 Docker 或命名空间之一所需的东西',

  // clean
  'removed {what}': '已清除 {what}',
  'nothing to remove': '没有要清除的东西',
  'code of an earlier version: {name}': '早先版本的代码：{name}',
  'Docker is left out: {why}': '略过 Docker：{why}',
  'Docker could not be cleaned up: {why}': 'Docker 没能清除：{why}',
};

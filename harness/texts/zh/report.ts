import type { Catalogue } from '../translate.ts';

/** Headings and remarks of the reports: harness/present. */
export const report: Catalogue = {
  'Sources: ': '出处：',
  'note: ': '备注：',
  'bundle: {bundle}': '证据包：{bundle}',
  'expected {what}: not tried to the end': '预期：{what}；没有试到最后',
  '{title} (1 check)': '{title}（1 项检查）',
  '{title} ({n} checks)': '{title}（{n} 项检查）',
  '{intro}: {what}': '{intro}：{what}',
  '{host} {flags}': '{host} {flags}',
  '{what} ({n} times)': '{what}（{n} 次）',
  '{what} ({n} times or more)': '{what}（至少 {n} 次）',
  '{what} (once or more)': '{what}（一次或多次）',
  '{what} (or not)': '{what}（也可能没有）',
  'any segment': '任意报文段',
  '{sign}: the calls succeed; the name of an error: they fail with it':
    '{sign}：调用成功；错误名：调用以此错误失败',
  'the lab threw {what}, which is not an error': '实验抛出了 {what}，它不是错误对象',
  'Notice: ': '注意：',
  'Next: {command}': '下一个：{command}',
  'One statement of the documents that the labs were made from ({documents}) is not so here; which, and why: {command}':
    '实验所依据的文档中有一条说法（文档 {documents}）与这里看到的不符；是哪一条，为什么：{command}',
  '{n} statements of the documents that the labs were made from ({documents}) are not so here; which, and why: {command}':
    '实验所依据的文档中有 {n} 条说法（文档 {documents}）与这里看到的不符；是哪几条，为什么：{command}',
  'What the documents say, and is not so here': '文档的说法中与这里不符的',
  'Linux: {what}.': 'Linux：{what}。',
  'Why: {why}. Since: {what}.': '原因：{why}。起始版本：{what}。',
  'Why: {why}': '原因：{why}',
  'Since: {what}': '起始版本：{what}',
  '{n} of these stand in the table': '其中 {n} 项在表中',
  '{n} of these are calls that only prepare; -v shows them':
    '其中 {n} 项是只作准备的调用；-v 会显示',
  'passed: all {met} checks, in {took}': '通过：全部 {met} 项检查，用时 {took}',
  'failed: {met} checks passed, {failed} not, in {took}':
    '失败：{met} 项检查通过，{failed} 项未通过，用时 {took}',
  'interrupted after {took}': '{took} 后被中断',
  'broken off after {took}: {why}': '{took} 后中止：{why}',

  // How labs came out.
  passed: '通过',
  broken: '中止',
  interrupted: '被中断',
  'not run': '未运行',

  // What a lab that runs is at.
  'setting up two hosts': '正在设置两台主机',
  running: '正在运行',
  'waiting for {what}': '等待：{what}',

  // Claims.
  holds: '成立',
  'differs:': '不同：',
  'not tried:': '未试：',
  '{all} claims: {hold} hold, {differ} differ, {untried} not tried here':
    '共 {all} 条说法：{hold} 条成立，{differ} 条不同，{untried} 条此处未试',
  '{name}: no document speaks of it, only RFCs and manuals do':
    '{name}：文档都没有提到，只有 RFC 和手册提到',

  // The state diagram.
  'What {what} of the state diagram of RFC 9293, 3.3.2.':
    '{what} RFC 9293 3.3.2 状态图中的以下内容。',
  'the labs show': '各个实验展示',
  'this run has shown': '这次运行展示了',
  'these runs have shown': '这些运行展示了',
  'states seen by ss: {n} of {all}': 'ss 看到的状态：{n}/{all}',
  'edges of Figure 5 and its notes 1 and 2: {n} of {all}':
    '图 5 及其注 1、注 2 的状态转换：{n}/{all}',
  'edges of note 3, a RST received in any state: {n} of {all}':
    '注 3 的状态转换，即任何状态下收到 RST：{n}/{all}',
  'edges that Linux does not have, shown to be missing: {n} of {all}':
    'Linux 没有的状态转换，已证实没有：{n}/{all}',
  'beyond the figure: {n} more that Linux has': '图以外：Linux 另有 {n} 条',
  'all states, all edges': '所有状态，所有边',
  'not shown: {edges}': '没有展示：{edges}',
  'no lab': '没有实验',
  'connect() fails with EISCONN and send() with EPIPE: the socket must leave LISTEN first':
    'connect() 以 EISCONN 失败，send() 以 EPIPE 失败：套接字必须先离开 LISTEN',
  'an abort sends no RST and goes to CLOSED': '异常终止不发送 RST，进入 CLOSED',
  'goes to CLOSED': '进入 CLOSED',

  // The census of sockets.
  'TCP sockets of {what}, counted by state as this does:':
    '{what}的 TCP 套接字，按状态计数，与以下命令相同：',
  'this machine': '本机',
  'the machine that Docker runs on': 'Docker 所在机器',
  sockets: '套接字',
  total: '合计',
  'not counted: netstat -n leaves listeners out': '不计入：netstat -n 不显示监听套接字',
};

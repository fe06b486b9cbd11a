import type { Catalogue } from '../translate.ts';

/** Lists of labs, labs that stand anywhere, and what is wrong with a lab's file. */
export const ownLabs: Catalogue = {
  // Sections.
  Opening: '建立连接',
  'The queue': '队列',
  Closing: '关闭',
  'Taking a port again': '再次占用端口',
  'Resets and data': 'RST 与数据',

  // list, new
  'In the order in which to meet them. Start here: {command}':
    '按学习的顺序。从这里开始：{command}',
  'the labs with their titles, in reading order': '各实验及其标题，按学习的顺序',
  'write a lab of your own, and its test': '写一个自己的实验，以及它的测试',
  'mine.lab.ts and mine.test.mjs, in this folder': '在此目录写 mine.lab.ts 和 mine.test.mjs',
  'in another folder, made if need be': '写到另一个目录，没有就新建',
  '{file}: a lab; run it with {command}': '{file}：一个实验；运行它：{command}',
  '{file}: its test; run it with {command}': '{file}：它的测试；运行它：{command}',
  'The test needs the package, which cannot be installed in {dir}: put both in a folder elsewhere':
    '测试需要本软件包，而它不能装在 {dir} 里：请把两个文件放到别处的目录',
  'The test needs the package in its folder: {command}': '测试需要其目录中有本软件包：{command}',
  '{file} is there already': '{file} 已经存在',
  "'{name}' cannot be a lab's name: small letters, digits and hyphens":
    "'{name}' 不能作实验的名字：只用小写字母、数字和连字符",
  "'{name}' is taken: give it another name": "'{name}' 已被占用：请换个名字",
  'cannot write to {dir} ({code})': '无法写入 {dir}（{code}）',

  // Scripts of calls.
  "'{line}': a call, and perhaps its result behind ' = '":
    "'{line}'：应是一个调用，' = ' 之后可写它的结果",
  "'{line}': its quotes do not fit: a text stands in two of them":
    "'{line}'：引号不成对：一段文本写在两个引号之间",

  'a call is written: {usage}': '调用的写法：{usage}',
  "'{word}' is not {what} ({usage})": "'{word}' 不是{what}（{usage}）",
  "unknown call '{name}'; calls: {calls}": "未知调用 '{name}'；调用有：{calls}",
  "unknown call '{name}'; did you mean '{other}'?": "未知调用 '{name}'；是否指 '{other}'？",
  'a descriptor: 3': '描述符：3',
  'a number': '一个数',
  'an address and port: server:6000, 10.0.0.1:6000': '地址和端口：server:6000、10.0.0.1:6000',
  'a number of octets': '字节数',
  'SHUT_RD, SHUT_WR or SHUT_RDWR': 'SHUT_RD、SHUT_WR 或 SHUT_RDWR',
  'an option of setsockopt(2) that it knows': '它认识的 setsockopt(2) 选项',
  'a text in double quotes, or len=N': '双引号中的文本，或 len=N',

  // The command line.
  'labs to run: names, files (my.lab.ts) or folders of them':
    '要运行的实验：名字、文件（my.lab.ts）或其目录',
  'run every lab, or every one in a folder': '运行所有实验，或一个目录中的所有实验',
  'run a lab of your own': '运行自己的实验',
  'a file or folder of labs that are not of Socket Lab; repeatable':
    '不属于 Socket Lab 的实验的文件或目录；可重复',
  'a run of your own lab among them': '其中有自己的实验的一次运行',
  'labs, by name or file, or documents (000 to 004); all when none is named':
    '实验（按名字或文件），或文档（000 到 004）；未指明时为全部',
  'bundles: what those runs have really shown; or labs of your own, by file or folder':
    '证据包：那些运行真正展示了什么；或自己的实验，按文件或目录',
  'coverage is of labs or of bundles: name one kind':
    '覆盖率要么是实验的，要么是证据包的：只指明一种',
  "there is another lab '{name}', in {other}; run them one by one":
    "{other} 里有另一个实验 '{name}'；请分别运行",
  "there is no lab '{name}'": "没有实验 '{name}'",
  "the lab '{name}' is not known here; it was in {file}. If you trust that file: {command}":
    "这里没有实验 '{name}'；它原在 {file} 里。如果信任该文件：{command}",
  "the lab '{name}' is not known here; name its file, if you trust it: {command}":
    "这里没有实验 '{name}'；如果信任它的文件，请给出：{command}",

  // What is wrong with a file.
  'there is no such file or folder': '没有这个文件或目录',
  'there is no lab in this folder: the name of a lab ends in .lab.ts':
    '此目录里没有实验：实验的文件名以 .lab.ts 结尾',
  "'{name}' is the name of a lab of Socket Lab's own; give it another":
    "'{name}' 是 Socket Lab 自己的实验的名字；请换个名字",
  'its default export is not a lab: export default lab({ ... }, ...)':
    '默认导出的不是实验：export default lab({ ... }, ...)',
  "the lab in it is named '{name}'; after its file it is '{other}'":
    "里面的实验名为 '{name}'；按文件名应为 '{other}'",
  'it throws {name}: {why}': '它抛出 {name}：{why}',
  'esbuild, which builds it, does not work here: {why}':
    '用来构建它的 esbuild 在这里不能工作：{why}',
  'a lab is lab({ name, title, ... }, async (testbed) => { ... })':
    '实验是 lab({ name, title, ... }, async (testbed) => { ... })',
  "the lab has no '{field}'": "实验没有 '{field}'",
  "a lab has no field '{field}'; fields: {fields}": "实验没有字段 '{field}'；字段：{fields}",
  "the lab's '{field}' must be {what}": "实验的 '{field}' 必须是{what}",
  'a text of one line': '一行文字',
  'a text': '文字',
  'a list of texts': '文字的列表',
  'a name of small letters, digits and hyphens': '由小写字母、数字和连字符组成的名字',
  'a duration (like 250ms, 3s, 2min)': '时长（如 250ms、3s、2min）',
  'true or false': 'true 或 false',
  "sysctls by host ({ client: { 'net.ipv4.tcp_retries2': '3' } }), their values texts":
    "按主机列出的 sysctl（{ client: { 'net.ipv4.tcp_retries2': '3' } }），其值为文字",
  "durations (like { always: '7s', slow: '2min' })": "时长（如 { always: '7s', slow: '2min' }）",

  // What documents say of it.
  'it must hold a list of claims': '其中必须是论断的列表',
  "claim {n}: '{field}' must be a text": "论断 {n}：'{field}' 必须是文字",
  'claim {n}: its verdict must be one of {verdicts}': '论断 {n}：verdict 必须是 {verdicts} 之一',
  "claim {n}: 'line' must be a line of the document": "论断 {n}：'line' 必须是文档的行号",
};

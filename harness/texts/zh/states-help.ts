/** A text of several lines, kept as they are. */
export const STATES_HELP = {
  english: `
Counts the TCP sockets, IPv4 and IPv6, of the network namespace that it runs in. With --backend
docker they are those of the machine that Docker's daemon runs on (Docker Desktop's: its virtual
machine); netns is this machine, and auto is docker where a daemon answers.

The counts are those that the documents' line gives, in netstat's spelling (SYN_RECV, FIN_WAIT1):
  netstat -n | awk '/^tcp/ {++S[$NF]} END {for(a in S) print a, S[a]}'
LISTEN is said apart and is in neither the total nor --json: netstat -n shows sockets that have a
peer, and a listener has none.`,
  chinese: `
统计所在网络命名空间中的 TCP 套接字，IPv4 和 IPv6 都算。用 --backend docker 时，统计的是 Docker
守护进程所在机器的套接字（Docker Desktop 则是它的虚拟机）；netns 是本机，auto 在有守护进程应答时
是 docker。

计数与文档里那行命令的结果相同，用 netstat 的拼写（SYN_RECV、FIN_WAIT1）：
  netstat -n | awk '/^tcp/ {++S[$NF]} END {for(a in S) print a, S[a]}'
LISTEN 单独列出，既不在合计中，也不在 --json 中：netstat -n 显示有对端的套接字，而监听套接字没有。`,
};

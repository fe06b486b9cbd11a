/** What `states --help` says after its options. */
export const STATES_HELP = `
Counts the TCP sockets, IPv4 and IPv6, of the network namespace that it runs in. With --backend
docker they are those of the machine that Docker's daemon runs on (Docker Desktop's: its virtual
machine); netns is this machine, and auto is docker where a daemon answers.

The counts are those that the documents' line gives, in netstat's spelling (SYN_RECV, FIN_WAIT1):
  netstat -n | awk '/^tcp/ {++S[$NF]} END {for(a in S) print a, S[a]}'
LISTEN is said apart and is in neither the total nor --json: netstat -n shows sockets that have a
peer, and a listener has none.`;

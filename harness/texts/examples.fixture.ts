/** Texts as runs record them, one of each kind that there is: what is pieced together from parts. */
export const RECORDED: readonly string[] = [
  'asked for by --backend',
  'asked for by --backend (Docker 20.10.24+dfsg1 answers)',
  "the kernel's tracepoint is not read: only root may read it",

  "'bind 3 10.25.189.1:6000' at the server to succeed",
  "'socket' at the server to return 3",
  "'connect 3 10.25.189.1:6000' at the client to fail with EINPROGRESS",
  "'connect 3 10.25.189.1:6000' at the client to fail with ETIMEDOUT after about 7 s",
  "'send 3 x' at the client to return 1 after about 2 s",
  "'accept 3' at the client to succeed after about 2 s",
  "the server's echo-server to listen on port 6000",
  'the server\'s echo-server to print "accept c = 4"',
  "the server's echo-server to end",
  "the server's echo-server to end by SIGINT",
  "the server's echo-server to end with status 1",
  "the server's echo-server to fail with EADDRINUSE",
  "the client's echo-client to fail with ETIMEDOUT after about 7 s",
  'connect(3, 10.0.0.1:6000) = -1 ETIMEDOUT (110), after 7 s',

  'a new connection ESTABLISHED at both ends',
  'a new connection of the server in SYN-RECEIVED',
  '10.25.189.2:58318 to 10.25.189.1:6000',
  "the client's end (10.25.189.2:58318) gone",
  "the server's end (10.79.31.1:6000) gone about 3 s after it went to FIN-WAIT-2",
  'it gone after 957 ms..4.2 s',
  "the server's end (10.24.226.1:6000) in FIN-WAIT-2",
  "the server's end (10.79.102.1:10000) in ESTABLISHED, held by the kernel alone",
  "the client's end (10.79.31.2:50428) in CLOSE-WAIT, Recv-Q 1, held by a process",
  "the client's end (10.32.17.2:50950) in ESTABLISHED, Recv-Q 0, Send-Q 5",
  "the client's end (10.28.126.2:34424) in ESTABLISHED, mss 1448",
  "the server's end (10.25.195.1:6000) in TIME-WAIT, timer timewait 50 s..60 s, held by the kernel alone",
  "the server's end (10.24.221.1:6000) in CLOSE-WAIT, Send-Q 0, held by a process for 2 s",
  'it so in all 12 samples',
  'no such socket (CLOSED)',
  'SYN-SENT, Recv-Q 0, Send-Q 1, timer on 940 ms, retransmitted once',
  'SYN-SENT, Recv-Q 0, Send-Q 1, timer on 4 s, retransmitted 6 times, held by node (pid 41)',
  'FIN-WAIT-2, timer timewait 59 s, held by the kernel alone',
  'the server in LISTEN on port 6000',
  'the server in LISTEN on port 6000, Recv-Q 3 (not accepted), Send-Q 2 (backlog)',
  "the client's sockets to be 1 LISTEN, 8..9 SYN-RECEIVED",
  "the client's sockets of port 6000 to be 1 SYN-SENT, 1 ESTABLISHED",
  "the server's sockets to be none",

  "the server's TcpExtListenOverflows to be 9",
  "the server's netstat -natp to show tcp 0 0 10.79.171.1:6000 0.0.0.0:* LISTEN 39/node",
  "the server's netstat -natp of port 6000 to show tcp 0 0 10.79.171.1:6000 0.0.0.0:* LISTEN 39/node",
  "the server's netstat -n | awk to count nothing",
  "the client's netstat -n | awk of port 10000 to count SYN_SENT 3, ESTABLISHED 2",

  'on the wire',
  'on the wire nothing but',
  'on the wire client > server S seq=x / +1s client > server S seq=x',
  'on the wire nothing but client > server S seq=x / server > client R. seq=0 ack=x+1 win=0',
  "no 'server > client *' on the wire so far",
  "no 'server > client *' on the wire for 2 s",
  'no segment to or from port 6000 so far',
  'no segment to or from port 6000 for 2 s',
  'it in both captures',
  'it in both captures, x=4014550550, y=2423347077',
  'it, x=3324453005',

  'what it has shown of the state diagram',
  'ss to have shown SYN-RECEIVED -> LISTEN (snd RST)',
  'no witness to have shown LISTEN -> SYN-SENT',
  "the server's 10.79.102.1:10000 in CLOSED at 0.639 s, in LISTEN at 0.755 s; the tracepoint at 0.696 s",
  "the client's 10.25.189.2:58318 to 10.25.189.1:6000 in ESTABLISHED at 1.314 s, in CLOSED at 1.373 s",
  "SYN-RECEIVED -> CLOSED (snd RST): the client's 10.80.55.2:7000 to 10.80.55.1:6000 in SYN-RECEIVED at 2.430 s, in CLOSED at 2.509 s; the tracepoint at 2.507 s",
  "the server's 10.78.135.1:6000 in LISTEN, later in SYN-SENT, not at once",
];

/** Steps whose titles labs piece together. */
export const STEPS: readonly string[] = [
  'listen(-1): 9 get in',
  'CLOSED, bound, server, SO_REUSEADDR 0',
  'LISTEN, without connections, 0.0.0.0, SO_REUSEADDR 1',
  'ESTABLISHED, accepted, server, SO_REUSEADDR 0',
  'FIN-WAIT-2, of a process, server, SO_REUSEADDR 0',
  'FIN-WAIT-2, of no process, server, SO_REUSEADDR 0',
  'TIME-WAIT, connected, server, SO_REUSEADDR 0',
  'a client comes and goes, descriptor 4 stays',
  'in SYN-RECEIVED a reset comes',
  'in SYN-RECEIVED the client aborts',
  'close() with SO_LINGER 0',
  'close() with unread data',
  'killed with unread data',
  'the old server sets it, the new one does not',
  'the old server does not, the new one sets it',
  'the old socket, SO_REUSEPORT 0, in LISTEN and in TIME-WAIT',
  'the first visitor',
  'the second visitor',
  'the third visitor',
  'client 1 of a server that closes at once',
];

const CONNECTION = "the server's end (10.0.0.1:6000) in TIME-WAIT";
const CAPTURED = 'expected on the wire client > server S';

/** What is said of expectations that failed. */
export const FAILED: readonly string[] = [
  `expected ${CONNECTION}, timer timewait 50 s..60 s, saw TIME-WAIT, timer timewait 40 s
  #7 at 0.205 s: FIN-WAIT-2, Recv-Q 0, Send-Q 0  (state FIN-WAIT-2, not TIME-WAIT; Recv-Q 0, not 1)
  #9 at 0.305 s: TIME-WAIT, timer timewait 40 s  (not timer timewait 50 s..60 s; Send-Q 0, not 1)
  #11 at 0.405 s: TIME-WAIT  (not held by a process; not held by the kernel alone; mss none, not 536)
  #13 at 0.505 s: no such socket (CLOSED)`,
  `expected ${CONNECTION}, saw no sample of its sockets`,
  "expected the server's sockets to be 1 LISTEN, saw no sample of them",
  `expected the server's sockets to be none, saw 1 LISTEN
  10.0.0.1:6000 to 0.0.0.0:*: LISTEN, Recv-Q 0, Send-Q 5`,
  `expected a new connection of the server in SYN-RECEIVED, saw no new connection
  #3 at 0.300 s: ESTABLISHED  (state ESTABLISHED, not SYN-RECEIVED)`,
  `expected a new connection ESTABLISHED at both ends, saw none
  server: no socket
  client: 10.0.0.2:4000 to 10.0.0.1:6000: SYN-SENT, Recv-Q 0, Send-Q 1, timer on 1 s`,
  `expected the server in LISTEN on port 6000, saw no listener
  #3 at 0.300 s: LISTEN, Recv-Q 0, Send-Q 5  (of another process)`,
  "expected the server's TcpExtListenDrops to be 9, saw no reading of the counters",
  "expected the server's TcpExtListenDrops to be 9, saw no such counter",
  "expected the server's netstat -natp to show tcp, saw no reading of it",
  `expected the server's netstat -natp to show tcp 0 0, saw no such line
  tcp 0 0 10.0.0.1:6000 0.0.0.0:* LISTEN 39/node  (Local Address 10.0.0.1:6000, not 10.0.0.1:6001; State LISTEN, not ESTABLISHED)
  tcp 0 0 10.0.0.1:6000 0.0.0.0:* LISTEN 39/node  (PID/Program name 39/node, not -; Foreign Address 0.0.0.0:*, not 10.0.0.2:*)
  tcp 0 0 10.0.0.1:6000 0.0.0.0:* LISTEN 39/node  (another line has it)`,
  "expected the server's netstat -natp to show tcp 0 0, saw no line for tcp 0 0 10.0.0.1:6000",

  `expected the server's echo-server to fail with EADDRINUSE, saw it waiting in recv(4, 127, 0), its socket in ESTABLISHED, Recv-Q 0, Send-Q 0
  #3 at 0.300 s: bind(3, 10.0.0.1:6000) = 0
  #4 at 0.400 s: prints "read:ok"
  #5 at 0.500 s: recv(4, 127, 0) ...
  #6 at 0.600 s: exit status 1`,
  "expected the server's echo-server to end, saw it waiting in accept(3)",
  "expected the server's echo-server to listen on port 6000, saw it in CLOSE-WAIT, Recv-Q 0, Send-Q 5",
  "expected the server's echo-server to listen on port 6000, saw nothing of it",
  'expected the server\'s echo-server to end, saw it print "close"',
  "expected the server's echo-server to fail with EADDRINUSE, saw it ended by SIGKILL",
  "expected the server's echo-server to fail with EADDRINUSE, saw exit status 0",
  `expected the server's echo-server to end, saw it print "y"
  (left out: the first 960 that it did)
  #961 at 0.960 s: prints "y"`,
  "expected the server's echo-server to end, saw the server's echo-server print more than 50000 lines: it was ended",
  "expected the server's echo-server to end, saw the server's echo-server print more than 20000 lines within a second: it was ended",
  "expected the server's echo-server to end, saw the server's echo-server print more than 1048576 octets: it was ended",
  "expected the server's echo-server to end, saw the server's echo-server print a line of more than 65536 octets: it was ended",
  "expected the server's echo-server to end, saw the server's echo-server report more than 50000 calls: it was ended",
  "expected the server's echo-server to end, saw the server's echo-server report more than 20000 calls within a second: it was ended",
  "expected the server's echo-server to end, saw the server's echo-server report its calls in more than 16777216 octets: it was ended",
  "expected the server's echo-server to end, saw the server's echo-server report a call in more than 16384 octets: it was ended",

  `${CAPTURED}, saw nothing, in the server's capture`,
  `${CAPTURED}, saw nothing for line 2, server > client S., in the server's capture
  ✓ line 1  #5  0.000000  client > server  S   seq=1 [0]
  … 3 more segments
  ✗ line 2  #9  0.100000  server > client  R.  seq=0
                          flags [S.], seen [R.]
                          ack=x+1 (2), seen no ack
                          +1s±10% (900 ms to 1.1 s later), seen 2.5 s later
                          +1s.. (1 s or more later), seen 200 ms later
  … line 3  client > server .
  (left out: 2 that repeat an earlier segment)`,
  `${CAPTURED}, saw client > server R seq=1 instead of line 2, server > client S., in the client's capture`,
  `${CAPTURED}, saw nothing for line 2, server > client S., the nearest being server > client R, in the client's capture`,
  `${CAPTURED}, saw nothing, the nearest being server > client R, in the client's capture`,
  `${CAPTURED}, saw also server > client R seq=1, in the client's capture`,
  "expected no 'server > client R' on the wire so far, saw server > client R seq=1, in the client's capture",

  'expected ss to have shown CLOSE-WAIT -> LAST-ACK, saw nothing in CLOSE-WAIT or LAST-ACK',
  `expected ss to have shown CLOSE-WAIT -> LAST-ACK, saw no socket that went so from CLOSE-WAIT to LAST-ACK
  #6, #9: the server's 10.0.0.1:6000 to 10.0.0.2:4000 in CLOSE-WAIT at 1.000 s, in LAST-ACK at 1.100 s (not what the tracepoint saw)
  #6, #9: the server's 10.0.0.1:6000 to 10.0.0.2:4000 in CLOSED at 1.000 s, in LAST-ACK at 1.100 s (no edge of the diagram: something was skipped)
  #6, #9: the server's 10.0.0.1:6000 to 10.0.0.2:4000 in CLOSED at 1.000 s, in LAST-ACK at 1.100 s (nothing was seen to cause it)`,
  'expected ss to have shown LISTEN -> CLOSED, saw nothing in LISTEN',
  'expected no witness to have shown LISTEN -> SYN-SENT, saw it in the tracepoint',
  'expected no witness to have shown CLOSING -> TIME-WAIT (snd RST), saw no CLOSING -> CLOSED (snd RST) either',
  'expected no witness to have shown LISTEN -> SYN-SENT, saw no socket that was in LISTEN and later in SYN-SENT',
];

/** What commander says, and errors and remarks that are pieced together. */
export const MESSAGES: readonly string[] = [
  'Usage:',
  'Arguments:',
  'Options:',
  'Commands:',
  'choices',
  'default',
  "unknown option '--al'; options: --version, --all",
  "option '-j, --jobs <n>' argument '0' is invalid. It must be a whole number from 1 to 64 (this machine has 2 cores).",
  "option '--backend <name>' argument 'x' is invalid. Allowed choices are auto, docker, netns.",
  "option '--out <dir>' argument missing",
  "unknown option '--x'",
  "command-argument value 'x' is invalid for argument 'bash|zsh|fish'. Allowed choices are bash, zsh, fish.",
  "missing required argument 'dir'",
  "too many arguments for 'doctor'. Expected 0 arguments but got 1.",
  "unknown lab 'bid'; did you mean 'bind'? labs: bind, listen",
  "unknown lab 'x'; labs: bind, listen",
  "unknown lab or document 'bid'; did you mean 'bind'? documents: 000, 001; labs: bind, listen",
  "unknown lab or document 'x'; documents: 000, 001; labs: bind, listen",
  "--lang is 'fr'; languages: en, zh",
  '--lang names no language; languages: en, zh',
  'interrupted after 1.2 s; nothing is left behind',
  'wrong: 0x1234 would be right',
  'wrong: 0x1234 would be right (a sender may leave it to the network card)',
  '1 octet missing',
  '5 octets missing',
  'of 12 octets, 5 are left',
  '1234, echo 5678',
  'a run was tried, as root',
  'a run was tried, rootless',
  'Docker 28.2.2 answers, a run was tried',
  'Docker 28.2.2 answers; the first run builds its image',
  'not installed: ss',

  "waited 20 s for the server to answer 'run'",
  'waited 60 s for the hosts to be set up',
  'waited 20 s for the hosts to end',
  'waited 60 s for the witnesses to end',
  "waited 20 s for the kernel's tracepoint to end",
  'waited 20 s for the removal of a tracefs instance to end',
  'waited 20 s for the hosts to end; waited 20 s for the witnesses to end',
  'waited 20 s for tcpdump at the client to show a marker',
  'waited 20 s for tcpdump at the server and the client to show a marker',
  'Docker: waited 30 s for the daemon to answer POST /containers/create',
  'Docker: waited 20 s for the daemon to remove a container',
  'Docker: waited 600 s for the daemon to go on',
  'Docker: the daemon does not answer any more',
  "waited 30 s for ss on Docker's machine to end",
  "the kernel's tracepoint is lost: it ended",
  'cannot remove the tracefs instance socket-lab-1: it ended',
  `program 1 at the server reports what is not a call: 'args' is not what it must be: "{}"`,
  `program 1 at the server reports what is not a call: 'call' is missing: "{}"`,
  'cannot build socket-lab:1 on a pulled base: 404; without a registry, from Debian packages: npm run image -- --offline',
  'cannot build socket-lab:1 on the base b: 404; to make the offline base anew: npm run image -- --offline',
  "uname -a on Docker's machine: exit status 1",
  "uname -a on Docker's machine: cut short",
  'the agent has ended',

  'runs/x/events.ndjson: cut or added to: it has 12 octets, not 13',
  'runs/x: evidence refused: event 57: FIN-WAIT-2 -> ESTABLISHED; transitions: each transition is an edge that Linux has, of a socket that had come to where it begins',
  'runs/x: evidence refused: event 9, frame 3 of server.pcap: 3600.000 s; date: the captures begin when the run says that it did',
  'runs/x: evidence refused: frame 3 of client.pcap: TCP; checksums: the checksums of IPv4 and TCP are those of the octets',
  'runs/x: evidence refused: events 7, 9: -0.100 s; captures-agree: what goes out in one capture comes in in the other: the same octets, in order, a little later',
  'runs/x/events.ndjson: line 3: is no JSON',
  'runs/x/events.ndjson: line 3: the event: invalid',
  'runs/x: evidence refused: server.pcap: pcap, octet 24: record 1 claims 99999 octets, more than 65535',
  'runs/x: evidence refused: server.pcap: pcap, octet 24: record 1 kept 99 octets of a frame of 60',
  'runs/x: evidence refused: server.pcap: pcap, octet 24: record 1 has 7 parts of a second that has 6',
  'runs/x: evidence refused: server.pcap: pcap, octet 24: the file ends inside record 1',
  'runs/x: evidence refused: server.pcap: pcap, octet 24: the file ends inside the file header',
  "runs/x: event 9: recorded is 'expect the server's sockets to be none', but the lab expects the client's sockets to be none",
  "runs/x: event 9: recorded is step 'the client closes' (begin), but the lab end of step 'both close'",
  'runs/x: event 9: recorded is drop at the server, but the lab waits',
  'runs/x: event 9: recorded is hold at the wire, but the lab has ended',
  "runs/x: event 9: the bundle says met (none), the replay failed (expected the client's sockets to be none, saw 1 LISTEN)",

  'packet pattern, line 2, column 3: the time has no unit: +1',
  'packet pattern, line 2, column 3: the gap ends before it begins: +2s..1s',
  'packet pattern, line 2, column 3: no time: +',
  '^ units are us, ms, s, min; a gap is written +1s, +200ms, +1s±10%, +1s..1.5s or +1s..',
  "forged segment 'R seq=x': seq=x is no number: seq is an integer from 0 to 4294967295",
  "forged segment 'R seq=': seq has no value: write seq=, an integer from 0 to 65535",
  "forged segment 'R seq=99999999999': seq=99999999999 does not fit: seq is any integer",
  "forged segment 'R seq=': seq has no value: write seq=, any integer",
];

// Real output of `ss -H -t -a -n -p -o -i -e -m` on Linux 6.18, only blanks at line ends removed.
// The process calls itself `we"ird) (n,a`, its child `new<line feed>line it`.

/** iproute2 6.1 with -O: every state but CLOSED, every timer, every kind of address. */
export const ONE_LINE = `LISTEN     2      1                127.0.0.1:6013             0.0.0.0:*     users:(("new
line it",pid=7270,fd=28),("we"ird",pid=7202,fd=28)) ino:15530 sk:2 cgroup:/ <-> skmem:(r0,rb131072,t0,tb16384,f0,w0,o0,bl0,d2) bbr cwnd:10 unacked:2
LISTEN     0      5               0.0.0.0%lo:6003             0.0.0.0:*     users:(("new
line it",pid=7270,fd=15),("we"ird",pid=7202,fd=15)) ino:14727 sk:5 cgroup:/ <-> skmem:(r0,rb131072,t0,tb16384,f0,w0,o0,bl0,d0) bbr cwnd:10
SYN-SENT   0      1                127.0.0.1:40508          127.0.0.1:6010  users:(("new
line it",pid=7270,fd=22),("we"ird",pid=7202,fd=22)) timer:(on,500ms,1) ino:15521 sk:c cgroup:/ <-> skmem:(r0,rb131072,t0,tb16384,f3264,w832,o0,bl0,d0) bbr rto:1000 mss:524 pmtu:65535 rcvmss:88 advmss:65495 cwnd:1 segs_out:2 bbr:(bw:0bps,mrtt:0) lastsnd:1036020 lastrcv:1036020 lastack:1036020 app_limited unacked:1 retrans:1/1 lost:1 rcv_ssthresh:65495
SYN-RECV   0      0                127.0.0.1:6011           127.0.0.1:50608 timer:(on,1.500ms,1) ino:0 sk:11
ESTAB      5      0                127.0.0.1:6000           127.0.0.1:43832 users:(("new
line it",pid=7270,fd=6),("we"ird",pid=7202,fd=6)) ino:14716 sk:9 cgroup:/ <-> skmem:(r837,rb131072,t0,tb3939840,f3259,w0,o0,bl0,d0) ts sack bbr wscale:10,10 rto:204 rtt:0.026/0.013 ato:40 mss:32768 pmtu:65535 rcvmss:536 advmss:65483 cwnd:10 bytes_received:5 segs_out:1 segs_in:3 data_segs_in:1 bbr:(bw:0bps,mrtt:0.026) send 100824615385bps lastsnd:1832 lastrcv:1832 lastack:1832 pacing_rate 288141767440bps delivered:1 app_limited rcv_space:65483 rcv_ssthresh:65483 minrtt:0.026 snd_wnd:65536
ESTAB      0      3782144          127.0.0.1:38042          127.0.0.1:6012  users:(("new
line it",pid=7270,fd=26),("we"ird",pid=7202,fd=26)) timer:(persist,204ms,1) ino:15528 sk:d cgroup:/ <-> skmem:(r0,rb131072,t0,tb4194304,f2368,w3847872,o0,bl0,d0) ts sack bbr wscale:10,10 rto:208 backoff:2 rtt:4.609/9.181 mss:47616 pmtu:65535 rcvmss:536 advmss:65483 cwnd:16 bytes_sent:176128 bytes_retrans:47616 bytes_acked:128513 segs_out:10 segs_in:5 data_segs_out:6 bbr:(bw:19046381832bps,mrtt:0.013,pacing_gain:2.88672,cwnd_gain:2.88672) send 1322379692bps lastsnd:1264 lastrcv:1520 lastack:1052 pacing_rate 575808691880bps delivery_rate 8858790696bps delivered:7 busy:1520ms rwnd_limited:1520ms(100.0%) retrans:0/1 dsack_dups:1 rcv_space:65495 rcv_ssthresh:65495 notsent:3782144 minrtt:0.013
ESTAB      0      0                127.0.0.1:43832          127.0.0.1:6000  users:(("new
line it",pid=7270,fd=5),("we"ird",pid=7202,fd=5)) timer:(keepalive,119min,0) ino:14715 sk:17 cgroup:/ <-> skmem:(r0,rb131072,t0,tb3939840,f0,w0,o0,bl0,d0) ts sack bbr wscale:10,10 rto:204 rtt:0.026/0.014 mss:32768 pmtu:65535 rcvmss:536 advmss:65483 cwnd:11 bytes_sent:5 bytes_acked:6 segs_out:3 segs_in:2 data_segs_out:1 bbr:(bw:18724562496bps,mrtt:0.014,pacing_gain:2.88672,cwnd_gain:2.88672) send 110907076923bps lastsnd:1832 lastrcv:1832 lastack:1832 pacing_rate 267339727488bps delivery_rate 18724571424bps delivered:2 app_limited rcv_space:65495 rcv_ssthresh:65495 minrtt:0.014 snd_wnd:65536
FIN-WAIT-1 0      1                127.0.0.1:43870          127.0.0.1:6000  users:(("new
line it",pid=7270,fd=17),("we"ird",pid=7202,fd=17)) timer:(on,012ms,2) ino:14733 sk:1b cgroup:/ <-- skmem:(r0,rb131072,t0,tb3939840,f3264,w832,o0,bl0,d0) ts sack bbr wscale:10,10 rto:800 backoff:2 rtt:0.03/0.015 mss:32741 pmtu:65535 rcvmss:536 advmss:65483 cwnd:1 bytes_acked:1 segs_out:6 segs_in:1 bbr:(bw:0bps,mrtt:0.03,pacing_gain:1,cwnd_gain:1) send 8730933333bps lastsnd:1628 lastrcv:1628 lastack:1628 pacing_rate 249517099808bps delivered:1 app_limited busy:1624ms unacked:1 retrans:1/3 lost:1 rcv_space:65495 rcv_ssthresh:65495 minrtt:0.03 snd_wnd:65483
FIN-WAIT-2 0      0                127.0.0.1:43854          127.0.0.1:6000  users:(("new
line it",pid=7270,fd=7),("we"ird",pid=7202,fd=7)) ino:14719 sk:19 cgroup:/ <-- skmem:(r0,rb131072,t0,tb3939840,f0,w0,o0,bl0,d0) ts sack bbr wscale:10,10 rto:204 rtt:0.403/0.793 mss:32768 pmtu:65535 rcvmss:536 advmss:65483 cwnd:11 bytes_acked:2 segs_out:3 segs_in:2 bbr:(bw:82734368bps,mrtt:0.009,pacing_gain:2.88672,cwnd_gain:2.88672) send 7155295285bps lastsnd:1832 lastrcv:1832 lastack:1828 pacing_rate 831723710664bps delivery_rate 82747472bps delivered:2 app_limited busy:4ms rcv_space:65495 rcv_ssthresh:65495 minrtt:0.009 snd_wnd:65536
FIN-WAIT-2 0      0                127.0.0.1:43868          127.0.0.1:6000  timer:(timewait,58sec,0) ino:0 sk:1a
CLOSE-WAIT 1      0                127.0.0.1:6000           127.0.0.1:43854 users:(("new
line it",pid=7270,fd=8),("we"ird",pid=7202,fd=8)) ino:14720 sk:12 cgroup:/ --> skmem:(r832,rb131072,t0,tb3939840,f3264,w0,o0,bl0,d0) ts sack bbr wscale:10,10 rto:200 rtt:0.011/0.005 ato:40 mss:32768 pmtu:65535 rcvmss:536 advmss:65483 cwnd:10 bytes_received:1 segs_out:1 segs_in:3 send 238312727273bps lastsnd:1832 lastrcv:1832 lastack:1832 pacing_rate 681062375640bps delivered:1 app_limited rcv_space:65483 rcv_ssthresh:65483 minrtt:0.011 snd_wnd:65536
CLOSING    1      1                127.0.0.1:6000           127.0.0.1:43882 users:(("new
line it",pid=7270,fd=21),("we"ird",pid=7202,fd=21)) timer:(on,076ms,2) ino:14744 sk:a cgroup:/ --- skmem:(r832,rb131072,t0,tb3939840,f2432,w832,o0,bl0,d2) ts sack bbr wscale:10,10 rto:800 backoff:2 rtt:0.023/0.011 ato:40 mss:32768 pmtu:65535 rcvmss:536 advmss:65483 cwnd:1 bytes_received:1 segs_out:7 segs_in:5 send 11397565217bps lastsnd:1568 lastrcv:1568 lastack:724 pacing_rate 325725462640bps delivered:1 app_limited busy:1556ms unacked:1 retrans:1/3 lost:1 rcv_space:65483 rcv_ssthresh:65483 minrtt:0.023 snd_wnd:65536
LAST-ACK   1      1                127.0.0.1:6000           127.0.0.1:43876 timer:(on,044ms,2) ino:0 sk:e cgroup:/ --- skmem:(r0,rb131072,t0,tb3939840,f3264,w832,o0,bl0,d0) ts sack bbr wscale:10,10 rto:800 backoff:2 rtt:0.024/0.012 ato:40 mss:32768 pmtu:65535 rcvmss:536 advmss:65483 cwnd:1 bytes_received:1 segs_out:5 segs_in:3 send 10922666667bps lastsnd:1624 lastrcv:1624 lastack:1624 pacing_rate 312153570224bps delivered:1 app_limited busy:1568ms unacked:1 retrans:1/3 lost:1 rcv_space:65483 rcv_ssthresh:65483 minrtt:0.024 snd_wnd:65536
TIME-WAIT  0      0                127.0.0.1:43840          127.0.0.1:6000  timer:(timewait,58sec,0) ino:0 sk:18
LISTEN     1      5                    [::1]:6001                [::]:*     users:(("new
line it",pid=7270,fd=9),("we"ird",pid=7202,fd=9)) ino:14723 sk:1e cgroup:/ v6only:1 <-> skmem:(r0,rb131072,t0,tb16384,f0,w0,o0,bl0,d0) bbr cwnd:10 unacked:1
LISTEN     0      5         [fe80::1234]%dum:6004                [::]:*     users:(("new
line it",pid=7270,fd=16),("we"ird",pid=7202,fd=16)) ino:14731 sk:1f cgroup:/ v6only:1 <-> skmem:(r0,rb131072,t0,tb16384,f0,w0,o0,bl0,d0) bbr cwnd:10
LISTEN     1      5                        *:6002                   *:*     users:(("new
line it",pid=7270,fd=13),("we"ird",pid=7202,fd=13)) ino:14725 sk:20 cgroup:/ v6only:0 <-> skmem:(r0,rb131072,t0,tb16384,f0,w0,o0,bl0,d0) bbr cwnd:10 unacked:1
ESTAB      0      0       [::ffff:127.0.0.1]:6002  [::ffff:127.0.0.1]:43794 ino:0 sk:23 cgroup:/ <-> skmem:(r0,rb131072,t0,tb3939840,f0,w0,o0,bl0,d0) ts sack bbr wscale:10,10 rto:200 rtt:0.013/0.006 mss:32768 pmtu:65535 rcvmss:536 advmss:65483 cwnd:10 segs_in:2 bbr:(bw:0bps,mrtt:0.013) send 201649230769bps lastsnd:1832 lastrcv:1832 lastack:1832 pacing_rate 576283534880bps delivered:1 app_limited rcv_space:65483 rcv_ssthresh:65483 minrtt:0.013 snd_wnd:65536
`;

/** iproute2 6.1 without -O, the sockets of an ordinary user, one of them marked. */
export const CONTINUED = `LISTEN 0      5      127.0.0.1:6000    0.0.0.0:*     users:(("python3",pid=14511,fd=3)) uid:1000 ino:110780 sk:28 cgroup:/ <->
	 skmem:(r0,rb131072,t0,tb16384,f0,w0,o0,bl0,d0) bbr cwnd:10
ESTAB  0      0      127.0.0.1:6000  127.0.0.1:47322 users:(("python3",pid=14511,fd=5)) uid:1000 ino:110782 sk:29 cgroup:/ <->
	 skmem:(r0,rb131072,t0,tb3939840,f0,w0,o0,bl0,d0) ts sack bbr wscale:1,10 rto:204 rtt:0.041/0.02 mss:32748 pmtu:65535 rcvmss:536 advmss:65483 cwnd:11 bytes_sent:99 bytes_acked:99 segs_out:1 segs_in:3 data_segs_out:1 bbr:(bw:4225544352bps,mrtt:0.039,pacing_gain:2.88672,cwnd_gain:2.88672) send 70288390244bps lastsnd:180 lastrcv:184 lastack:180 pacing_rate 191977266440bps delivery_rate 4225548384bps delivered:2 app_limited busy:4ms rcv_space:65483 rcv_ssthresh:65483 minrtt:0.039 snd_wnd:65398
ESTAB  99     0      127.0.0.1:47322 127.0.0.1:6000  users:(("python3",pid=14511,fd=4)) timer:(keepalive,1min2sec,0) uid:1000 ino:110781 sk:2a fwmark:0x7 cgroup:/ <->
	 skmem:(r931,rb131072,t0,tb3939840,f3165,w0,o0,bl0,d0) ts sack bbr wscale:10,1 rto:204 rtt:0.032/0.016 ato:40 mss:32768 pmtu:65535 rcvmss:536 advmss:65483 cwnd:10 bytes_acked:1 bytes_received:99 segs_out:3 segs_in:2 data_segs_in:1 bbr:(bw:0bps,mrtt:0.032,pacing_gain:1,cwnd_gain:1) send 81920000000bps lastsnd:184 lastrcv:180 lastack:180 pacing_rate 233922295016bps delivered:1 app_limited rcv_space:65495 rcv_ssthresh:65495 minrtt:0.032 snd_wnd:65536
`;

/** iproute2 5.4. */
export const RELEASE_5_4 = `SYN-RECV   0      0                  127.0.0.1:6011             127.0.0.1:50608  timer:(on,1.484ms,1) ino:0 sk:11
FIN-WAIT-1 0      1                  127.0.0.1:43870            127.0.0.1:6000   users:(("new
line it",pid=7270,fd=17),("we"ird",pid=7202,fd=17)) timer:(on,,2) ino:14733 sk:1b <-- skmem:(r0,rb131072,t0,tb3939840,f3264,w832,o0,bl0,d0) ts sack bbr wscale:10,10 rto:800 backoff:2 rtt:0.03/0.015 mss:32741 pmtu:65535 rcvmss:536 advmss:65483 cwnd:1 bytes_acked:1 segs_out:6 segs_in:1 bbr:(bw:0bps,mrtt:0.03,pacing_gain:1,cwnd_gain:1) send 8730933333bps lastsnd:1644 lastrcv:1644 lastack:1644 pacing_rate 249517099808bps delivered:1 app_limited busy:1640ms unacked:1 retrans:1/3 lost:1 rcv_space:65495 rcv_ssthresh:65495 minrtt:0.03
`;

/** iproute2 6.15: seconds said to be seconds, and a bound socket. */
export const RELEASE_6_15 = `UNCONN     0      0                127.0.0.1:6999             0.0.0.0:*     users:(("new
line it",pid=7270,fd=4),("we"ird",pid=7202,fd=4))   ino:14714 sk:24 cgroup:/ <-> skmem:(r0,rb131072,t0,tb16384,f0,w0,o0,bl0,d0)
SYN-RECV   0      0                127.0.0.1:6011           127.0.0.1:50608                                                                  timer:(on,1.468sec,1) ino:0 sk:11
`;

/** iproute2 7.1: control characters in names made harmless. */
export const RELEASE_7_1 = `UNCONN     0      0                127.0.0.1:6999             0.0.0.0:*     users:(("new.line it",pid=7270,fd=4),("we"ird",pid=7202,fd=4)) ino:14714 sk:24 cgroup:/ <-> skmem:(r0,rb131072,t0,tb16384,f0,w0,o0,bl0,d0)
SYN-RECV   0      0                127.0.0.1:6011           127.0.0.1:50608 timer:(on,1.460sec,1) ino:0 sk:11
`;

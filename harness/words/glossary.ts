/** What the words mean that labs, ladders and reports use. */

interface Entry {
  term: string;
  /** Other words for it, and how it is written elsewhere. */
  also: readonly string[];
  /** A sentence or two. */
  meaning: string;
  /** Labs that show it. */
  labs: readonly string[];
}

interface Contents {
  title: string;
  terms: readonly Entry[];
}

export const GLOSSARY = [
  {
    title: 'Segments',
    terms: [
      {
        term: 'segment',
        also: ['TCP segment', 'packet'],
        meaning:
          "What TCP sends: a header with ports, numbers and flags, and perhaps data. It travels in one IP packet. It is named by its flags, SYN+ACK; in packet patterns they are tcpdump's letters, S., where the dot is ACK.",
        labs: ['handshake'],
      },
      {
        term: 'SYN',
        also: ['S'],
        meaning:
          'Flag: opens a connection and says at which number its sender begins to count. It takes one sequence number.',
        labs: ['handshake'],
      },
      {
        term: 'ACK',
        also: ['.', 'ack'],
        meaning:
          'Flag, and with it a number: every octet before that number has arrived. Every segment but the first SYN carries one. tcpdump prints the flag as a dot.',
        labs: ['handshake'],
      },
      {
        term: 'FIN',
        also: ['F'],
        meaning:
          'Flag: its sender has nothing more to send. It takes one sequence number, and is acknowledged like data.',
        labs: ['close'],
      },
      {
        term: 'RST',
        also: ['reset', 'R'],
        meaning:
          'Flag: there is no such connection here (any more). It ends the connection at once and is not acknowledged.',
        labs: ['wrong-port', 'reset'],
      },
      {
        term: 'PSH',
        also: ['P'],
        meaning:
          'Flag: the end of what a program has sent in one go. It changes nothing for a program that reads.',
        labs: ['established'],
      },
      {
        term: 'seq',
        also: ['sequence number', 'x', 'y'],
        meaning:
          "The number of a segment's first octet. The ladder writes it from its side's first number: x for the client's, y for the server's, so x+1 is the first octet after the SYN.",
        labs: ['handshake'],
      },
      {
        term: 'ISN',
        also: ['initial sequence number'],
        meaning:
          'Where an end begins to count: chosen anew for each connection, so that segments of an old one are not taken for new ones.',
        labs: ['old-duplicate-syn'],
      },
      {
        term: 'len',
        also: ['length'],
        meaning: 'How many octets of data a segment carries.',
        labs: ['established'],
      },
      {
        term: 'window',
        also: ['win'],
        meaning: 'How many octets the receiver has room for. At 0 the sender has to wait.',
        labs: ['zero-window'],
      },
      {
        term: 'MSS',
        also: ['mss', 'maximum segment size'],
        meaning:
          'The largest number of octets of data that one segment may carry to this host. Each side names its own in its SYN.',
        labs: ['mss'],
      },
      {
        term: 'timestamps',
        also: ['tsval', 'ecr'],
        meaning:
          "A TCP option: the sender's clock in each segment, and the peer's sent back. They tell late segments from new ones.",
        labs: ['time-wait-syn', 'tw-reuse'],
      },
      {
        term: 'retransmission',
        also: ['again', 'retransmitted'],
        meaning:
          'The same octets sent once more because no ACK came in time. The ladder marks it `again`.',
        labs: ['send-buffer', 'syn-timeout'],
      },
      {
        term: 'RTO',
        also: ['retransmission timeout'],
        meaning:
          'How long TCP waits for an ACK before it sends again: at least 0.2 s on Linux, 1 s for a SYN, longer each time.',
        labs: ['syn-timeout'],
      },
      {
        term: 'delayed ACK',
        also: ['lone ACK'],
        meaning:
          'A kernel may keep an ACK back for up to 40 ms (0.2 s at most), so that it can go with data.',
        labs: ['three-segment-close'],
      },
      {
        term: 'challenge ACK',
        also: [],
        meaning:
          'The answer to a segment that may be forged or old: the numbers that are due, so that a real peer can correct itself (RFC 5961).',
        labs: ['forged-reset'],
      },
    ],
  },
  {
    title: 'Connections',
    terms: [
      {
        term: 'connection',
        also: [],
        meaning:
          'Two ends that exchange segments. It exists only as a state at each end; the wire knows nothing of it.',
        labs: ['sockets'],
      },
      {
        term: 'four-tuple',
        also: ['tuple'],
        meaning: 'Both addresses and both ports: what tells one connection from all others.',
        labs: ['connect-bind'],
      },
      {
        term: 'port',
        also: ['ephemeral port'],
        meaning:
          'A number from 0 to 65535 that names an end within its host. A client that does not choose gets an ephemeral one from net.ipv4.ip_local_port_range.',
        labs: ['connect-bind'],
      },
      {
        term: 'handshake',
        also: ['three-way handshake'],
        meaning:
          'SYN, SYN+ACK, ACK: after it both ends are ESTABLISHED. The kernels do it; accept() is not needed.',
        labs: ['handshake'],
      },
      {
        term: 'listener',
        also: ['listening socket'],
        meaning:
          'A socket in LISTEN. It never becomes a connection: each connection gets a socket of its own.',
        labs: ['listen', 'sockets'],
      },
      {
        term: 'backlog',
        also: [],
        meaning:
          'The number given to listen(): how long the accept queue may be. Linux lets in one more, and no more than net.core.somaxconn.',
        labs: ['backlog-sizes'],
      },
      {
        term: 'accept queue',
        also: [],
        meaning:
          'Connections whose handshake is complete and that accept() has not taken yet. First in, first out.',
        labs: ['backlog-full', 'slow-accept'],
      },
      {
        term: 'SYN queue',
        also: ['half-made connections'],
        meaning: 'Connections whose handshake has begun: the server is in SYN-RECEIVED.',
        labs: ['syn-cookies'],
      },
      {
        term: 'SYN cookie',
        also: ['syncookies'],
        meaning:
          "What a server would have to remember of a SYN, hidden in its SYN+ACK's sequence number: so it need not remember.",
        labs: ['syn-cookies'],
      },
      {
        term: 'Recv-Q',
        also: [],
        meaning:
          'Of a connection: octets that have arrived and that the program has not read. Of a listener: connections that wait for accept().',
        labs: ['established', 'sockets'],
      },
      {
        term: 'Send-Q',
        also: [],
        meaning:
          'Of a connection: octets that the peer has not acknowledged. Of a listener, in ss: the backlog.',
        labs: ['send-buffer', 'listen'],
      },
      {
        term: 'half-close',
        also: ['shutdown'],
        meaning: 'One direction is closed by a FIN, the other is still open: shutdown(SHUT_WR).',
        labs: ['half-close'],
      },
      {
        term: 'half-open',
        also: [],
        meaning:
          'One end believes in a connection of which the other knows nothing: after a crash, a reset that was lost.',
        labs: ['keepalive'],
      },
      {
        term: 'orphan',
        also: ['orphaned', 'held by the kernel alone'],
        meaning: 'A socket that no process has any more; the kernel finishes it alone.',
        labs: ['fin-wait-2-timeout'],
      },
      {
        term: 'keepalive',
        also: ['SO_KEEPALIVE'],
        meaning:
          'The kernel asks a silent peer from time to time whether it is there. Off unless a program sets SO_KEEPALIVE.',
        labs: ['keepalive'],
      },
      {
        term: 'persist timer',
        also: ['zero window'],
        meaning:
          'Asks a peer whose window is 0 whether it has room now, so that a lost answer does not stop both for ever.',
        labs: ['zero-window'],
      },
      {
        term: 'MSL',
        also: ['2MSL'],
        meaning:
          'The longest time that a segment may live in the network. TIME-WAIT lasts twice that: 60 s on Linux, a constant.',
        labs: ['time-wait-expiry'],
      },
    ],
  },
  {
    title: 'States (RFC 9293, 3.3.2)',
    terms: [
      {
        term: 'CLOSED',
        also: [],
        meaning: 'No connection, and no socket that ss could show.',
        labs: ['wrong-port'],
      },
      { term: 'LISTEN', also: [], meaning: 'Waits for any SYN to its port.', labs: ['listen'] },
      {
        term: 'SYN-SENT',
        also: [],
        meaning: 'Has sent a SYN and waits for the answer.',
        labs: ['syn-timeout'],
      },
      {
        term: 'SYN-RECEIVED',
        also: ['SYN-RECV'],
        meaning: 'Has received a SYN, has answered it, and waits for the ACK of its own.',
        labs: ['handshake', 'backlog-overflow'],
      },
      {
        term: 'ESTABLISHED',
        also: ['ESTAB'],
        meaning: 'Open: data may go both ways.',
        labs: ['established'],
      },
      {
        term: 'FIN-WAIT-1',
        also: [],
        meaning: 'Has sent its FIN first, and waits for the ACK of it.',
        labs: ['close'],
      },
      {
        term: 'FIN-WAIT-2',
        also: [],
        meaning: "Its FIN is acknowledged; it waits for the peer's FIN.",
        labs: ['close', 'fin-wait-2-timeout'],
      },
      {
        term: 'CLOSING',
        also: [],
        meaning: 'Both FINs have crossed; it waits for the ACK of its own.',
        labs: ['simultaneous-close'],
      },
      {
        term: 'TIME-WAIT',
        also: [],
        meaning:
          'Closed first. It waits for 60 s, so that the last ACK can be sent again and late segments die out.',
        labs: ['time-wait'],
      },
      {
        term: 'CLOSE-WAIT',
        also: [],
        meaning: 'The peer has closed; the program here has not. Only close() ends it.',
        labs: ['close-wait-leak'],
      },
      {
        term: 'LAST-ACK',
        also: [],
        meaning: 'Has sent its FIN second, and waits for the ACK of it.',
        labs: ['close', 'lost-last-ack'],
      },
    ],
  },
  {
    title: 'Options and errors',
    terms: [
      {
        term: 'SO_REUSEADDR',
        also: [],
        meaning:
          'Lets bind() take a port on which an old connection remains, if the old socket had set it too and none listens.',
        labs: ['reuseaddr', 'bind-matrix'],
      },
      {
        term: 'SO_REUSEPORT',
        also: [],
        meaning: 'Lets several sockets of one user listen on the same port, if all have set it.',
        labs: ['reuseport'],
      },
      {
        term: 'SO_LINGER',
        also: [],
        meaning: 'With a time of 0, close() sends a reset instead of a FIN and keeps nothing.',
        labs: ['reset-sent'],
      },
      {
        term: 'EADDRINUSE',
        also: [],
        meaning:
          'bind() or listen(): somebody has that address and port, perhaps only an old connection.',
        labs: ['bind-restart'],
      },
      {
        term: 'EADDRNOTAVAIL',
        also: [],
        meaning:
          'connect(): no free port is left for that destination. bind(): not an address of this host.',
        labs: ['time-wait-flood', 'bind'],
      },
      {
        term: 'ECONNREFUSED',
        also: [],
        meaning: 'connect(): the SYN was answered by a reset; nobody listens there.',
        labs: ['wrong-port'],
      },
      {
        term: 'ECONNRESET',
        also: [],
        meaning: 'A reset came. The next call reports it, once.',
        labs: ['reset'],
      },
      {
        term: 'EINPROGRESS',
        also: [],
        meaning:
          'Not an error: a non-blocking connect() has sent its SYN and does not wait for the answer.',
        labs: ['backlog-full'],
      },
      {
        term: 'EISCONN',
        also: [],
        meaning: 'connect(): the socket is connected already, or listens.',
        labs: ['listen-connect'],
      },
      {
        term: 'EPIPE',
        also: [],
        meaning: 'send(): this end has sent its FIN, or the connection was reset before.',
        labs: ['half-close', 'reset'],
      },
      {
        term: 'ETIMEDOUT',
        also: [],
        meaning: 'No answer to all retransmissions, or to keepalive.',
        labs: ['syn-timeout', 'send-buffer'],
      },
    ],
  },
  {
    title: 'The laboratory',
    terms: [
      {
        term: 'lab',
        also: [],
        meaning: 'One experiment: what it does between two hosts, and what must be seen.',
        labs: [],
      },
      {
        term: 'host',
        also: ['server', 'client'],
        meaning:
          "A machine of its own for TCP: a container or a network namespace, with the kernel's real TCP.",
        labs: [],
      },
      {
        term: 'wire',
        also: [],
        meaning:
          'The link between the two hosts. A lab can hold it, let go, drop, copy, reorder or delay what is on it.',
        labs: ['time-wait'],
      },
      {
        term: 'held',
        also: ['let go'],
        meaning:
          'A segment waits on the wire until the lab lets it go, so that a state which would last microseconds stands still.',
        labs: ['time-wait'],
      },
      {
        term: 'injected',
        also: ['forged'],
        meaning: 'A segment that the lab made, and no kernel.',
        labs: ['forged-reset'],
      },
      {
        term: 'witness',
        also: [],
        meaning:
          "Who saw it: tcpdump the segments, ss the states, the kernel's tracepoint the transitions. They are checked against each other.",
        labs: [],
      },
      { term: 'sample', also: [], meaning: 'One look of ss at all sockets of a host.', labs: [] },
      {
        term: 'check',
        also: ['expectation'],
        meaning: 'What a lab says must be seen, with a time in which it must be.',
        labs: [],
      },
      {
        term: 'ladder',
        also: [],
        meaning:
          'The drawing of a run: time downwards, states at the sides, an arrow for each segment.',
        labs: [],
      },
      {
        term: 'bundle',
        also: [],
        meaning:
          'A run on disk: all events, both captures, the result, and their hashes. `verify` judges it again.',
        labs: [],
      },
    ],
  },
] as const satisfies readonly Contents[];

export type Chapter = (typeof GLOSSARY)[number];
export type Term = Chapter['terms'][number];

/** The terms that a word means, by any way of writing it; capitals do not matter. */
export function termsOf(word: string): Term[] {
  const wanted = word.toLowerCase();
  const is = (name: string): boolean => name.toLowerCase() === wanted;
  const terms: readonly Term[] = GLOSSARY.flatMap<Term>(({ terms: all }) => all);
  const exact = terms.filter(({ term }) => is(term));
  return exact.length > 0 ? exact : terms.filter(({ also }) => also.some(is));
}

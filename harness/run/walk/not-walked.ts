/**
 * Labs through which nobody can walk, a segment at a time, and why: the time that somebody thinks is
 * in what they measure, or nobody would press so many keys.
 */
export const NOT_WALKED: Readonly<Record<string, string>> = {
  'abort-on-overflow': 'it measures when a SYN is sent again',
  'backlog-full': 'it measures when SYNs are sent again',
  'backlog-overflow': 'it measures when a SYN+ACK is sent again',
  'close-wait-leak':
    'it waits for FIN-WAIT-2 to end, which takes the longer the slower the wire is',
  'fin-wait-2-timeout': 'it measures FIN-WAIT-2, which lasts the longer the slower the wire is',
  keepalive: 'it measures when a silent peer is asked',
  'lost-last-ack': 'it reads how long TIME-WAIT has left',
  'self-connect': 'one host talks to itself, and nothing crosses the wire',
  'send-buffer': 'it measures when data are sent again',
  'slow-accept': 'it measures when a SYN is sent again',
  'syn-cookies': 'it floods the server with SYNs',
  'syn-timeout': 'it measures when a SYN is sent again',
  'time-wait-flood': 'it has two thousand connections',
  'tw-reuse': 'it reads how long TIME-WAIT has left',
  'zero-window': 'it measures when a closed window is asked after',
};

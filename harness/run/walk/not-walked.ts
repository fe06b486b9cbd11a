import { told, type Told } from '../../told.ts';

/**
 * Labs through which nobody can walk, a segment at a time, and why: the time that somebody thinks is
 * in what they measure, or nobody would press so many keys.
 */
export const NOT_WALKED: Readonly<Record<string, Told>> = {
  'abort-on-overflow': told('it measures when a SYN is sent again'),
  'backlog-full': told('it measures when SYNs are sent again'),
  'backlog-overflow': told('it measures when a SYN+ACK is sent again'),
  'close-wait-leak': told(
    'it waits for FIN-WAIT-2 to end, which takes the longer the slower the wire is',
  ),
  'fin-wait-2-timeout': told(
    'it measures FIN-WAIT-2, which lasts the longer the slower the wire is',
  ),
  keepalive: told('it measures when a silent peer is asked'),
  'lost-last-ack': told('it reads how long TIME-WAIT has left'),
  'self-connect': told('one host talks to itself, and nothing crosses the wire'),
  'send-buffer': told('it measures when data are sent again'),
  'slow-accept': told('it measures when a SYN is sent again'),
  'syn-cookies': told('it floods the server with SYNs'),
  'syn-timeout': told('it measures when a SYN is sent again'),
  'time-wait-flood': told('it has two thousand connections'),
  'tw-reuse': told('it reads how long TIME-WAIT has left'),
  'zero-window': told('it measures when a closed window is asked after'),
};

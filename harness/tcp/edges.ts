import type { State } from './state.ts';

/** One edge of the state diagram. `when` is the event and, after the slash, what TCP does then. */
export interface Edge {
  from: State;
  to: State;
  when: string;
  /** The figure's note that this edge comes from or is conditional on; absent for a plain edge. */
  note?: 1 | 2 | 3;
}

/** What Figure 5 of RFC 9293 draws. */
const DRAWN: readonly Edge[] = [
  { from: 'CLOSED', to: 'LISTEN', when: 'passive OPEN / create TCB' },
  { from: 'CLOSED', to: 'SYN-SENT', when: 'active OPEN / create TCB, snd SYN' },
  { from: 'LISTEN', to: 'CLOSED', when: 'CLOSE / delete TCB' },
  { from: 'LISTEN', to: 'SYN-SENT', when: 'SEND / snd SYN' },
  { from: 'LISTEN', to: 'SYN-RECEIVED', when: 'rcv SYN / snd SYN,ACK' },
  { from: 'SYN-SENT', to: 'CLOSED', when: 'CLOSE / delete TCB' },
  { from: 'SYN-SENT', to: 'SYN-RECEIVED', when: 'rcv SYN / snd SYN,ACK' },
  { from: 'SYN-SENT', to: 'ESTABLISHED', when: 'rcv SYN,ACK / snd ACK' },
  { from: 'SYN-RECEIVED', to: 'LISTEN', when: 'rcv RST', note: 1 },
  { from: 'SYN-RECEIVED', to: 'ESTABLISHED', when: 'rcv ACK of SYN' },
  { from: 'SYN-RECEIVED', to: 'FIN-WAIT-1', when: 'CLOSE / snd FIN' },
  { from: 'ESTABLISHED', to: 'FIN-WAIT-1', when: 'CLOSE / snd FIN' },
  { from: 'ESTABLISHED', to: 'CLOSE-WAIT', when: 'rcv FIN / snd ACK' },
  { from: 'FIN-WAIT-1', to: 'FIN-WAIT-2', when: 'rcv ACK of FIN' },
  { from: 'FIN-WAIT-1', to: 'CLOSING', when: 'rcv FIN / snd ACK' },
  { from: 'FIN-WAIT-2', to: 'TIME-WAIT', when: 'rcv FIN / snd ACK' },
  { from: 'CLOSING', to: 'TIME-WAIT', when: 'rcv ACK of FIN' },
  { from: 'CLOSE-WAIT', to: 'LAST-ACK', when: 'CLOSE / snd FIN' },
  { from: 'LAST-ACK', to: 'CLOSED', when: 'rcv ACK of FIN' },
  { from: 'TIME-WAIT', to: 'CLOSED', when: 'Timeout=2MSL / delete TCB' },
];

/** The states of a connection in which either side may reset it. */
const RESETTABLE: readonly State[] = [
  'SYN-RECEIVED',
  'ESTABLISHED',
  'FIN-WAIT-1',
  'FIN-WAIT-2',
  'CLOSE-WAIT',
  'CLOSING',
  'LAST-ACK',
];

/** What the notes below the figure add to it. */
const NOTED: readonly Edge[] = [
  { from: 'FIN-WAIT-1', to: 'TIME-WAIT', when: 'rcv FIN, ACK of FIN / snd ACK', note: 2 },
  ...RESETTABLE.map((from): Edge => ({ from, to: 'TIME-WAIT', when: 'snd RST', note: 3 })),
  ...(['SYN-SENT', ...RESETTABLE, 'TIME-WAIT'] as const).map((from): Edge => ({
    from,
    to: 'CLOSED',
    when: 'rcv RST',
    note: 3,
  })),
];

/**
 * The edges of RFC 9293 3.3.2, Figure 5, and of its notes 1 to 3.
 *
 * Note 3 speaks of "any state"; it is written out for the states that hold a connection. These are
 * the textbook's edges, not Linux's: Linux goes to CLOSED where note 3 says TIME-WAIT, and has
 * timeouts of its own (SYN-SENT, FIN-WAIT-2, ... to CLOSED) that the figure leaves out.
 */
export const EDGES: readonly Edge[] = [...DRAWN, ...NOTED];

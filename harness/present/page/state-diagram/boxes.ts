import type { State } from '../../../tcp/states/state.ts';

/** A state as it is drawn, in units of the drawing. */
export interface Box {
  state: State;
  lines: readonly string[];
  x: number;
  y: number;
  width: number;
  height: number;
  /** The figure draws CLOSED a second time, where connections end. */
  isEnd?: true;
}

/** The drawing: left, top and width. */
export const DRAWING = { x: -17, y: 4, width: 394 };

const MIDDLE = { x: 128, width: 104 };
const LEFT = { x: 2, width: 72 };
const RIGHT = { x: 286, width: 72 };

/** Where Figure 5 of RFC 9293 has them. */
export const BOXES: readonly Box[] = [
  { state: 'CLOSED', lines: ['CLOSED'], ...MIDDLE, y: 30, height: 28 },
  { state: 'LISTEN', lines: ['LISTEN'], ...MIDDLE, y: 118, height: 28 },
  { state: 'SYN-RECEIVED', lines: ['SYN-', 'RECEIVED'], ...LEFT, y: 196, height: 64 },
  { state: 'SYN-SENT', lines: ['SYN-', 'SENT'], ...RIGHT, y: 196, height: 64 },
  { state: 'ESTABLISHED', lines: ['ESTABLISHED'], ...MIDDLE, y: 304, height: 28 },
  { state: 'FIN-WAIT-1', lines: ['FIN-', 'WAIT-1'], ...LEFT, y: 374, height: 44 },
  { state: 'CLOSE-WAIT', lines: ['CLOSE-', 'WAIT'], ...RIGHT, y: 374, height: 44 },
  { state: 'FIN-WAIT-2', lines: ['FIN-', 'WAIT-2'], ...LEFT, y: 468, height: 38 },
  { state: 'CLOSING', lines: ['CLOSING'], ...MIDDLE, y: 468, height: 38 },
  { state: 'LAST-ACK', lines: ['LAST-', 'ACK'], ...RIGHT, y: 468, height: 38 },
  { state: 'TIME-WAIT', lines: ['TIME-WAIT'], ...MIDDLE, y: 566, height: 28 },
  { state: 'CLOSED', lines: ['CLOSED'], ...RIGHT, y: 566, height: 28, isEnd: true },
];

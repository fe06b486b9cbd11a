import type { Misconception } from '../evidence/answers.ts';

/** Where a document says what is a misconception: by its claim, whose lab shows otherwise. */
export interface SaidBy {
  /** `000` to `004`. */
  document: string;
  section: string;
  /** The claim, as labs/*.claims.json has it; its verdict is `differs`. */
  claim: string;
}

/** Those misconceptions that stand in the documents. */
export const SAID_BY: Readonly<Partial<Record<Misconception, SaidBy>>> = {
  'backlog n': {
    document: '004',
    section: 'listen方法中的传参',
    claim: 'listen(1): at most one connection can be in that queue',
  },
  'full queue answers': {
    document: '004',
    section: 'Server不调用accept',
    claim:
      'On Linux a SYN to a full queue is answered by SYN+ACK all the same, and the client is connected',
  },
  'SYN is answered by ACK': {
    document: '001',
    section: '1.连接的建立',
    claim: 'The server sends back an ACK: the request has arrived',
  },
  'RFC minutes': {
    document: '000',
    section: '状态转移',
    claim: 'TIME-WAIT lasts about two minutes, twice the longest life of a segment',
  },
  'TIME-WAIT at the wrong side': {
    document: '000',
    section: '状态转移',
    claim: 'The client receives the last ACK and is gone, CLOSED',
  },
};

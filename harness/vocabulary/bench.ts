import { connected, type Connected, type Prepared } from './connected.ts';
import { makeExpect, type Expect } from './expect.ts';
import { reacher, type Reachable, type Reached } from './reach.ts';
import type { Session } from './session.ts';
import { Side, Wire } from './sides.ts';
import { told, type Told } from '../told.ts';

/** What a lab works at: two hosts, the wire between them, and what it may expect of them. */
export interface Bench {
  server: Side;
  client: Side;
  wire: Wire;
  expect: Expect;
  /** Two socket shells with a connection between them, accepted. */
  connected: (prepared?: Prepared) => Promise<Connected>;
  /** Brings the client's end of a new connection into a state. */
  reach: (state: Reachable) => Promise<Reached>;
  /** A named stretch of the lab. A title with something in it is told: `told('listen({n})', { n })`. */
  step: (title: string | Told, body: () => Promise<void>) => Promise<void>;
  /** The long waits that a kernel imposes are wanted too. */
  slow: boolean;
}

export function bench(session: Session): Bench {
  let programs = 0;
  const nextProgram = (): number => ++programs;
  const ends = {
    server: new Side(session, 'server', nextProgram),
    client: new Side(session, 'client', nextProgram),
    wire: new Wire(session),
    expect: makeExpect(session),
  };
  return {
    ...ends,
    connected: (prepared) => connected(ends, prepared),
    reach: reacher(ends),
    step: (title, body) => session.step(typeof title === 'string' ? told(title) : title, body),
    slow: session.slow,
  };
}

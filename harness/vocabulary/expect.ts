import type { Connection } from '../history/connection.ts';
import {
  ofConnection,
  ofCounter,
  ofEnd,
  ofListener,
  ofNetstat,
  ofSockets,
  type SubjectOf,
} from './expect-host.ts';
import { ofCall, ofProgram, ofStarting } from './expect-program.ts';
import { ofWire } from './expect-wire.ts';
import { Program, Starting } from './program.ts';
import type { Session } from './session.ts';
import type { Subject, Wire } from './sides.ts';
import type { TypedCall } from './socket-shell.ts';

/** `expect(subject)`: what can be expected depends on the subject. */
export function makeExpect(session: Session) {
  /** Every connection that the lab has got hold of. */
  const known: Connection[] = [];

  function expect(subject: Connection): ReturnType<typeof ofConnection>;
  function expect(subject: SubjectOf<'end'>): ReturnType<typeof ofEnd>;
  function expect(subject: SubjectOf<'listener'>): ReturnType<typeof ofListener>;
  function expect(subject: SubjectOf<'sockets'>): ReturnType<typeof ofSockets>;
  function expect(subject: SubjectOf<'counter'>): ReturnType<typeof ofCounter>;
  function expect(subject: SubjectOf<'netstat'>): ReturnType<typeof ofNetstat>;
  function expect(subject: Wire): ReturnType<typeof ofWire>;
  function expect(subject: Program): ReturnType<typeof ofProgram>;
  function expect(subject: Starting): ReturnType<typeof ofStarting>;
  function expect(subject: TypedCall): ReturnType<typeof ofCall>;
  function expect(subject: Connection | Subject | Wire | Program | Starting | TypedCall) {
    if (subject instanceof Program) return ofProgram(session, subject);
    if (subject instanceof Starting) return ofStarting(session, subject);
    if (!('kind' in subject)) return ofConnection(session, subject);
    switch (subject.kind) {
      case 'end':
        return ofEnd(session, subject);
      case 'listener':
        return ofListener(session, subject);
      case 'sockets':
        return ofSockets(session, subject, known);
      case 'counter':
        return ofCounter(session, subject);
      case 'netstat':
        return ofNetstat(session, subject);
      case 'wire':
        return ofWire(session, known);
      case 'call':
        return ofCall(session, subject);
    }
  }
  return expect;
}

export type Expect = ReturnType<typeof makeExpect>;

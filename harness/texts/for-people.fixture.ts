import ts from 'typescript';
import type { Found } from './sources.fixture.ts';

/** Rooms whose texts, where they are prose, are recorded or are reasons for giving up. */
const RECORDING =
  /^harness\/((expect|vocabulary|run|catalogue|evidence)\/|tcp\/(frame\/forge|capture\/pcap)\.ts)/;

/** In other rooms: what becomes the message of an error, a finding or a remark. */
const MESSAGES = /^(hint|fix|text|remark|failure|reason|says)$/;
const ERRORS = /Error$|^NoTracepoint$/;

/** What looks like prose and is none of it, or is read by nobody but us. */
const NOT_FOR_PEOPLE: readonly RegExp[] = [
  // RFC 9293's own words for an event.
  /^(rcv|snd) [A-Z]/,
  // What is sent, or typed into a socket shell.
  /^(bind|nonblock|connect|shutdown) \{\}|^S seq=|^F\. seq=/,
  // Durations, and names of netstat's columns alone.
  /^\{\} ms$|^(Local|Foreign) Address$|^PID\/Program name$/,
  // Why a step is no edge, as data.
  /^no (edge|cause)$/,
  // A command to type.
  /^npm /,
];

/** What a program under test prints is evidence; a bug in the page, and our own tools, are ours. */
const OURS_ALONE = /^harness\/(sys\/|present\/page\/|cli\/(bench|package))/;

export function isForPeople({ file, text, node }: Found): boolean {
  if (OURS_ALONE.test(file)) return false;
  if (!isProse(text) || NOT_FOR_PEOPLE.some((one) => one.test(text))) return false;
  return RECORDING.test(file) || isMessage(node);
}

/** Words with a blank between them. */
const isProse = (text: string): boolean =>
  /[a-z]{2}/.test(text.replaceAll('{}', '')) && /[A-Za-z{}]\S* \S*[A-Za-z{}]/.test(text);

function isMessage(node: ts.Node): boolean {
  if (ts.isSourceFile(node) || ts.isBlock(node)) return false;
  if (ts.isNewExpression(node) && ERRORS.test(node.expression.getText())) return true;
  if (ts.isPropertyAssignment(node) && MESSAGES.test(node.name.getText())) return true;
  return isMessage(node.parent);
}

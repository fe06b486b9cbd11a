/** What is asked of somebody who predicts, and why an answer is right or wrong: in sentences. */
import {
  isRight,
  misconceptionOf,
  type Answered,
  type Misconception,
  type Question,
  type Score,
} from '../evidence/answers.ts';
import { HOSTS, type EventOf } from '../evidence/events.ts';
import { other } from '../history/connection.ts';
import type { Turn } from '../history/ends.ts';
import type { History } from '../history/history.ts';
import { SAID_BY } from '../quiz/misconceptions.ts';
import { comingAt } from '../quiz/moment.ts';
import { waysOf } from '../quiz/states.ts';
import { endpointText } from '../tcp/endpoint.ts';
import { flagNames } from '../tcp/frame/flags.ts';
import { EDGES, LINUX_EDGES, type Edge } from '../tcp/states/edges.ts';
import type { Say } from '../texts/say.ts';
import { callInWords } from './programs.ts';
import { seconds } from './units.ts';

/** What is asked, in a sentence. */
export function questionInWords(question: Question, history: History, t: Say): string {
  switch (question.kind) {
    case 'state':
      return t('In which states are the two ends when it has arrived?');
    case 'segment':
      return t('What does the {host} send next on this connection?', {
        host: t(receiverOf(question, history)),
      });
    case 'call':
      return t('{call} of the {host} waits. What does it return when this has arrived?', {
        call: calledAt(question.call, history),
        host: t(receiverOf(question, history)),
      });
    case 'timer':
      return t('If this takes the {host} to TIME-WAIT, for how long?', {
        host: t(receiverOf(question, history)),
      });
    case 'data':
      return t('{call} has returned already. Where are its octets now?', {
        call: calledAt(question.call, history),
      });
    case 'bind': {
      const { host, port, reuseAddr } = question;
      const params = { host: t(host), port };
      return reuseAddr
        ? t(
            'A program starts at the {host} and sets SO_REUSEADDR. What does bind() to port {port} return?',
            params,
          )
        : t('A program starts at the {host}. What does bind() to port {port} return?', params);
    }
  }
}

const receiverOf = ({ segment }: { segment: number }, history: History) =>
  other(comingAt(history, segment)?.host ?? 'client');

function calledAt(event: number, history: History): string {
  const call = history.events[event];
  if (call?.type !== 'call') return '';
  return call.phase === 'enter' ? `${call.call}(${call.args.join(', ')})` : callInWords(call);
}

/** What it is about, before what came of it. */
export function subjectInWords(question: Question, history: History, t: Say): string {
  switch (question.kind) {
    case 'state':
      return t('states');
    case 'segment':
      return t('next from the {host}', { host: t(receiverOf(question, history)) });
    case 'call':
    case 'data':
      return calledAt(question.call, history);
    case 'timer':
      return 'TIME-WAIT';
    case 'bind':
      return `bind(${question.port})`;
  }
}

/** One of its choices. */
export function choiceInWords(question: Question, index: number, t: Say): string {
  if (question.kind === 'state') {
    const choice = question.choices[index];
    return HOSTS.map((host) => `${t(host)} ${choice?.[host] ?? ''}`).join(', ');
  }
  if (question.kind === 'segment') {
    const choice = question.choices[index];
    if (choice === undefined || !('seq' in choice)) return t('nothing at all');
    const { flags, seq, ack, length } = choice;
    return [
      flagNames(flags),
      `seq=${seq}`,
      ...(ack === undefined ? [] : [`ack=${ack}`]),
      ...(length > 0 ? [`len=${length}`] : []),
    ].join(' ');
  }
  if (question.kind === 'timer') {
    const { seconds: n = 0, sysctl } = question.choices[index] ?? {};
    if (sysctl !== undefined) return t('{n} s, as {sysctl} says', { n, sysctl });
    return n === 0 ? t('no longer than its process lives') : t('{n} s', { n });
  }
  if (question.kind === 'data') {
    return t(PLACES[question.choices[index]?.place ?? 'program']);
  }
  const result = question.choices[index]?.result ?? '';
  if (result === 'waits') return t('nothing yet: it goes on waiting');
  return result === 'descriptor' ? t('a new descriptor') : result;
}

const PLACES = {
  'send-buffer': "in its own host's send buffer (Send-Q)",
  'receive-queue': "in the other host's receive queue (Recv-Q)",
  program: 'in the program at the other end',
} as const;

/** `right: ...`, `not "...": ...`, `skipped: ...`. */
export function gradeInWords(answered: Answered, t: Say): string {
  const { question, given, right } = answered;
  const answer = right.map((index) => choiceInWords(question, index, t)).join(t(' or '));
  if (right.length === 0) return t('none of these: it does not count');
  if (given === null) return t('skipped: {answer}', { answer });
  const said = choiceInWords(question, given, t);
  return isRight(answered) === true
    ? t('right: {answer}', { answer: said })
    : t('not {said}, but {answer}', { said, answer });
}

/** Why: the edges of RFC 9293 and the rule, what shows it, and the misconception. */
export function reasonsInWords(answered: Answered, history: History, t: Say): string[] {
  const misconception = misconceptionOf(answered);
  return [
    ...rulesInWords(answered, history, t),
    ...seenInWords(answered, history, t),
    ...(misconception === undefined ? [] : [misconceptionInWords(misconception, t)]),
  ];
}

/** `Misconception: backlog n. The queue of ...`, and the document that says it, too. */
export function misconceptionInWords(name: Misconception, t: Say): string {
  const { document, section } = SAID_BY[name] ?? {};
  const why = t(WHY[name]);
  const said =
    document === undefined
      ? []
      : [t('Document {document}, "{section}", has it, too.', { document, section: section ?? '' })];
  return [t('Misconception: {name}.', { name: t(NAMES[name]) }), why, ...said].join(' ');
}

/** `3 of 5 right, 1 skipped` */
export function scoreInWords({ right, asked, skipped }: Score, t: Say): string {
  return skipped === 0
    ? t('{right} of {asked} right', { right, asked })
    : t('{right} of {asked} right, {skipped} skipped', { right, asked, skipped });
}

/** What a misconception is called. */
export const NAMES = {
  'accept makes the connection': 'accept() makes the connection',
  'backlog n': 'listen(n) lets n connections in',
  'both at once': 'both ends are ESTABLISHED at once',
  'connect waits for accept': 'connect() waits for accept()',
  'FIN closes both ways': 'a FIN closes both directions',
  'FIN or RST': 'FIN and RST are the same',
  'FIN takes no number': 'a FIN takes no sequence number',
  'free without a process': 'a port is free when its process is gone',
  'full queue answers': 'a full accept queue answers all the same',
  'full queue resets': 'a full accept queue answers with a reset',
  'RFC minutes': 'TIME-WAIT lasts the four minutes of RFC 9293',
  'send is delivery': 'send() succeeded, so the data were delivered',
  'SO_REUSEADDR on the new socket': 'SO_REUSEADDR on the new socket is enough',
  'SYN is answered by ACK': 'a SYN is answered by an ACK alone',
  'SYN takes no number': 'a SYN takes no sequence number',
  tcp_fin_timeout: '2MSL is tcp_fin_timeout',
  'TIME-WAIT at the wrong side': 'TIME-WAIT at the wrong side',
} as const satisfies Record<Misconception, string>;

const WHY = {
  'accept makes the connection':
    'The kernel makes it, with or without accept(), which only takes it from the queue.',
  'backlog n':
    'The kernel refuses when the queue is longer than n, not when it is as long: n+1 get in.',
  'both at once':
    'Who receives the SYN+ACK is ESTABLISHED then; its peer only when the ACK of it has come.',
  'connect waits for accept':
    'It returns when the SYN+ACK has come, also where nobody ever calls accept().',
  'FIN closes both ways':
    'It closes the direction of its sender; the other stays open until its own FIN.',
  'FIN or RST':
    'A FIN is the orderly end of one direction and is acknowledged; a RST ends all at once and is not.',
  'FIN takes no number': 'It takes one, like a SYN, so that it can be acknowledged and sent again.',
  'free without a process':
    'The kernel keeps the socket in TIME-WAIT, and with it the port, when no process has it any more.',
  'full queue answers': 'Since Linux 4.10 it drops the SYN; its sender hears nothing.',
  'full queue resets':
    'It drops the SYN without a word, so that the client tries again; only tcp_abort_on_overflow resets.',
  'RFC minutes': 'The RFC proposes an MSL of 2 minutes; in Linux TIME-WAIT is a constant of 60 s.',
  'send is delivery':
    "It has put the octets into its own host's buffer; that they have arrived only an ACK says.",
  'SO_REUSEADDR on the new socket':
    'The old socket must have had the option, too: the kernel asks both.',
  'SYN is answered by ACK':
    'It is answered by SYN+ACK: each direction has numbers of its own, and a SYN sets them.',
  'SYN takes no number': 'It takes one, so the other end acknowledges x+1.',
  tcp_fin_timeout:
    'tcp_fin_timeout is for FIN-WAIT-2 without a process; the length of TIME-WAIT is a constant.',
  'TIME-WAIT at the wrong side':
    'It is for the end that closed first and sends the last ACK; the other is CLOSED at once.',
} as const satisfies Record<Misconception, string>;

/** The edges that were taken, and the rule in a sentence each. */
function rulesInWords({ question, by }: Answered, history: History, t: Say): string[] {
  switch (question.kind) {
    case 'state': {
      const ways = waysOf(history, question.segment, lastOf(by, history));
      const edges = HOSTS.flatMap((host) =>
        (ways?.[host] ?? []).flatMap((turn) => edgeOfTurn(turn) ?? []),
      );
      if (edges.length === 0)
        return [t('Nothing in it takes an end to another state (RFC 9293 3.10.7).')];
      return edges.map((edge) => edgeInWords(edge, t));
    }
    case 'segment':
      return [t(ruleOfAnswer(question, by, history))];
    case 'call':
    case 'bind':
      return [t(ruleOfCall(question, by, history))];
    case 'timer':
      return [
        t(
          'Linux keeps TIME-WAIT for TCP_TIMEWAIT_LEN, 60 s, whatever tcp_fin_timeout says; RFC 9293 3.4.2 asks for twice the MSL, which it takes to be 2 minutes.',
        ),
      ];
    case 'data':
      return [
        t(
          'send() returns when the octets are in the send buffer. They stay there until they are acknowledged (RFC 9293 3.10.2).',
        ),
      ];
  }
}

/** All that is rested on had come by then. */
const lastOf = (by: readonly number[], history: History): number =>
  Math.max(...by.map((event) => history.events[event]?.t ?? 0)) + 1;

/** The figure's own edge before one of Linux; of several, the one whose event it was. */
function edgeOfTurn({ from, to, cause }: Turn): Edge | undefined {
  const edges = [...EDGES, ...LINUX_EDGES].filter(
    (edge) => edge.from === from && edge.to === to && edge.linux === undefined,
  );
  return edges.find(({ when }) => when.startsWith('rcv') === (cause !== undefined)) ?? edges[0];
}

function edgeInWords({ from, to, when, note }: Edge, t: Say): string {
  const edge = `${from} -> ${to} (${when})`;
  const where =
    note === 'Linux' ? t('Linux: {edge}.', { edge }) : t('RFC 9293, figure 5: {edge}.', { edge });
  const rule = RULES[`${from} -> ${to}` as keyof typeof RULES] as Rule | undefined;
  if (rule !== undefined) return `${where} ${t(rule)}`;
  return to === 'CLOSED' ? `${where} ${t(CLOSED)}` : where;
}

type Rule = (typeof RULES)[keyof typeof RULES];

const CLOSED = 'A reset ends a connection at once, in any state, and leaves no TIME-WAIT.';

const RULES = {
  'LISTEN -> SYN-RECEIVED':
    'A SYN at a listener begins a connection of its own in SYN-RECEIVED; the listener stays in LISTEN.',
  'SYN-SENT -> ESTABLISHED':
    'The SYN+ACK acknowledges its SYN: whoever opened is ESTABLISHED one segment before the other end.',
  'SYN-SENT -> SYN-RECEIVED': 'Two SYNs have crossed: each end answers with SYN+ACK.',
  'SYN-RECEIVED -> ESTABLISHED':
    'The ACK of its SYN completes the handshake; no program has a part in it.',
  'ESTABLISHED -> CLOSE-WAIT':
    'A FIN says that its sender sends no more. The receiver waits in CLOSE-WAIT until its own program closes.',
  'FIN-WAIT-1 -> FIN-WAIT-2':
    'The ACK of its FIN closes one direction. It waits for the FIN of the other end.',
  'FIN-WAIT-1 -> CLOSING': 'Two FINs have crossed: its own has not been acknowledged yet.',
  'FIN-WAIT-1 -> TIME-WAIT':
    'One segment brings both, the ACK of its FIN and the FIN of the other end.',
  'FIN-WAIT-2 -> TIME-WAIT':
    'Whoever closed first waits in TIME-WAIT, so that the last ACK, which it sends, can be sent again.',
  'CLOSING -> TIME-WAIT': 'Both have closed first, so both wait in TIME-WAIT.',
  'CLOSE-WAIT -> LAST-ACK': 'Its program has closed, too: its FIN is on the way.',
  'LAST-ACK -> CLOSED':
    'The ACK of its FIN is the last segment: whoever closed last has nothing to wait for.',
  'TIME-WAIT -> SYN-RECEIVED': 'TIME-WAIT makes way for a new SYN with a higher number.',
  'TIME-WAIT -> CLOSED': 'TIME-WAIT is over.',
} as const;

/** Why it was answered so. */
function ruleOfAnswer(
  question: Extract<Question, { kind: 'segment' }>,
  by: readonly number[],
  history: History,
) {
  const asked = comingAt(history, question.segment)?.segment.flags ?? '';
  const answer = comingAt(history, by[0] ?? -1);
  const isFromReceiver = answer !== undefined && answer.host === receiverOf(question, history);
  const flags = isFromReceiver ? answer.segment.flags : 'none';
  if (flags.includes('R'))
    return asked.includes('S')
      ? 'Nobody listens at that port: a SYN that meets no socket is answered by a reset (RFC 9293 3.10.7.1).'
      : 'No socket is there for it any more: it is answered by a reset (RFC 9293 3.10.7.1).';
  if (flags === 'none')
    return asked === 'S'
      ? 'The accept queue is full: Linux drops the SYN without a word, and its sender tries again.'
      : 'Nothing in it asks for an answer.';
  if (asked === 'S')
    return 'A SYN takes one sequence number, so ack=x+1; with the same segment the other direction begins, with a number of its own (RFC 9293 3.5).';
  if (asked.includes('S'))
    return 'Its own SYN took one number, so it goes on with seq=x+1; it acknowledges the SYN of the other end (RFC 9293 3.5).';
  return 'A FIN takes one sequence number after the data and is acknowledged at once; a reset would throw away what is still on its way (RFC 9293 3.6).';
}

function ruleOfCall(
  question: Extract<Question, { kind: 'call' | 'bind' }>,
  by: readonly number[],
  history: History,
) {
  const event = history.events[by[0] ?? -1];
  const {
    call = '',
    phase = 'enter',
    code = '',
    result = 0,
  } = event?.type === 'call' ? event : ({} as Partial<EventOf<'call'>>);
  if (question.kind === 'bind')
    return code === 'EADDRINUSE'
      ? 'A port is taken as long as a socket has it, one in TIME-WAIT included; SO_REUSEADDR helps only where the old socket and the new one both set it.'
      : 'Nothing stands in its way: no socket has that port, or both the old one and the new one set SO_REUSEADDR.';
  if (call.startsWith('accept'))
    return phase === 'enter'
      ? 'accept() takes finished connections from the queue: there is none before the third segment.'
      : 'The third segment has made the connection, in the kernel; accept() takes it from the queue and returns a socket of its own.';
  if (call === 'connect') {
    if (code !== '') return 'A reset in answer to a SYN says that nobody listens at that port.';
    return phase === 'enter'
      ? 'connect() returns when its SYN is acknowledged.'
      : 'connect() returns when the SYN+ACK has come; whether anybody calls accept() does not matter.';
  }
  if (phase === 'enter')
    return 'It returns when there is something to receive, or a FIN or a reset has come.';
  if (code !== '') return 'A reset has ended the connection: what was not read is lost.';
  return result === 0
    ? 'A FIN is the end of the data: recv() returns 0, at once and every time from now on.'
    : 'recv() returns as soon as there is something, with as much as there is, up to what it has room for.';
}

/** What shows it, in the order of the evidence. */
function seenInWords({ question, by }: Answered, history: History, t: Say): string[] {
  const all = by.flatMap((number) => {
    const event = history.events[number];
    return event === undefined ? [] : [witnessInWords(event, question, history, t)];
  });
  return all.length === 0 ? [] : [t('Seen: {all}', { all: [...new Set(all)].join(t('; ')) })];
}

function witnessInWords(
  event: History['events'][number],
  question: Question,
  history: History,
  t: Say,
): string {
  const time = seconds(event.t);
  switch (event.type) {
    case 'transition': {
      const { host, from, to } = event;
      return t("the kernel's tracepoint at the {host}, {time}: {from} -> {to}", {
        ...{ host: t(host), time, from, to },
      });
    }
    case 'sample': {
      const coming = 'segment' in question ? comingAt(history, question.segment) : undefined;
      const ports = [coming?.segment.src, coming?.segment.dst].map(
        (end) => end && endpointText(end),
      );
      const row = event.rows.find(
        ({ local, peer }) =>
          ports.includes(endpointText(local)) && ports.includes(endpointText(peer)),
      );
      const line = row?.line.replace(/\s+/g, ' ').split(' ').slice(0, 5).join(' ');
      const timer =
        row?.timer?.name === 'timewait'
          ? ` timer:(timewait,${Math.round((row.timer.expiresMs ?? 0) / 1000)}sec)`
          : '';
      const params = { host: t(event.host), time, line: `${line ?? ''}${timer}` };
      return row === undefined
        ? t('ss at the {host}, {time}: no such socket', params)
        : t('ss at the {host}, {time}: {line}', params);
    }
    case 'packet':
      return t("frame {n} of the {host}'s capture, {time}", {
        ...{ n: event.frame, host: t(event.host), time },
      });
    case 'wire':
      return t('it waits at the {host}, {time}', { host: t(event.host), time });
    case 'call':
      return event.phase === 'enter'
        ? t('{call} has not returned', { call: callInWords(event).replace(' ...', '') })
        : `${callInWords(event)}, ${time}`;
    default:
      return t('event {n}', { n: event.seq });
  }
}

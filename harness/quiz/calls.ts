/** Questions about what a call returns. */
import type { CallChoice, Grade, Question } from '../evidence/answers.ts';
import type { EventOf, HostName } from '../evidence/events.ts';
import { other } from '../history/connection.ts';
import type { History } from '../history/history.ts';
import type { Call, Doings } from '../history/programs.ts';
import { endpointText } from '../tcp/endpoint.ts';
import { has, takesUp, opens, type Endpoint } from '../tcp/segment.ts';
import type { Expected } from './expected.ts';
import { arrivalOf, endAt, sampleBefore, type Moment } from './moment.ts';

export type CallQuestion = Extract<Question, { kind: 'call' }>;
export type BindQuestion = Extract<Question, { kind: 'bind' }>;

const WAITS: CallChoice = { result: 'waits' };
const result = (text: string): CallChoice => ({ result: text });
const failed = (code: string): CallChoice => ({ result: `-1 ${code}` });

/** Undefined where no call waits whose return this segment may decide. */
export function callQuestion(moment: Moment, { now, then }: Expected): CallQuestion | undefined {
  const call = waitingCall(moment);
  if (call === undefined) return undefined;
  const { segment } = moment;
  const ask = (right: CallChoice, others: CallChoice[]): CallQuestion => {
    const choices = [right, ...others].sort((a, b) => orderOf(a) - orderOf(b));
    return {
      kind: 'call',
      segment: moment.event,
      call: call.seq,
      expected: choices.indexOf(right),
      choices,
    };
  };
  switch (call.call) {
    case 'accept':
    case 'accept4': {
      const isMade = then === 'ESTABLISHED' && now === 'SYN-RECEIVED';
      if (isMade) return ask(result('descriptor'), [WAITS, result('0'), failed('ECONNREFUSED')]);
      return opens(segment) && then === 'SYN-RECEIVED'
        ? ask(WAITS, [
            { result: 'descriptor', misconception: 'accept makes the connection' },
            result('0'),
          ])
        : undefined;
    }
    case 'connect':
      if (has(segment, 'RST'))
        return ask(failed('ECONNREFUSED'), [WAITS, failed('ETIMEDOUT'), failed('ECONNRESET')]);
      return takesUp(segment)
        ? ask(result('0'), [
            { ...WAITS, misconception: 'connect waits for accept' },
            result('descriptor'),
            failed('ECONNREFUSED'),
          ])
        : undefined;
    case 'recv':
    case 'read':
      if (has(segment, 'RST'))
        return ask(failed('ECONNRESET'), [WAITS, result('0'), failed('ECONNREFUSED')]);
      if (segment.length > 0)
        return ask(result(String(segment.length)), [WAITS, result('0'), failed('ECONNRESET')]);
      return has(segment, 'FIN')
        ? ask(result('0'), [
            WAITS,
            { ...failed('ECONNRESET'), misconception: 'FIN or RST' },
            failed('ETIMEDOUT'),
          ])
        : undefined;
    default:
      return undefined;
  }
}

const ORDER = ['descriptor', '0', '-1 ECONNREFUSED', '-1 ECONNRESET', '-1 ETIMEDOUT', 'waits'];
const orderOf = ({ result: text }: CallChoice): number => {
  const at = ORDER.indexOf(text);
  return at < 0 ? 1.5 : at;
};

/** The call in which a program of the receiver waits for what may come of this segment. */
function waitingCall(moment: Moment): EventOf<'call'> | undefined {
  const { history, t } = moment;
  const { host, local, peer } = endAt(other(moment.host), moment);
  for (const doings of history.programs.all) {
    if (doings.host !== host) continue;
    const waiting = doings.calls.find(
      (call) => isWaiting(call, t) && isAbout(call, doings, local, peer),
    );
    if (waiting?.enter !== undefined) return waiting.enter;
  }
  return undefined;
}

const isWaiting = ({ enter, return: returned }: Call, t: number): boolean =>
  enter !== undefined && enter.t < t && (returned === undefined || returned.t > t);

/** Is its descriptor that of this end, or of its listener? */
function isAbout({ enter }: Call, doings: Doings, local: Endpoint, peer: Endpoint): boolean {
  if (enter === undefined) return false;
  const [fd, address] = enter.args;
  if (enter.call === 'connect') return address === endpointText(peer);
  if (enter.call.startsWith('accept')) {
    const bound = lastOn(doings, fd, 'bind', enter.t);
    return String(bound?.args[1] ?? '').endsWith(`:${local.port}`);
  }
  const accepted = doings.returned.findLast(
    ({ return: one }) =>
      one !== undefined && one.t <= enter.t && one.call.startsWith('accept') && one.result === fd,
  )?.return;
  const connected = lastOn(doings, fd, 'connect', enter.t);
  const last = [accepted, connected]
    .filter((one) => one !== undefined)
    .sort((a, b) => a.t - b.t)
    .at(-1);
  const other = last?.call === 'connect' ? last.args[1] : last?.out;
  return other === endpointText(peer);
}

const lastOn = (
  doings: Doings,
  fd: string | number | undefined,
  name: string,
  t: number,
): EventOf<'call'> | undefined =>
  doings.returned.findLast(
    ({ return: one }) => one?.call === name && one.args[0] === fd && one.t <= t,
  )?.return;

/** `descriptor`, `0`, `5`, `-1 ECONNRESET`. */
export function resultOf({ call, result: value, code }: EventOf<'call'>): string {
  if (code !== undefined) return `-1 ${code}`;
  return call.startsWith('accept') ? 'descriptor' : String(value ?? '?');
}

const indexesOf = (choices: readonly CallChoice[], text: string): number[] =>
  choices.flatMap((choice, index) => (choice.result === text ? [index] : []));

/** It has returned before another segment went; or it has not, and waits on. */
export function gradeCall(
  history: History,
  { segment, call, expected, choices }: CallQuestion,
  until = Infinity,
): Grade | undefined {
  const arrived = arrivalOf(history, segment);
  const entered = history.events[call];
  if (arrived === undefined || entered?.type !== 'call') return undefined;
  const doings = history.programs.of(entered.program);
  const returned = doings?.calls.find(({ enter }) => enter?.seq === call)?.return;
  const next = until < Infinity ? until : nextGone(history, segment, arrived.t);
  if (returned !== undefined && returned.t < (next ?? Infinity))
    return { right: indexesOf(choices, resultOf(returned)), by: [returned.seq] };
  // What is expected to return at once may be about to: another one has to go first.
  const look = history.sockets[arrived.host].after(arrived.t);
  const waitsOn = next !== undefined || choices[expected]?.result === 'waits';
  if (!waitsOn || look === undefined) return undefined;
  return { right: indexesOf(choices, 'waits'), by: [call] };
}

/** When another segment than this was let go next. */
const nextGone = ({ waiting }: History, segment: number, t: number): number | undefined =>
  waiting.all.find(({ packet, went = 0 }) => packet.event !== segment && went > t)?.went;

/**
 * Before a program is started that will ask for a port at which this host has, or has had, a socket:
 * undefined where nothing is in its way that it would be worth asking about.
 */
export function bindQuestion(
  history: History,
  about: { host: HostName; port: number; reuseAddr: boolean; after: number; t: number },
): BindQuestion | undefined {
  const { host, port, reuseAddr, after, t } = about;
  const rows = sampleBefore(history, host, t)?.rows ?? [];
  const there = rows.filter(({ local }) => local.port === port);
  if (there.length === 0) return undefined;
  const isOrphan = there.every(({ processes }) => processes.length === 0);
  const free: CallChoice = { result: '0' };
  if (isOrphan)
    free.misconception = reuseAddr ? 'SO_REUSEADDR on the new socket' : 'free without a process';
  const choices = [free, failed('EADDRINUSE'), failed('ECONNREFUSED')];
  return { kind: 'bind', host, port, after, reuseAddr, choices };
}

/** By what the next bind() of that host to that port returned. */
export function gradeBind(
  history: History,
  { host, port, after, choices }: BindQuestion,
): Grade | undefined {
  const returned = history.programs.all
    .filter((doings) => doings.host === host)
    .flatMap((doings) => doings.returned.flatMap(({ return: one }) => one ?? []))
    .filter(
      ({ seq, call, args }) =>
        call === 'bind' && seq > after && String(args[1]).endsWith(`:${port}`),
    )
    .sort((a, b) => a.seq - b.seq)[0];
  if (returned === undefined) return undefined;
  return { right: indexesOf(choices, resultOf(returned)), by: [returned.seq] };
}

/** Has a call of the connection's sender put these octets there? */
export function sendOf(moment: Moment): EventOf<'call'> | undefined {
  const { history, host, segment, t } = moment;
  const { local, peer } = endAt(host, moment);
  for (const doings of history.programs.all) {
    if (doings.host !== host) continue;
    const sent = doings.returned.findLast(
      ({ return: one }) =>
        one !== undefined &&
        one.t < t &&
        (one.call === 'send' || one.call === 'write') &&
        one.result === segment.length &&
        isAbout({ enter: one }, doings, local, peer),
    );
    if (sent?.return !== undefined) return sent.return;
  }
  return undefined;
}

/** Questions about the segment that comes next, with its numbers. */
import type { Grade, Misconception, Question, SegmentChoice } from '../evidence/answers.ts';
import { likenessOf, type Packet } from '../history/capture.ts';
import { other } from '../history/connection.ts';
import { Connections, portsOf, type OfConnection } from '../history/connections.ts';
import type { History } from '../history/history.ts';
import { segmentsOf } from '../history/segments.ts';
import { endOf, has, opens, takesUp, type Segment } from '../tcp/segment.ts';
import { add } from '../tcp/sequence.ts';
import type { Expected } from './expected.ts';
import { arrivalOf, comingAt, endAt, sampleBefore, turnsOf, type Moment } from './moment.ts';

export type SegmentQuestion = Extract<Question, { kind: 'segment' }>;

/** What may come, by what it carries: numbers as they are on the wire. */
interface Candidate {
  flags: string;
  seq: number;
  ack?: number;
  misconception?: Misconception;
}
type Silence = { flags: 'none'; misconception?: Misconception };

/** Undefined where the answer is not determined by what has been seen. */
export function segmentQuestion(moment: Moment, expected: Expected): SegmentQuestion | undefined {
  const candidates = candidatesAt(moment, expected);
  if (candidates === undefined) return undefined;
  const { history, host, segment, event, t } = moment;
  const connections = new Connections();
  for (const one of knownOf(history, { host, segment }, t)) connections.add(one);
  connections.add({ from: host, segment });
  // A reset has no number of its own: it is named before the answer that brings one.
  const resetsFirst = candidates.toSorted(
    (a, b) => Number(b.flags.includes('R')) - Number(a.flags.includes('R')),
  );
  const choices = resetsFirst.map((candidate): SegmentChoice => {
    if (candidate.flags === 'none') return candidate as Silence;
    const { misconception, ...fields } = candidate as Candidate;
    const answer = { ...segment, ack: undefined, ...fields, length: 0 };
    const sent = { ...answer, src: segment.dst, dst: segment.src } as Segment;
    const names = connections.names({ from: other(host), segment: sent });
    const flags = candidate.flags;
    return { flags, ...names, length: 0, ...(misconception && { misconception }) };
  });
  return { kind: 'segment', segment: event, choices: choices.sort(byFlags) };
}

/** Any number: its letter is all that is asked for. */
const ITS_OWN = 0x5eed;

/** What may come, by known mistakes. */
function candidatesAt(
  moment: Moment,
  { now, then }: Expected,
): (Candidate | Silence)[] | undefined {
  const { segment } = moment;
  const { seq } = segment;
  const own = segment.ack ?? 0;
  const none = (misconception?: Misconception): Silence => ({
    flags: 'none',
    ...(misconception && { misconception }),
  });
  if (opens(segment)) {
    const queue = now === 'LISTEN' ? queueAt(moment) : 'room';
    const isFull = queue === 'full';
    return [
      {
        flags: 'S.',
        seq: ITS_OWN,
        ack: add(seq, 1),
        ...(isFull && { misconception: 'full queue answers' as const }),
      },
      { flags: 'S.', seq: ITS_OWN, ack: seq, misconception: 'SYN takes no number' },
      ...(isFull
        ? []
        : [
            {
              flags: '.',
              seq: ITS_OWN,
              ack: add(seq, 1),
              misconception: 'SYN is answered by ACK' as const,
            },
          ]),
      {
        flags: 'R.',
        seq: 0,
        ack: add(seq, 1),
        ...(isFull && { misconception: 'full queue resets' as const }),
      },
      none(queue === 'n' ? 'backlog n' : undefined),
    ];
  }
  if (takesUp(segment) && then === 'ESTABLISHED')
    return [
      { flags: '.', seq: own, ack: add(seq, 1) },
      { flags: '.', seq: own, ack: seq, misconception: 'SYN takes no number' },
      { flags: 'S.', seq: add(own, -1), ack: add(seq, 1) },
      none(),
    ];
  if (has(segment, 'FIN') && ANSWERS_FIN.includes(now)) {
    const end = endOf(segment);
    return [
      { flags: '.', seq: own, ack: end },
      { flags: '.', seq: own, ack: add(end, -1), misconception: 'FIN takes no number' },
      { flags: now === 'ESTABLISHED' ? 'F.' : 'R.', seq: own, ack: end },
      now === 'ESTABLISHED'
        ? { flags: 'R.', seq: own, ack: end, misconception: 'FIN or RST' }
        : none(),
    ];
  }
  if (now === 'CLOSED' && segment.length > 0)
    return [
      { flags: 'R', seq: own, misconception: undefined },
      { flags: '.', seq: own, ack: endOf(segment) },
      { flags: 'F.', seq: own, ack: endOf(segment), misconception: 'FIN or RST' },
      none(),
    ].map(({ misconception, ...rest }) => ({
      ...rest,
      ...(misconception && { misconception }),
    })) as (Candidate | Silence)[];
  return undefined;
}

const ANSWERS_FIN: readonly string[] = ['ESTABLISHED', 'FIN-WAIT-1', 'FIN-WAIT-2', 'TIME-WAIT'];

/** How full a listener's accept queue was, as `ss` saw it last: `n`: as many as listen() was told. */
export function queueAt(moment: Moment): 'room' | 'n' | 'full' {
  const { history, host, segment, t } = moment;
  const receiver = other(host);
  const sample = sampleBefore(history, receiver, t);
  const row = sample?.rows.find(
    ({ state, local }) => state === 'LISTEN' && local.port === segment.dst.port,
  );
  if (row === undefined || row.recvQ < row.sendQ || row.recvQ === 0) return 'room';
  return row.recvQ > row.sendQ ? 'full' : 'n';
}

const FLAGS = ['none', 'S.', '.', 'F.', 'R.', 'R'];
const textOf = (choice: SegmentChoice): string =>
  'seq' in choice ? `${choice.seq} ${choice.ack ?? ''}` : '';
const byFlags = (a: SegmentChoice, b: SegmentChoice): number =>
  FLAGS.indexOf(a.flags) - FLAGS.indexOf(b.flags) || (textOf(a) < textOf(b) ? -1 : 1);

/** What was sent by `t` between the same ports, carried or waiting, in order. */
function knownOf(
  history: History,
  { host, segment }: Pick<Moment, 'host' | 'segment'>,
  t: number,
): OfConnection[] {
  const ports = portsOf({ from: host, segment });
  const waited = history.waiting.all.map(({ packet }) => packet);
  return [...waited, ...segmentsOf(history)]
    .filter((one) => one.t <= t && portsOf(one) === ports)
    .sort((a, b) => a.t - b.t);
}

/** What the receiver sent next; or that it said nothing, as far as that can be told. */
export function gradeSegment(
  history: History,
  { segment: event, choices }: SegmentQuestion,
  until = Infinity,
): Grade | undefined {
  const [coming, arrived] = [comingAt(history, event), arrivalOf(history, event)];
  if (coming === undefined || arrived === undefined) return undefined;
  const own = sentBy(history, endAt(other(coming.host), coming));
  const next = own.find(({ t }) => t >= arrived.t && t < until);
  const again = sentBy(history, endAt(coming.host, coming), true).find(
    ({ t, segment }) => t > arrived.t && segment.seq === coming.segment.seq,
  );
  if (next === undefined || (again?.t ?? Infinity) < next.t) {
    const shown = again?.event ?? silent(history, event, until);
    if (shown === undefined) return undefined;
    return { right: indexesOf(choices, (choice) => choice.flags === 'none'), by: [shown] };
  }
  const connections = new Connections();
  for (const one of knownOf(history, coming, next.t)) connections.add(one);
  const names = connections.names(next);
  const flags = next.segment.flags.replace('P', '');
  const isIt = (choice: SegmentChoice): boolean =>
    'seq' in choice &&
    choice.flags === flags &&
    choice.seq === names.seq &&
    choice.ack === names.ack &&
    choice.length === next.segment.length;
  return { right: indexesOf(choices, isIt), by: [next.event] };
}

/** An end that is CLOSED says nothing more of itself; nor does anybody when the run is over. */
function silent(history: History, event: number, until: number): number | undefined {
  const coming = comingAt(history, event);
  if (coming === undefined) return undefined;
  const turn = turnsOf(history, endAt(other(coming.host), coming)).at(-1);
  if (turn?.to === 'CLOSED' && turn.t < until) return turn.event;
  return until === Infinity ? history.end?.seq : event;
}

/** What an end has sent, each once: what waits is sent, and captured when it goes. */
function sentBy(
  history: History,
  { host, local, peer }: ReturnType<typeof endAt>,
  repeated = false,
): Packet[] {
  const all = [
    ...history.captures[host].ofEnd(local, peer),
    ...history.waiting.ofEnd(host, local, peer),
  ]
    .filter(({ direction }) => direction === 'out')
    .sort((a, b) => a.t - b.t);
  const known = new Set<string>();
  return all.filter(({ segment, repetition }) => {
    const key = likenessOf(segment);
    const isNew = !known.has(key) && (repeated || repetition === undefined);
    known.add(key);
    return isNew;
  });
}

const indexesOf = <T>(choices: readonly T[], isRight: (choice: T) => boolean): number[] =>
  choices.flatMap((choice, index) => (isRight(choice) ? [index] : []));

/**
 * What somebody who predicts is asked, and what came of it: data, as verdicts are. The sentences, the
 * rules and the names of misconceptions are made from it where it is shown (harness/words/quiz.ts).
 */
import type { State } from '../tcp/states/state.ts';
import type { HostName } from './basics.ts';

/** A wrong idea that an answer gives away (harness/quiz/misconceptions.ts). */
export const MISCONCEPTIONS = [
  'accept makes the connection',
  'backlog n',
  'both at once',
  'connect waits for accept',
  'FIN closes both ways',
  'FIN or RST',
  'FIN takes no number',
  'free without a process',
  'full queue answers',
  'full queue resets',
  'RFC minutes',
  'send is delivery',
  'SO_REUSEADDR on the new socket',
  'SYN is answered by ACK',
  'SYN takes no number',
  'tcp_fin_timeout',
  'TIME-WAIT at the wrong side',
] as const;
export type Misconception = (typeof MISCONCEPTIONS)[number];

/** The wrong idea that leads to a choice, where it is a known one. */
interface Chosen {
  misconception?: Misconception;
}

/** Both ends' states. */
export type StateChoice = Chosen & Record<HostName, State>;

/** A segment by its flags (tcpdump's letters, without P) and numbers (`x`, `y+1`); or silence. */
export type SegmentChoice = Chosen &
  ({ flags: string; seq: string; ack?: string; length: number } | { flags: 'none' });

/** What a call returns: `0`, `5`, `-1 ECONNREFUSED`, `descriptor`; or `waits`. */
export type CallChoice = Chosen & { result: string };

/** How long, in seconds; with the sysctl that is thought to say so. */
export type TimerChoice = Chosen & { seconds: number; sysctl?: string };

/** Where octets are. */
export const PLACES = ['send-buffer', 'receive-queue', 'program'] as const;
export type DataChoice = Chosen & { place: (typeof PLACES)[number] };

/** What is asked about a segment that is about to arrive. */
interface AboutSegment {
  /** The event that shows it: it waits (`wire`), or the capture of its sender or receiver has it. */
  segment: number;
}

export type Question =
  /** In which states will it leave both ends, which are in `from` now? */
  | (AboutSegment & { kind: 'state'; from: Record<HostName, State>; choices: StateChoice[] })
  /** What will its receiver send next on that connection? */
  | (AboutSegment & { kind: 'segment'; choices: SegmentChoice[] })
  /** What will the call return that waits, which the event `call` began? */
  | (AboutSegment & {
      kind: 'call';
      call: number;
      /** The choice that RFC 9293 expects, by its index. */
      expected: number;
      choices: CallChoice[];
    })
  /** Its receiver comes into TIME-WAIT: for how long? */
  | (AboutSegment & { kind: 'timer'; choices: TimerChoice[] })
  /** send() has returned: where are its octets, before this segment arrives? */
  | (AboutSegment & { kind: 'data'; call: number; choices: DataChoice[] })
  /** What will the next bind() of `host` to `port` return, that is called behind event `after`? */
  | {
      kind: 'bind';
      host: HostName;
      port: number;
      after: number;
      reuseAddr: boolean;
      choices: CallChoice[];
    };

export type QuestionKind = Question['kind'];

/** What a run has shown of a question: the choices that were right, and the events that show it. */
export interface Grade {
  /** By their indexes; none where what came was not among them, so that it does not count. */
  right: number[];
  by: number[];
}

/** A question, what was given to it, and what the run has shown. */
export interface Answered extends Grade {
  question: Question;
  /** The choice that was given, by its index; null when the question was skipped. */
  given: number | null;
}

/** Undefined where it does not count: it was skipped, or what came was not among the choices. */
export const isRight = ({
  given,
  right,
}: Pick<Answered, 'given' | 'right'>): boolean | undefined =>
  given === null || right.length === 0 ? undefined : right.includes(given);

/** The wrong idea that an answer gives away. */
export const misconceptionOf = (answered: Answered): Misconception | undefined =>
  isRight(answered) === false
    ? answered.question.choices[answered.given ?? -1]?.misconception
    : undefined;

/** How well somebody predicts: of so many questions, whose answers the run has shown. */
export interface Score {
  asked: number;
  right: number;
  skipped: number;
}

/** Questions that had no right choice do not count. */
export function scoreOf(answers: readonly Answered[]): Score {
  const counted = answers.filter(({ right }) => right.length > 0);
  return {
    asked: counted.length,
    right: counted.filter((one) => isRight(one) === true).length,
    skipped: counted.filter(({ given }) => given === null).length,
  };
}

/** Questions about how long TIME-WAIT lasts, and where octets are. */
import type { Grade, Question, TimerChoice } from '../evidence/answers.ts';
import { other } from '../history/connection.ts';
import type { History } from '../history/history.ts';
import type { Expected } from './expected.ts';
import { sendOf } from './calls.ts';
import { arrivalOf, comingAt, endAt, rowOf, sampleBefore, type Moment } from './moment.ts';

export type TimerQuestion = Extract<Question, { kind: 'timer' }>;
export type DataQuestion = Extract<Question, { kind: 'data' }>;

/** Linux: TCP_TIMEWAIT_LEN, include/net/tcp.h. RFC 9293 3.4.2: an MSL of 2 minutes, twice. */
const LINUX = 60;
const RFC = 240;
const FIN_TIMEOUT = 'net.ipv4.tcp_fin_timeout';

/** For how long will it stay in TIME-WAIT? */
export function timerQuestion(moment: Moment, { now, then }: Expected): TimerQuestion | undefined {
  if (then !== 'TIME-WAIT' || now === then) return undefined;
  const { history, event } = moment;
  const told = Number(history.hosts[other(moment.host)]?.sysctls[FIN_TIMEOUT] ?? NaN);
  const others: TimerChoice[] =
    Number.isFinite(told) && told !== LINUX
      ? [{ seconds: told, sysctl: FIN_TIMEOUT, misconception: 'tcp_fin_timeout' }]
      : [{ seconds: 30 }];
  const choices: TimerChoice[] = [
    { seconds: LINUX },
    { seconds: RFC, misconception: 'RFC minutes' },
    { seconds: 0 },
    ...others,
  ];
  return {
    kind: 'timer',
    segment: event,
    choices: choices.sort((a, b) => a.seconds - b.seconds),
  };
}

/** By the timer that `ss` shows, and what had passed of it. */
export function gradeTimer(
  history: History,
  { segment, choices }: TimerQuestion,
  until = Infinity,
): Grade | undefined {
  const [coming, arrived] = [comingAt(history, segment), arrivalOf(history, segment)];
  if (coming === undefined || arrived === undefined || arrived.t >= until) return undefined;
  const end = endAt(other(coming.host), coming);
  const sample = history.sockets[end.host].after(arrived.t);
  const row = rowOf(history, sample, end);
  const left = row?.timer?.expiresMs;
  if (sample === undefined) return undefined;
  if (row?.state !== 'TIME-WAIT' || left === undefined) return { right: [], by: [sample.event] };
  const seconds = left / 1000 + (sample.began - arrived.t) / 1e9;
  const right = choices.flatMap((choice, index) =>
    Math.abs(choice.seconds - seconds) < ROUNDED ? [index] : [],
  );
  return { right, by: [sample.event] };
}

/** Timers of sockets are as coarse as the kernel's wheel, seconds (net/ipv4/inet_timewait_sock.c). */
const ROUNDED = 4;

/** send() has returned already: undefined where `ss` has not looked meanwhile. */
export function dataQuestion(moment: Moment): DataQuestion | undefined {
  const { history, event, segment, host, t } = moment;
  const call = segment.length > 0 ? sendOf(moment) : undefined;
  if (call === undefined) return undefined;
  const sample = sampleBefore(history, host, t);
  const row = rowOf(history, sample, endAt(host, moment));
  if (sample === undefined || sample.began < call.t || row === undefined) return undefined;
  return {
    kind: 'data',
    segment: event,
    call: call.seq,
    choices: [
      { place: 'send-buffer' },
      { place: 'receive-queue', misconception: 'send is delivery' },
      { place: 'program', misconception: 'send is delivery' },
    ],
  };
}

/** By Send-Q, which the sender's `ss` showed behind the call. */
export function gradeData(
  history: History,
  { segment, call, choices }: DataQuestion,
): Grade | undefined {
  const coming = comingAt(history, segment);
  const sent = history.events[call];
  if (coming === undefined || sent === undefined) return undefined;
  const sample = history.sockets[coming.host].after(sent.t);
  const row = rowOf(history, sample, endAt(coming.host, coming));
  if (sample === undefined || row === undefined) return undefined;
  const waits = row.sendQ >= coming.segment.length;
  const right = choices.flatMap(({ place }, index) =>
    (place === 'send-buffer') === waits ? [index] : [],
  );
  return { right: waits ? right : [], by: [sample.event] };
}

/** Questions about both ends' states. */
import type { Grade, Misconception, Question, StateChoice } from '../evidence/answers.ts';
import { HOSTS, type HostName } from '../evidence/events.ts';
import { other } from '../history/connection.ts';
import type { Turn } from '../history/ends.ts';
import type { History } from '../history/history.ts';
import { AT_ONCE } from '../history/programs.ts';
import { has } from '../tcp/segment.ts';
import { EDGES } from '../tcp/states/edges.ts';
import { STATES, type State } from '../tcp/states/state.ts';
import type { Expected } from './expected.ts';
import { arrivalOf, comingAt, endAt, rowOf, turnsOf, type Moment } from './moment.ts';

export type StateQuestion = Extract<Question, { kind: 'state' }>;

/** A digit each, and no more than one reads. */
const MOST_CHOICES = 5;

export function stateQuestion(moment: Moment, { then }: Expected): StateQuestion {
  const { states, event } = moment;
  const receiver = other(moment.host);
  const pair = (own: State, others: State, misconception?: Misconception): StateChoice => ({
    ...(receiver === 'server' ? { server: own, client: others } : { server: others, client: own }),
    ...(misconception && { misconception }),
  });
  const [now, sender] = [states[receiver], states[moment.host]];
  const wrong = mistakesAt(moment, then).map(([own, others, name]) => pair(own, others, name));
  // From CLOSED everything begins anew.
  const near = EDGES.filter(({ from }) => from !== 'CLOSED' && (from === now || from === then)).map(
    ({ to }) => pair(to, sender),
  );
  const choices = distinct([pair(then, sender), pair(now, sender), ...wrong, ...near]);
  return {
    kind: 'state',
    segment: event,
    from: states,
    choices: choices.slice(0, MOST_CHOICES).sort(byState),
  };
}

/** What is often thought: the receiver's state, the sender's, and the wrong idea. */
function mistakesAt(
  { states, host, segment }: Moment,
  then: State,
): [State, State, Misconception?][] {
  const [now, sender] = [states[other(host)], states[host]];
  if (has(segment, 'SYN')) return [['ESTABLISHED', 'ESTABLISHED', 'both at once']];
  if (then === 'TIME-WAIT') return [['CLOSED', 'TIME-WAIT', 'TIME-WAIT at the wrong side']];
  if (sender === 'TIME-WAIT' && then === 'CLOSED')
    return [
      ['TIME-WAIT', 'CLOSED', 'TIME-WAIT at the wrong side'],
      ['CLOSED', 'CLOSED'],
    ];
  if (has(segment, 'FIN') && now === 'ESTABLISHED')
    return [
      ['TIME-WAIT', sender, 'TIME-WAIT at the wrong side'],
      ['CLOSED', 'CLOSED', 'FIN closes both ways'],
    ];
  if (then === 'FIN-WAIT-2')
    return [
      ['TIME-WAIT', sender],
      ['CLOSED', sender, 'FIN closes both ways'],
    ];
  return [];
}

function distinct(choices: readonly StateChoice[]): StateChoice[] {
  const keys = choices.map(({ server, client }) => `${server} ${client}`);
  return choices.filter((_, index) => keys.indexOf(keys[index] ?? '') === index);
}

/** In the order of a connection's life: that of the list tells nothing of which is right. */
const byState = (a: StateChoice, b: StateChoice): number =>
  STATES.indexOf(a.server) - STATES.indexOf(b.server) ||
  STATES.indexOf(a.client) - STATES.indexOf(b.client);

/** Which states each end went to when the segment had come; empty for one that stayed in its state. */
export function waysOf(
  history: History,
  event: number,
  until = Infinity,
): Record<HostName, Turn[]> | undefined {
  const coming = comingAt(history, event);
  const arrived = arrivalOf(history, event);
  if (coming === undefined || arrived === undefined || arrived.t >= until) return undefined;
  const way = (host: HostName): Turn[] =>
    turnsOf(history, endAt(host, coming)).filter(
      ({ t, cause }) =>
        cause === arrived.event ||
        (cause === undefined && t >= arrived.t && t < Math.min(until, arrived.t + AT_ONCE)),
    );
  return { server: way('server'), client: way('client') };
}

/** Right is every state that an end went to, or through; the last is where it is. */
export function gradeStates(
  history: History,
  { segment, from, choices }: StateQuestion,
  until = Infinity,
): Grade | undefined {
  const ways = waysOf(history, segment, until);
  const arrived = arrivalOf(history, segment);
  if (ways === undefined || arrived === undefined) return undefined;
  const fits = (choice: StateChoice, host: HostName): boolean => {
    const way = ways[host].map(({ to }) => to);
    const last = way.at(-1);
    return last === undefined
      ? choice[host] === from[host]
      : choice[host] === last || (choice[host] !== 'CLOSED' && way.includes(choice[host]));
  };
  const right = choices.flatMap((choice, index) =>
    HOSTS.every((host) => fits(choice, host)) ? [index] : [],
  );
  const seen = HOSTS.flatMap((host) =>
    ways[host].map((turn) => witnessOf(turn, history, arrived.t, until)),
  );
  // In a run that is over nothing may have looked before the next segment came.
  const looks = looksAfter(history, arrived.t, until);
  const by = [
    seen,
    looks,
    until < Infinity && history.transitions.all.length > 0 ? [arrived.event] : [],
  ].find(({ length }) => length > 0);
  return by && { right, by };
}

/** The event that tells of a turn: rather the sample of `ss` that shows it than the packet that led there. */
function witnessOf(turn: Turn, history: History, t: number, until: number): number {
  if (turn.witness === 'tracepoint') return turn.event;
  const sample = history.sockets[turn.host].after(t);
  const row = rowOf(history, sample, turn);
  return sample !== undefined && sample.ended < until && row?.state === turn.to
    ? sample.event
    : turn.event;
}

/** The samples that show that nothing has changed. */
function looksAfter(history: History, t: number, until: number): number[] {
  return HOSTS.flatMap((host) => {
    const sample = history.sockets[host].after(t);
    return sample !== undefined && sample.ended < until ? [sample.event] : [];
  });
}

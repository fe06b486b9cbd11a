import { HOSTS } from '../evidence/events.ts';
import { isShown, readSteps, type NoEdge, type Shown, type Why } from '../history/edges.ts';
import { historyOf, type History } from '../history/history.ts';
import type { Step } from '../history/sockets.ts';
import { edgeName, edgeOf, type Edge } from '../tcp/edges.ts';
import {
  failed,
  met,
  pending,
  type Evaluation,
  type Expectation,
} from './expectation.ts';
import { endpoint, of, seconds } from './format.ts';

/** As many near misses as a reader wants. */
const MOST = 8;

/** A look at the whole run so far, when all evidence of it is here. */
const atTheEnd = { within: 0, watches: HOSTS, lastLook: true, heeds: [] } as const;

/** Some socket has shown this edge so far: `ss` in both its states, the tracepoint if it can. */
export function edgeShown(name: string): Expectation<undefined> {
  const edge = edgeOf(name);
  return {
    ...atTheEnd,
    text: `ss to have shown ${name}`,
    evaluate: ({ events, over }) => {
      if (!over) return pending;
      const history = historyOf(events);
      const near = ({ from, to }: Step): boolean => from === edge.from || to === edge.to;
      const nearMisses: string[] = [];
      for (const reading of readSteps(history, near)) {
        if (isShown(reading) && edgeName(reading.edge) === name)
          return met(undefined, shownInWords(reading), pointers(reading));
        if (nearMisses.length < MOST) nearMisses.push(readingInWords(reading));
      }
      return failed(insteadInWords(edge, history), [], nearMisses);
    },
  };
}

/**
 * No socket has shown this edge, which Linux does not have: one has shown what it has instead or, if
 * there is no such edge, went from the one state to the other by another way.
 */
export function edgeNeverShown(name: string): Expectation<undefined> {
  const edge = edgeOf(name);
  const { from, to, linux } = edge;
  return {
    ...atTheEnd,
    text: `no witness to have shown ${name}`,
    evaluate: ({ events, over }) => {
      if (!over) return pending;
      const history = historyOf(events);
      const shown = [...readSteps(history, (step) => step.from === from)].filter(isShown);
      const it = shown.find((reading) => edgeName(reading.edge) === name);
      if (it !== undefined) return failed(shownInWords(it), pointers(it));
      const traced = history.transitions.all.find((t) => t.from === from && t.to === to);
      if (traced !== undefined) return failed('it in the tracepoint', [traced.seq]);
      if (linux?.instead === undefined) return wentRound(edge, history);
      const instead = shown.find((reading) => edgeName(reading.edge) === linux.instead);
      return instead === undefined
        ? failed(`no ${linux.instead} either`, [], shown.slice(0, MOST).map(readingInWords))
        : met(undefined, `${linux.instead}: ${shownInWords(instead)}`, pointers(instead));
    },
  };
}

/** A socket that was in the one state, and later in the other. */
function wentRound({ from, to }: Edge, { samples }: History): Evaluation<undefined> {
  const was = new Map<string, number>();
  for (const { event, host, rows } of samples) {
    for (const { state, local, cookie = '' } of rows) {
      const key = `${host} ${cookie}`;
      const before = was.get(key);
      if (state === from) was.set(key, event);
      if (state !== to || before === undefined) continue;
      const seen = `${of(host)} ${endpoint(local)} in ${from}, later in ${to}, not at once`;
      return met(undefined, seen, [before, event]);
    }
  }
  return failed(`no socket that was in ${from} and later in ${to}`, []);
}

const states = ({ samples }: History): ReadonlySet<string> =>
  new Set(samples.flatMap(({ rows }) => rows.map(({ state }) => state)));

const pointers = ({ step: { before, after }, traced = [] }: Shown): number[] => [
  before.event,
  after.event,
  ...traced.map(({ seq }) => seq),
];

function shownInWords({ step, traced }: Shown): string {
  const last = traced?.at(-1);
  return last === undefined
    ? stepInWords(step)
    : `${stepInWords(step)}; the tracepoint at ${seconds(last.t)}`;
}

const stepInWords = ({ host, local, peer, from, to, before, after }: Step): string => {
  const ends = `${endpoint(local)}${peer.port === 0 ? '' : ` to ${endpoint(peer)}`}`;
  return `${of(host)} ${ends} in ${from} at ${seconds(before.began)}, in ${to} at ${seconds(after.began)}`;
};

/** Which of the two states `ss` has not seen at all, or that they did not follow one another. */
function insteadInWords({ from, to }: Edge, history: History): string {
  const seen = states(history);
  const missing = [from, to].filter((state) => state !== 'CLOSED' && !seen.has(state));
  return missing.length > 0
    ? `nothing in ${missing.join(' or ')}`
    : `no socket that went so from ${from} to ${to}`;
}

function readingInWords(reading: Shown | NoEdge): string {
  const { before, after } = reading.step;
  const what = isShown(reading) ? edgeName(reading.edge) : whyInWords(reading.why);
  return `#${before.event}, #${after.event}: ${stepInWords(reading.step)} (${what})`;
}

function whyInWords(reason: Why): string {
  switch (reason.why) {
    case 'no edge':
      return 'no edge of the diagram: something was skipped';
    case 'no cause':
      return 'nothing was seen to cause it';
    case 'event':
      return reason.event;
    case 'tracepoint':
      return 'not what the tracepoint saw';
  }
}

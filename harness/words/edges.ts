import type { FailedOf, MetOf, Miss, NoEdgeReason, ChangeSeen } from '../evidence/expectations.ts';
import type { History } from '../history/history.ts';
import { endpointText } from '../tcp/endpoint.ts';
import { edgeOf } from '../tcp/states/edges.ts';
import type { Say } from '../texts/say.ts';
import { seconds } from './units.ts';

/** `the server's 10.0.0.1:6000 to ... in CLOSE-WAIT at 1.0 s, in LAST-ACK at 1.1 s; the tracepoint at ...` */
export function shownInWords(change: ChangeSeen, history: History, t: Say): string {
  const words = changeInWords(change, history, t);
  const last = history.events[change.traced?.at(-1) ?? -1];
  if (last === undefined) return words;
  return [words, t('the tracepoint at {time}', { time: seconds(last.t) })].join(t('; '));
}

function changeInWords(change: ChangeSeen, history: History, t: Say): string {
  const { host, local, peer, from, to, before, after } = change;
  const began = (event: number): string => seconds(history.sample(event)?.began ?? 0);
  const params = {
    host: t(host),
    end: endpointText(local),
    ...{ state: from, to },
    time: began(before),
    later: began(after),
  };
  return peer.port === 0
    ? t("the {host}'s {end} in {state} at {time}, in {to} at {later}", params)
    : t("the {host}'s {end} to {peer} in {state} at {time}, in {to} at {later}", {
        ...params,
        peer: endpointText(peer),
      });
}

export function missingMetInWords(met: MetOf<'edge-missing'>, history: History, t: Say): string {
  if ('instead' in met) {
    const seen = shownInWords(met.change, history, t);
    return t('{edge}: {seen}', { edge: met.instead, seen });
  }
  const { host, local, from, to } = met.round;
  return t("the {host}'s {end} in {state}, later in {to}, not at once", {
    ...{ host: t(host), end: endpointText(local) },
    ...{ state: from, to },
  });
}

export function missingFailedInWords(
  failed: FailedOf<'edge-missing'>,
  edge: string,
  history: History,
  t: Say,
): string {
  if ('change' in failed) return shownInWords(failed.change, history, t);
  if ('traced' in failed) return t('it in the tracepoint');
  if ('unshown' in failed) return t('no {edge} either', { edge: failed.unshown });
  const { from, to } = edgeOf(edge);
  return t('no socket that was in {state} and later in {to}', { state: from, to });
}

/** Which of the two states `ss` has not seen at all, or that they did not follow one another. */
export function unshownInWords({ unseen }: FailedOf<'edge-shown'>, edge: string, t: Say): string {
  const { from, to } = edgeOf(edge);
  const [first, second] = unseen;
  if (first === undefined)
    return t('no socket that went from {state} to {to} this way', { state: from, to });
  return second === undefined
    ? t('nothing in {state}', { state: first })
    : t('nothing in {state} or {to}', { state: first, to: second });
}

/** What sockets showed that was nearly it, a line each. */
export const changesInWords = (misses: readonly Miss[], history: History, t: Say): string[] =>
  misses.slice(0, MOST_CHANGES).flatMap(({ change, reason }) =>
    change === undefined || reason === undefined
      ? []
      : [
          t('#{n}, #{m}: {seen} ({why})', {
            n: change.before,
            m: change.after,
            seen: changeInWords(change, history, t),
            why: reasonInWords(reason, t),
          }),
        ],
  );

/** As many near misses as a reader wants. */
const MOST_CHANGES = 8;

function reasonInWords(reason: NoEdgeReason, t: Say): string {
  switch (reason.why) {
    case 'no edge':
      return t('no edge of the diagram: something was skipped');
    case 'no cause':
      return t('nothing was seen to cause it');
    case 'tracepoint':
      return t('not what the tracepoint saw');
    case 'event':
      return reason.event;
    case 'edge':
      return reason.edge;
  }
}

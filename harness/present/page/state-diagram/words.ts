import type { HostName } from '../../../evidence/events.ts';
import type { Witness } from '../../../history/ends.ts';
import type { VisitedEdge } from './visited-edges.ts';
import type { Say } from '../../../texts/say.ts';

export const WITNESSES: readonly Witness[] = ['ss', 'tracepoint', 'inferred'];

export const witnessInWords = (witness: Witness, t: Say): string =>
  ({
    ss: t('seen by ss'),
    tracepoint: t("seen by the kernel's tracepoint alone"),
    inferred: t('inferred from the segments'),
  })[witness];

export const titleInWords = (host: HostName, t: Say): string =>
  host === 'server'
    ? t("TCP state diagram: the way of the server's end")
    : t("TCP state diagram: the way of the client's end");

/** `3. ESTABLISHED to FIN-WAIT-1 (CLOSE / snd FIN), seen by ss` */
export function edgeInWords(
  { from, to, when, witness }: VisitedEdge,
  number: number,
  t: Say,
): string {
  const seen = witnessInWords(witness, t);
  return when === undefined
    ? t('{number}. {from} to {to}, {seen}', { number, from, to, seen })
    : t('{number}. {from} to {to} ({when}), {seen}', { number, from, to, when, seen });
}

/** The whole way up to `now`, and where it stands. */
export function wayInWords(edges: readonly VisitedEdge[], now: number, t: Say): string {
  const over = edges.filter((edge) => edge.t <= now);
  const state = over.at(-1)?.to ?? edges[0]?.from;
  const way = over.map((edge, i) => edgeInWords(edge, i + 1, t));
  const standing = state === undefined ? [] : [t('Now in {state}.', { state })];
  return [...(way.length === 0 ? [] : [`${way.join('; ')}.`]), ...standing].join(' ');
}

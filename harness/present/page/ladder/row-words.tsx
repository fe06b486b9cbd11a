import type { JSX } from 'preact';
import type { ActionRow, SegmentRow, StateRow } from '../../ladder/types.ts';
import { useSay } from '../contexts.ts';
import { natureOf, numberWords } from '../words.ts';
import { flagNames } from '../../../tcp/frame/flags.ts';
import { flagsInWords } from '../../../words/segments.ts';
import { duration } from '../../../words/units.ts';
import type { OthersRow } from './others.ts';
import type { QueueRow } from '../queue/queue-rows.ts';
import { Slots } from '../queue/slots.tsx';
import type { ShownRow } from './rows.ts';
import { StateName } from '../state-diagram/state-name.tsx';
import type { Say } from '../../../texts/say.ts';
import { UNACCEPTED } from '../../../words/sockets.ts';
import { askedInWords, statementInWords } from '../../../words/verdicts.ts';

/** A row of the ladder in words. */
export function RowWords({
  row,
  number,
  plain,
}: {
  row: ShownRow;
  number?: number | undefined;
  /** Names hosts in place of their addresses. */
  plain: (text: string) => string;
}): JSX.Element | null {
  const t = useSay();
  switch (row.kind) {
    case 'step':
      return <span class="title">{t(row.title)}</span>;
    case 'segment':
      return <SegmentWords row={row} number={number} />;
    case 'state':
      return <StateName state={row.state} />;
    case 'call':
      return (
        <span class={`code ${row.error === undefined ? '' : 'bad'}`} title={row.text}>
          {plain(row.text)}
          {row.blocks && <i class="aside"> {t('blocks')}</i>}
          {row.underWay && <i class="aside"> {t('goes on')}</i>}
        </span>
      );
    case 'output':
      return (
        <span class={`code said ${row.stream}`} title={row.line}>
          {row.line}
        </span>
      );
    case 'program':
      return <span class="aside">{t('{name} starts', { name: row.name })}</span>;
    case 'exit':
      return <span class="aside">{exitWords(row, t)}</span>;
    case 'action':
      return <span class="aside">{actionWords(row, t)}</span>;
    case 'expectation':
      return (
        <span class="verdict">
          {row.verdict === 'failed'
            ? `✗ ${t('expected {what}', { what: askedInWords(row.stated.expect, t) })}`
            : `✓ ${statementInWords(row.stated.expect, t)}`}
        </span>
      );
    case 'queue':
      return <Slots {...row} />;
    case 'others':
      return <span class="link">{othersWords(row, t)}</span>;
  }
}

const othersWords = ({ segments, connections }: OthersRow, t: Say): string =>
  segments === 1
    ? t('one segment of another connection')
    : connections === 1
      ? t('{segments} segments of another connection', { segments })
      : t('{segments} segments of {connections} other connections', { segments, connections });

function SegmentWords({
  row,
  number,
}: {
  row: SegmentRow;
  number?: number | undefined;
}): JSX.Element {
  const t = useSay();
  const fate = fateWords(row, t);
  return (
    <span class={`label ${natureOf(row)}`}>
      {number !== undefined && <b class="number">{number}</b>}
      <b class="flags">{flagNames(row.segment.flags)}</b>
      <span class="numbers">{numberWords(row)}</span>
      {fate.map((text) => (
        <em key={text} class="fate">
          {text}
        </em>
      ))}
    </span>
  );
}

/** What sets a segment apart from one that was simply sent and came. */
export function fateWords(row: SegmentRow, t: Say): string[] {
  const { fate, ignored, again, injected, inside, heldFor, sent } = row;
  return [
    ...(injected ? [t('injected')] : []),
    ...(again ? [t('again')] : []),
    ...(heldFor === undefined ? [] : [t('held {long}', { long: duration(heldFor) })]),
    ...(ignored ? [t('queue full')] : []),
    ...(fate === 'lost' ? [t('lost')] : []),
    ...(fate === 'unseen'
      ? [sent === undefined ? t('not seen leaving') : t('not seen coming')]
      : []),
    ...(inside ? [t('inside')] : []),
  ];
}

/** What `ss` has shown of a state beyond its name, and that nobody has seen it at all. */
export function StateAsides({ row }: { row: StateRow }): JSX.Element {
  const { state, leftMs, orphan, witness } = row;
  const t = useSay();
  const asides = [
    ...(witness === 'inferred' ? [t('inferred: no witness saw it')] : []),
    ...(leftMs === undefined
      ? []
      : [t('{seconds} s left', { seconds: Math.round(leftMs / 1000) })]),
    ...(orphan === true && !UNACCEPTED.has(state) ? [t('orphaned')] : []),
  ];
  return <>{asides.join(' · ')}</>;
}

/** How much of the accept queue is taken. */
export function QueueAsides({ row: { length, backlog } }: { row: QueueRow }): JSX.Element {
  const t = useSay();
  return (
    <>
      {t('accept queue: {length} of {places}', { length, places: backlog + 1 })}
      {length > backlog && <b class="full"> {t('full')}</b>}
    </>
  );
}

export function exitWords(
  row: { name: string; status: number | null; signal: string | null },
  t: Say,
): string {
  const { name, status, signal } = row;
  if (signal !== null) return t('{name} ended by {signal}', { name, signal });
  return t('{name} ended with status {status}', { name, status: status ?? '?' });
}

/** Flags of a rule of loss: alternatives, or any. */
const lost = (flags: string, t: Say): string =>
  flags === '*' ? t('what comes') : flagsInWords(flags, t);

/** What the lab did to its world. */
export function actionWords({ action, host, name = '' }: ActionRow, t: Say): string {
  const of = ` (${t(host)})`;
  switch (action.op) {
    case 'hold':
      return t('the wire is held') + of;
    case 'release':
      return t('what is held is let go') + of;
    case 'carry':
      return t('the wire carries again') + of;
    case 'drop':
      return t('{flags} will be lost at the {host}', {
        flags: lost(action.args.flags, t),
        host: t(host),
      });
    case 'undrop':
      return t('nothing is lost any more') + of;
    case 'inject':
      return t('a segment is injected') + `: ${action.args.segment}`;
    case 'signal':
      return t('{signal} to {name}', { signal: action.args.signal, name });
    case 'type':
      return t('typed to {name}', { name }) + `: ${action.args.text}`;
    case 'mtu':
      return t('[its MTU: {octets}]', { octets: action.args.octets }) + of;
    default:
      return `${action.op}${of}`;
  }
}

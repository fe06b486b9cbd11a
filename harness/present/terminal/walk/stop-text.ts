import { HOSTS, type HostName } from '../../../evidence/events.ts';
import { connectionOfSegment, other } from '../../../history/connection.ts';
import type { History } from '../../../history/history.ts';
import { statesNow, timeWaitLeft, wayOf } from '../../../history/now.ts';
import { expectedOf, willBeLost, type Coming } from '../../../quiz/expected.ts';
import { opens } from '../../../tcp/segment.ts';
import type { State } from '../../../tcp/states/state.ts';
import type { Say } from '../../../texts/say.ts';
import type { Style } from '../style.ts';
import { pad } from '../wrap.ts';
import { segmentLines } from './segment-line.ts';

/** How texts are said and dressed. */
export interface Dress {
  t: Say;
  style: Style;
}

/** Columns of the server's half of the line with both states. */
const HALF = 36;

/** Both ends' states, and what waits; the first is the one that would go. */
export function stopLines(
  history: History,
  offered: readonly Coming[],
  { t, style }: Dress,
): string[] {
  const [first] = offered;
  if (first === undefined) return [];
  const { bold, cyan } = style.colors;
  const connection = connectionOfSegment(first.segment, first.host);
  const states = statesNow(history, connection, opens(first.segment));
  const end = (host: HostName): string => {
    const left = timeWaitLeft(history, host, connection);
    const seconds = left === undefined ? '' : t(' ({n} s left)', { n: Math.floor(left / 1000) });
    return `${t(host)} ${states[host]}${seconds}`;
  };
  const [next = '', ...others] = segmentLines(history, offered);
  return [
    bold(`${pad(end('server'), HALF)}${end('client')}`.trimEnd()),
    cyan(t('waits: {segment}', { segment: next })),
    ...others.map((segment) => t('also waits: {segment}', { segment })),
  ];
}

/** What the diagram says will change when it goes. */
export function outlookLine(history: History, coming: Coming, t: Say): string {
  const host = t(other(coming.host));
  if (willBeLost(history, coming)) return t('the lab loses it on arrival: nothing changes');
  const { now, then } = expectedOf(history, coming);
  // Linux keeps the listener as it is: RFC 9293 3.10.7.2 speaks of the connection.
  if (now === 'LISTEN' && then === 'SYN-RECEIVED')
    return t('then: the listener of the {host} stays, and a new socket is in {state}', {
      host,
      state: then,
    });
  return now === then
    ? t('then: the {host} stays in {state}', { host, state: now })
    : t('then: the {host} goes from {from} to {to}', { host, from: now, to: then });
}

/** What has changed since event `from`, when this one went: as `ss` and the tracepoint have seen it. */
export function changeLines(
  history: History,
  from: number,
  { host: sender, segment }: Coming,
  { t, style }: Dress,
): string[] {
  const connection = connectionOfSegment(segment, sender);
  const lines = HOSTS.map((host) => ({
    host,
    way: wayOf(history, from, host, connection, opens(segment)),
  }))
    .filter(({ way }) => way.length > 1)
    .map(({ host, way }) => style.colors.green(`${t(host)}: ${wayInWords(way, t)}`));
  return lines.length > 0 ? lines : [t('neither end has changed its state')];
}

/** What begins at a listener is a socket of its own. */
function wayInWords([first, ...rest]: readonly State[], t: Say): string {
  const way = (states: readonly (State | undefined)[]): string => states.join(' -> ');
  return first === 'LISTEN' && rest[0] === 'SYN-RECEIVED'
    ? t('a new socket, {way}; the listener stays', { way: way(rest) })
    : way([first, ...rest]);
}

/** `ss` of both hosts, as it printed. */
export function socketLines(history: History, { t, style }: Dress): string[] {
  return HOSTS.flatMap((host) => {
    const last = history.sockets[host].now;
    const sample = last && history.sample(last.event);
    const rows = sample?.rows.map(({ line }) => line) ?? [];
    const command = sample?.command ?? '';
    return [
      style.colors.dim(t('{command} at the {host}:', { command, host: t(host) })),
      ...(rows.length > 0 ? rows : [t('no sockets')]),
    ];
  });
}

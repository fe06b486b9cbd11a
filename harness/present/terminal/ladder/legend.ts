import type { Say } from '../../../texts/say.ts';
import type { LadderConnection } from '../../ladder/types.ts';
import type { Style } from '../style.ts';
import { wrap } from '../wrap.ts';
import type { Line } from './layout.ts';
import type { Ports } from './ports.ts';

const MOST = 8;

/** Where the letters begin: the numbers of the SYNs. */
export function legendLines(connections: readonly LadderConnection[], t: Say): string[] {
  const entries = connections.flatMap(({ isn, client, server }) => {
    const values = [isn.client, isn.server].flatMap((side) =>
      side === undefined ? [] : [`${side.letter} = ${side.first}`],
    );
    return values.length === 0
      ? []
      : [
          t('{letters}  (client:{client}, server:{server})', {
            letters: values.join(t(', ')),
            ...{ client: client.port, server: server.port },
          }),
        ];
  });
  return entries.length <= MOST
    ? entries
    : [...entries.slice(0, MOST), t('... and {n} more connections', { n: entries.length - MOST })];
}

/** What of its signs a ladder has used, said once. */
export function signLines(
  lines: readonly Line[],
  ports: Ports,
  { colors, columns }: Style,
  t: Say,
): string[] {
  const used = new Set(lines.flatMap(({ signs = [] }) => signs));
  const texts = [
    ...(ports.width > 0 ? [portsInWords(ports, t)] : []),
    ...(lines.some(isStill) ? [t('(STATE): since before')] : []),
    ...(used.has('action') ? [t('[...]: done by the lab')] : []),
    ...(used.has('remark') ? [t('(...): of the line above')] : []),
    ...(used.has('held') ? [t('held: kept back by the lab')] : []),
    ...(used.has('broken') ? [t('//: it gets no further')] : []),
  ];
  return wrap(texts.join(t('; ')), columns).map((line) => colors.dim(line));
}

const portsInWords = ({ ofBoth }: Ports, t: Say): string =>
  ofBoth ? t("port: the client's > the server's") : t("port: the client's");

const isStill = ({ server, client }: Line): boolean =>
  [server, client].some((lane) => lane !== undefined && 'still' in lane && lane.still);

import type { Say } from '../../../texts/say.ts';
import type { LadderConnection } from '../../ladder/types.ts';

const MOST = 8;

/** Where the letters begin: the numbers of the SYNs. */
export function legendLines(connections: readonly LadderConnection[], t: Say): string[] {
  const entries = connections.flatMap(({ isn, client, server }) => {
    const values = [isn.client, isn.server].flatMap((side) =>
      side === undefined ? [] : [`${side.letter} = ${side.first}`],
    );
    return values.length === 0
      ? []
      : [`${values.join(', ')}  (client:${client.port}, server:${server.port})`];
  });
  return entries.length <= MOST
    ? entries
    : [...entries.slice(0, MOST), t('... and {n} more connections', { n: entries.length - MOST })];
}

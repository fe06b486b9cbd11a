import { renderCensus } from '../../present/terminal/census-text.ts';
import { styleFor } from '../../present/terminal/style.ts';
import { jsonText } from '../../present/visible.ts';
import { censusOf, netstatCounts } from '../../tcp/tables/census.ts';
import { parseSs } from '../../tcp/tables/ss.ts';
import type { StatesFlags } from '../command-line.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { abortOnSignals, handOver, remark, tell } from '../process.ts';
import { t } from '../language.ts';
import { readSockets } from './read-sockets.ts';

/** `states`: the census of a machine's own TCP sockets. */
export async function states({ backend, json }: StatesFlags): Promise<ExitCode> {
  const interruption = new AbortController();
  const { signal } = interruption;
  abortOnSignals(interruption);
  try {
    const { whose, printed } = await readSockets(backend, signal);
    const census = censusOf(parseSs(printed));
    if (json === true) {
      const counts = netstatCounts(census).map(({ name, count }) => [name, count]);
      handOver(`${jsonText(Object.fromEntries(counts))}\n`);
    } else {
      const style = styleFor(process.stdout, process.env, t);
      tell(...renderCensus(census, whose, style));
    }
    return EXIT.passed;
  } catch (error) {
    if (!signal.aborted) throw error;
    remark(`lab: ${t('interrupted')}; ${t('nothing is left behind')}`);
    return EXIT.interrupted;
  }
}

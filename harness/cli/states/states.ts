import { renderCensus } from '../../present/terminal/census-text.ts';
import { styleFor } from '../../present/terminal/style.ts';
import { censusOf, netstatCounts } from '../../tcp/tables/census.ts';
import { parseSs } from '../../tcp/tables/ss.ts';
import type { StatesFlags } from '../command-line.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { abortOnSignals, linesToText } from '../process.ts';
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
      console.log(JSON.stringify(Object.fromEntries(counts)));
    } else {
      const style = styleFor(process.stdout, process.env, t);
      process.stdout.write(linesToText(renderCensus(census, whose, style)));
    }
    return EXIT.passed;
  } catch (error) {
    if (!signal.aborted) throw error;
    console.error(`lab: ${t('interrupted')}; ${t('nothing is left behind')}`);
    return EXIT.interrupted;
  }
}

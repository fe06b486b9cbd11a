/** `npm run bench`: whole-process figures of the real command line, as a table or as JSON. */
import { parseArgs } from 'node:util';
import { BACKENDS, type BackendName } from '../../backend/backend.ts';
import { selectBackend } from '../../backend/select.ts';
import { growth } from './growth.ts';
import { baseline, measure, recorded } from './measure.ts';
import { medians, present, type Result } from './present.ts';
import { explain, UsageError } from '../errors.ts';
import { checkTools } from '../run/tools.ts';
import { verbatim } from '../../told.ts';

const USAGE = 'npm run bench [-- --runs N] [--backend docker|netns] [--json]';
const RUNS = 5;

try {
  await bench();
} catch (error) {
  const { code, text } = explain(error);
  console.error(`bench: ${text}`);
  process.exitCode = code;
}

async function bench(): Promise<void> {
  const { runs, wanted, json } = options();
  const backends = wanted === undefined ? await available() : [wanted];
  const say = (line: string): void => {
    console.error(line);
  };
  const result: Result = { runs, node: process.version, baseline: NaN, backends: {}, growth: {} };
  const before = await baseline(runs);
  for (const name of backends) result.backends[name] = medians(await measure(name, runs, say));
  const [any] = backends;
  if (any !== undefined) {
    say('what an event costs in a long run');
    result.growth = growth(await recorded(any));
  }
  // Before and after: the machine may have become busier meanwhile.
  result.baseline = (before + (await baseline(runs))) / 2;
  console.log(json ? JSON.stringify(result, null, 2) : present(result).join('\n'));
}

function options(): { runs: number; wanted: BackendName | undefined; json: boolean } {
  const parsed = parse();
  const runs = Number(parsed.runs);
  if (!Number.isInteger(runs) || runs < 1)
    throw new UsageError(verbatim(`--runs ${parsed.runs}: not 1 or more`));
  const wanted = BACKENDS.find((name) => name === parsed.backend);
  if (parsed.backend !== undefined && wanted === undefined) {
    throw new UsageError(
      verbatim(`unknown backend '${parsed.backend}'; backends: ${BACKENDS.join(', ')}`),
    );
  }
  return { runs, wanted, json: parsed.json };
}

function parse(): { runs: string; backend?: string | undefined; json: boolean } {
  try {
    const { values } = parseArgs({
      options: {
        runs: { type: 'string', default: String(RUNS) },
        backend: { type: 'string' },
        json: { type: 'boolean', default: false },
      },
    });
    return values;
  } catch (error) {
    throw new UsageError(verbatim(`${(error as Error).message} Usage: ${USAGE}`));
  }
}

/** The backends that this machine has. @throws BackendError when that is none */
async function available(): Promise<BackendName[]> {
  const { backend } = await selectBackend('auto', process.env);
  if (backend.name === 'docker' && process.platform !== 'linux') return ['docker'];
  checkTools(process.platform, process.env['PATH']);
  return backend.name === 'docker' ? ['netns', 'docker'] : ['netns'];
}

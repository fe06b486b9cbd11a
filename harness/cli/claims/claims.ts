import { dirname } from 'node:path';
import { labNames } from '../../catalogue/catalogue.ts';
import type { Claim } from '../../evidence/claim.ts';
import { allClaims, claimsOf } from '../../catalogue/claims.ts';
import { renderClaims } from '../../present/terminal/claims-text.ts';
import { styleFor } from '../../present/terminal/style.ts';
import { jsonText } from '../../present/visible.ts';
import type { ClaimsFlags } from '../command-line.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { t } from '../language.ts';
import { nearest } from '../../nearest.ts';
import type { Lab } from '../../vocabulary/define.ts';
import { isPath, labsToTell } from '../labs.ts';
import { handOver, tell } from '../process.ts';
import { UsageError } from '../errors.ts';
import { typed } from '../../installation.ts';
import { told } from '../../told.ts';

/**
 * `claims [LAB|DOCUMENT]...`: what the documents say about TCP, and what the labs show of it; of a lab
 * that is named by its file, what documents say beside it.
 * @throws UsageError for a name that is neither a lab nor a document
 */
export async function claims(words: readonly string[], flags: ClaimsFlags): Promise<ExitCode> {
  const names = words.filter((word) => !isPath(word));
  const labs = await labNames();
  check(names, labs);
  const paths = words.filter(isPath);
  const elsewhere = paths.length === 0 ? { labs: [], code: EXIT.passed } : await labsToTell(paths);
  const chosen = [
    ...allClaims().filter(
      ({ lab, document }) => words.length === 0 || names.includes(lab) || names.includes(document),
    ),
    ...elsewhere.labs.flatMap(claimsOfLab),
  ];
  const silent = [
    ...names.filter((name) => labs.includes(name) && claimsOf(name).length === 0),
    ...elsewhere.labs.filter((lab) => claimsOfLab(lab).length === 0).map(({ name }) => name),
  ];
  if (flags.json === true) handOver(asJson(chosen));
  else tell(...asText(chosen, silent, words.length > 0));
  return elsewhere.code;
}

const claimsOfLab = ({ name, source }: Lab): Claim[] =>
  claimsOf(name, source && dirname(source.path));

const asJson = (chosen: readonly Claim[]): string =>
  chosen.map((claim) => `${jsonText(claim)}\n`).join('');

/** All claims are a table; those of a lab or document are told whole. */
function asText(chosen: readonly Claim[], silent: readonly string[], whole: boolean): string[] {
  const none = silent.map((name) =>
    t('{name}: no document speaks of it, only RFCs and manuals do', { name }),
  );
  if (chosen.length === 0) return none;
  return [...none, ...renderClaims(chosen, styleFor(process.stdout, process.env, t), { whole })];
}

function check(names: readonly string[], labs: readonly string[]): void {
  const documents = [...new Set(allClaims().map(({ document }) => document))];
  for (const name of names) {
    if (documents.includes(name) || labs.includes(name)) continue;
    const meant = nearest(name, labs);
    throw new UsageError(
      meant === undefined
        ? told("unknown lab or document '{name}'; documents: {documents}; labs: {command}", {
            ...{ name, documents: documents.join(', '), command: typed('list') },
          })
        : told("unknown lab or document '{name}'; did you mean '{other}'?", { name, other: meant }),
    );
  }
}

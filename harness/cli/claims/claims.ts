import { labNames } from '../../catalogue/catalogue.ts';
import type { Claim } from '../../evidence/claim.ts';
import { allClaims, TEXTBOOK } from '../../catalogue/claims.ts';
import { renderClaims } from '../../present/terminal/claims-text.ts';
import { styleFor } from '../../present/terminal/style.ts';
import { jsonText } from '../../present/visible.ts';
import type { ClaimsFlags } from '../command-line.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { t } from '../language.ts';
import { nearest } from '../nearest.ts';
import { handOver, tell } from '../process.ts';
import { UsageError } from '../errors.ts';
import { typed } from '../../installation.ts';
import { told } from '../../told.ts';

/**
 * `claims [LAB|DOCUMENT]...`: what the documents say about TCP, and what the labs show of it.
 * @throws UsageError for a name that is neither a lab nor a document
 */
export async function claims(names: readonly string[], flags: ClaimsFlags): Promise<ExitCode> {
  await check(names);
  const chosen = allClaims().filter(
    ({ lab, document }) => names.length === 0 || names.includes(lab) || names.includes(document),
  );
  if (flags.json === true) handOver(asJson(chosen));
  else tell(...asText(chosen, names));
  return EXIT.passed;
}

const asJson = (chosen: readonly Claim[]): string =>
  chosen.map((claim) => `${jsonText(claim)}\n`).join('');

/** All claims are a table; those of a lab or document are told whole. */
function asText(chosen: readonly Claim[], names: readonly string[]): string[] {
  const silent = names
    .filter((name) => TEXTBOOK.includes(name))
    .map((name) => t('{name}: no document speaks of it, only RFCs and manuals do', { name }));
  const style = styleFor(process.stdout, process.env, t);
  if (chosen.length === 0) return silent;
  return [...silent, ...renderClaims(chosen, style, { whole: names.length > 0 })];
}

async function check(names: readonly string[]): Promise<void> {
  const documents = [...new Set(allClaims().map(({ document }) => document))];
  const labs = await labNames();
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

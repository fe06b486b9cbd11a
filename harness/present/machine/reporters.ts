import { ctrf } from './ctrf.ts';
import { annotations } from './github.ts';
import { json } from './json.ts';
import { junit } from './junit.ts';
import { ktap } from './ktap.ts';
import { tap } from './tap.ts';
import type { ReporterName } from './names.ts';
import type { RunReport } from './run-report.ts';

/** Pure functions of the report, by the names that `--reporter` knows. */
export const REPORTERS = { json, junit, ktap, tap, ctrf, github: annotations } satisfies Record<
  ReporterName,
  (run: RunReport) => string
>;

import { z } from 'zod';
import { REPORT_VERSION } from './json.ts';
import { EXPECTATION_STATUSES, LAB_STATUSES } from './run-report.ts';

/**
 * What `--reporter json` writes, for whoever reads it: one JSON object a run. What the fields mean
 * stands in `run-report.ts`; in short:
 *
 * - `labs`, in the order in which they were to be run, each with `status`: `passed`, `failed`,
 *   `timed out` (all that failed was still open when its time was over), `broken` (it could not be
 *   tried: nothing is said about TCP), `interrupted` or `not run`; `message` says why.
 * - `labs[].expectations`: `met`, `failed`, `timed out`, `untried` (the lab ended before) or
 *   `skipped` (without `--slow`), with what was `seen`. Their `name` is the same in every run.
 * - `labs[].score`: how many questions were asked of somebody who predicted (`--predict`), `right` and
 *   `skipped`.
 * - `counts`: how many labs have which status. `took` and `at` are milliseconds.
 *
 * Fields may be added; `version` counts up when one is taken away or means something else.
 */
const ms = z.int().min(0);
const count = z.int().min(0);

const expectation = z.object({
  name: z.string(),
  text: z.string(),
  step: z.string().optional(),
  status: z.enum(EXPECTATION_STATUSES),
  seen: z.string().optional(),
  at: ms.optional(),
  took: ms.optional(),
  line: z.int().min(1).optional(),
});

const lab = z.object({
  lab: z.string(),
  title: z.string(),
  file: z.string(),
  status: z.enum(LAB_STATUSES),
  message: z.string().optional(),
  troubles: z.array(z.string()),
  startedAt: z.iso.datetime().optional(),
  took: ms.optional(),
  kernel: z.string().optional(),
  expectations: z.array(expectation),
  score: z.object({ asked: count, right: count, skipped: count }).optional(),
  bundle: z.object({ folder: z.string(), files: z.array(z.string()) }).optional(),
  picture: z.array(z.string()),
});

export const JsonReport = z.object({
  report: z.literal('socket-lab'),
  version: z.literal(REPORT_VERSION),
  counts: z.record(z.enum(LAB_STATUSES), count),
  harness: z.string(),
  command: z.array(z.string()),
  backend: z.string(),
  reason: z.string(),
  slow: z.boolean(),
  startedAt: z.iso.datetime(),
  took: ms,
  labs: z.array(lab),
});

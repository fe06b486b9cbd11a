import { jsonText } from '../visible.ts';
import { LAB_STATUSES, type ReportedStatus, type RunReport } from './run-report.ts';

export const REPORT_VERSION = 1;

/** The run as we have it, with how many labs came out how. Its schema is in `json-schema.ts`. */
export function json(run: RunReport): string {
  const report = { report: 'socket-lab', version: REPORT_VERSION, counts: countsOf(run), ...run };
  return `${jsonText(report, 2)}\n`;
}

export function countsOf({ labs }: RunReport): Record<ReportedStatus, number> {
  const count = (wanted: ReportedStatus): number =>
    labs.filter(({ status }) => status === wanted).length;
  const counts = LAB_STATUSES.map((status) => [status, count(status)] as const);
  return Object.fromEntries(counts) as Record<ReportedStatus, number>;
}

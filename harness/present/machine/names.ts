/** What `--reporter` knows; apart from the reporters, which only a run loads. */
export const REPORTER_NAMES = ['json', 'junit', 'ktap', 'tap', 'ctrf', 'github'] as const;
export type ReporterName = (typeof REPORTER_NAMES)[number];

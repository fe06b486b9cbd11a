import type { Score } from '../../evidence/answers.ts';

/**
 * A run as machines are told of it: what every reporter renders. A lab is `timed out` when all that
 * failed in it was still open when its time was over, `broken` when it could not be tried.
 */
export interface RunReport {
  harness: string;
  /** What was typed. */
  command: string[];
  backend: string;
  /** Why this backend was taken. */
  reason: string;
  slow: boolean;
  /** ISO 8601. */
  startedAt: string;
  /** Milliseconds. */
  took: number;
  /** In the order in which they were to be run. */
  labs: LabReport[];
}

export const LAB_STATUSES = [
  'passed',
  'failed',
  'timed out',
  'broken',
  'interrupted',
  'not run',
] as const;
export type ReportedStatus = (typeof LAB_STATUSES)[number];

export interface LabReport {
  lab: string;
  title: string;
  /** Its source, relative to the project. */
  file: string;
  status: ReportedStatus;
  /** Why it is not `passed`. */
  message?: string;
  /** What went wrong beside the lab: a bundle that could not be written, hosts left behind. */
  troubles: string[];
  /** ISO 8601; absent when it was not run. */
  startedAt?: string;
  /** Milliseconds, with bringing up the hosts and ending them. */
  took?: number;
  /** Kernel release of the hosts. */
  kernel?: string;
  expectations: ExpectationReport[];
  /** How well somebody predicted it, where somebody was asked. */
  score?: Score;
  /** Where the run is on disk, and the files that are there: attachments. */
  bundle?: { folder: string; files: string[] };
  /** The run drawn as text, for a lab that did not pass; empty when nothing was sent. */
  picture: string[];
}

export const EXPECTATION_STATUSES = ['met', 'failed', 'timed out', 'untried', 'skipped'] as const;
export type ExpectationStatus = (typeof EXPECTATION_STATUSES)[number];

/** `untried`: the lab ended before its verdict. `skipped`: it waits too long without `--slow`. */
export interface ExpectationReport {
  /** The same in every run, and once only in its lab: CI compares tests by name. */
  name: string;
  /** As it was stated, with this run's addresses. */
  text: string;
  step?: string;
  status: ExpectationStatus;
  /** What was seen; of a failed one the whole message. */
  seen?: string;
  /** Milliseconds since the run began, and until the verdict. */
  at?: number;
  took?: number;
  /** Where in the lab's file its step begins. */
  line?: number;
}

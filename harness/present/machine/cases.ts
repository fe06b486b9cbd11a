import type { ExpectationReport, LabReport, ReportedStatus } from './run-report.ts';

/**
 * What most formats call a test: an expectation. What ended a lab without being one (it broke off,
 * was interrupted, was not run; its bundle could not be written) is a test of its own beside them,
 * so that it is neither lost nor taken for a failure.
 */
export interface Case {
  name: string;
  status: CaseStatus;
  /** Why it is not `passed`. */
  message?: string;
  /** What a passed one saw. */
  seen?: string;
  step?: string;
  /** Milliseconds. */
  at?: number;
  took?: number;
  line?: number;
}

/** `broken`: it could not be tried. */
export type CaseStatus = 'passed' | 'failed' | 'timed out' | 'broken' | 'interrupted' | 'skipped';

const ITSELF = 'the lab itself';

export function casesOf(lab: LabReport): Case[] {
  const cases = lab.expectations.map(caseOf);
  // A lab fails and times out by an expectation, which says so.
  const told = cases.some(({ status }) => status === lab.status);
  if (!told) cases.push(itself(lab));
  return [...cases, ...lab.troubles.map(trouble)];
}

function caseOf({ name, status, seen, step, at, took, line }: ExpectationReport): Case {
  return {
    name,
    ...(step !== undefined && { step }),
    ...(at !== undefined && { at }),
    ...(took !== undefined && { took }),
    ...(line !== undefined && { line }),
    ...(status === 'met'
      ? { status: 'passed', ...(seen !== undefined && { seen }) }
      : status === 'untried'
        ? { status: 'skipped', message: 'the lab ended before it was decided' }
        : { status, message: seen ?? '' }),
  };
}

function itself({ status, message, took }: LabReport): Case {
  return {
    name: ITSELF,
    status: caseStatus(status),
    ...(status !== 'passed' && { message: reasonOf(status, message) }),
    ...(took !== undefined && { took }),
  };
}

function reasonOf(status: ReportedStatus, message = ''): string {
  if (message === '' || message === status) return status;
  return status === 'not run' ? `${status}: ${message}` : message;
}

/** A lab as a test of its own: what is wrong beside it makes it no longer passed. */
export function wholeOf({ lab, status, message, troubles, took }: LabReport): Case {
  const own = status === 'passed' ? [] : [reasonOf(status, message)];
  const reasons = [...own, ...troubles];
  return {
    name: lab,
    status: status === 'passed' && troubles.length > 0 ? 'broken' : caseStatus(status),
    ...(reasons.length > 0 && { message: reasons.join('\n') }),
    ...(took !== undefined && { took }),
  };
}

const caseStatus = (status: ReportedStatus): CaseStatus =>
  status === 'not run' ? 'skipped' : status;

const trouble = (message: string, i: number): Case => ({
  name: i === 0 ? 'after the lab' : `after the lab (${i + 1})`,
  status: 'broken',
  message,
});

/** Whether a lab, with all that belongs to it, is as it should be. */
export const isWell = ({ status, troubles }: Pick<LabReport, 'status' | 'troubles'>): boolean =>
  status === 'passed' && troubles.length === 0;

import type { LabEvent, LabStatus } from './events.ts';

/** An expectation and what came of it; without a verdict it could not be tried. */
export interface ExpectationSummary {
  id: number;
  text: string;
  step?: string;
  verdict: 'met' | 'failed' | 'untried';
  seen?: string;
  /** Events that met or broke it. */
  by: number[];
  /** Milliseconds from its statement to its verdict. */
  took?: number;
}

/** Where a document says otherwise than a lab shows: what, what the kernel does, why, since when. */
export interface Difference {
  /** `000` to `004`. */
  document: string;
  section: string;
  /** Its own words, or enough of them to find the place. */
  quote: string;
  /** What they say, in a line. */
  claim: string;
  /** What the kernel does instead. */
  kernel: string;
  why: string;
  /** Kernel release and commit, or on which kernels it was measured. */
  since: string;
}

export interface Summary {
  lab: string;
  title: string;
  backend: string;
  status: LabStatus;
  message?: string;
  /** Milliseconds from the first event to the last. */
  took: number;
  expectations: ExpectationSummary[];
  /** No evidence, but what to read it by: where documents differ from what this lab shows. */
  claims: readonly Difference[];
}

/** All of `result.json`: what a stream says about its run, and the documents about its lab. */
export function summarize(
  events: readonly LabEvent[],
  claims: readonly Difference[] = [],
): Summary {
  const steps = new Map<number, string>();
  const expectations = new Map<number, ExpectationSummary & { t: number }>();
  const summary: Summary = {
    lab: '',
    title: '',
    backend: '',
    status: 'broken',
    took: ms(events.at(-1)?.t ?? 0),
    expectations: [],
    claims,
  };
  for (const event of events) {
    if (event.type === 'run') {
      const { lab, title, backend } = event;
      Object.assign(summary, { lab, title, backend });
    } else if (event.type === 'step') {
      steps.set(event.id, event.title);
    } else if (event.type === 'expect') {
      const { id, text, t } = event;
      const step = event.step === undefined ? undefined : steps.get(event.step);
      const where = step === undefined ? {} : { step };
      expectations.set(id, { id, text, ...where, verdict: 'untried', by: [], t });
    } else if (event.type === 'verdict') {
      const expectation = expectations.get(event.id);
      if (expectation === undefined) continue;
      const { verdict, seen, by } = event;
      Object.assign(expectation, { verdict, seen, by, took: ms(event.t - expectation.t) });
    } else if (event.type === 'end') {
      summary.status = event.status;
      if (event.message !== undefined) summary.message = event.message;
    }
  }
  summary.expectations = [...expectations.values()].map(({ t: _, ...rest }) => rest);
  return summary;
}

const ms = (nanoseconds: number): number => Math.round(nanoseconds / 1e4) / 100;

import { scoreOf, type Answered, type Score } from './answers.ts';
import type { EventOf, LabEvent, LabStatus } from './events.ts';
import type { Asked } from './expectations.ts';
import type { Told } from '../told.ts';

/** An expectation and what came of it; without a verdict it could not be tried. */
export type ExpectationSummary = Asked & {
  id: number;
  /** The id of its step. */
  step?: number;
  verdict: 'met' | 'failed' | 'untried';
  seen?: EventOf<'verdict'>['seen'];
  /** Events that met or broke it. */
  by: number[];
  /** Milliseconds from its statement to its verdict. */
  took?: number;
};

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
  /** The expectation that it failed by. */
  expectation?: number;
  /** Why it broke off. */
  message?: Told;
  /** What would help. */
  hint?: Told;
  /** It was cut short: what witnesses had still to tell is missing. */
  cut?: true;
  /** Milliseconds from the first event to the last. */
  took: number;
  steps: { id: number; title: Told }[];
  expectations: ExpectationSummary[];
  /** How well somebody predicted what would come; absent where nobody was asked. */
  score?: Score;
  /** No evidence, but what to read it by: where documents differ from what this lab shows. */
  claims: readonly Difference[];
}

/** All of `result.json`: what a stream says about its run, and the documents about its lab. */
export function summarize(
  events: readonly LabEvent[],
  claims: readonly Difference[] = [],
): Summary {
  const expectations = new Map<number, { summary: ExpectationSummary; t: number }>();
  const summary: Summary = {
    ...{ lab: '', title: '', backend: '', status: 'broken' },
    took: ms(events.at(-1)?.t ?? 0),
    steps: [],
    expectations: [],
    claims,
  };
  const answers: Answered[] = [];
  for (const event of events) {
    if (event.type === 'run') {
      const { lab, title, backend } = event;
      Object.assign(summary, { lab, title, backend });
    } else if (event.type === 'step' && event.phase === 'begin') {
      summary.steps.push({ id: event.id, title: event.title });
    } else if (event.type === 'expect') {
      const { id, t, kind, params, step } = event;
      const where = step === undefined ? {} : { step };
      const asked = { kind, params } as Asked;
      const stated: ExpectationSummary = { id, ...asked, ...where, verdict: 'untried', by: [] };
      summary.expectations.push(stated);
      expectations.set(id, { summary: stated, t });
    } else if (event.type === 'verdict') {
      const stated = expectations.get(event.id);
      if (stated === undefined) continue;
      const { verdict, seen, by } = event;
      Object.assign(stated.summary, { verdict, seen, by, took: ms(event.t - stated.t) });
    } else if (event.type === 'answer') {
      answers.push(event);
    } else if (event.type === 'end') {
      const { status, expectation, message, hint, cut } = event;
      summary.status = status;
      if (expectation !== undefined) summary.expectation = expectation;
      if (message !== undefined) summary.message = message;
      if (hint !== undefined) summary.hint = hint;
      if (cut !== undefined) summary.cut = cut;
    }
  }
  if (answers.length > 0) summary.score = scoreOf(answers);
  return summary;
}

const ms = (nanoseconds: number): number => Math.round(nanoseconds / 1e4) / 100;

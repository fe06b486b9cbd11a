import type { Difference } from './summary.ts';

/** Something that one of the documents says about TCP, and the lab that shows how it is. */
interface Said {
  /** `000` to `004`. */
  document: string;
  /** Where in it, counted from 1. */
  line: number;
  section: string;
  /** Its own words, or enough of them to find the place. */
  quote: string;
  /** What they say, in a line. */
  claim: string;
  lab: string;
}

/** A claim is borne out by its lab; or contradicted; or about something that cannot be run here. */
export type Claim =
  | (Said & { verdict: 'holds' })
  | (Said & { verdict: 'differs' } & Difference)
  | (Said & {
      verdict: 'not tried here';
      /** What Linux does, for comparison. */
      kernel: string;
      /** Why it is not tried. */
      why: string;
    });

import { fill, inEnglish, type Params, type Told } from '../told.ts';

/** Says a text of ours, or what somebody tells, to people in their language. */
export type Say = (what: string | Told, params?: Params) => string;

/** The texts as they stand in the code. */
export const english: Say = (what, params) =>
  typeof what === 'string' ? fill(what, params ?? {}, inEnglish) : inEnglish(what);

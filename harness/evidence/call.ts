/**
 * What a report of a call is: the one definition, for the run that is told of it and for whoever
 * reads its events again. By hand: a run has no other need of zod, which takes its time to load.
 */

import { told, type Told } from '../told.ts';

/** A system call, as it begins or when it has returned. */
export interface ReportedCall {
  phase: 'enter' | 'return';
  call: string;
  args: (string | number)[];
  result?: number;
  /** What the kernel filled in: accept's peer, recv's data. */
  out?: string | number;
  errno?: number;
  code?: string;
}

const isWord = (value: unknown): boolean => typeof value === 'string' && value !== '';
/** JSON has none that is not finite, and what is read of 1e999 is not. */
const isNumber = (value: unknown): boolean => Number.isFinite(value);
const isValue = (value: unknown): boolean => typeof value === 'string' || isNumber(value);

/** How each part of a report must be. */
export const CALL_PARTS: Readonly<
  Record<keyof ReportedCall, { fits: (value: unknown) => boolean; optional?: true }>
> = {
  phase: { fits: (value) => value === 'enter' || value === 'return' },
  call: { fits: isWord },
  args: { fits: (value) => Array.isArray(value) && value.every(isValue) },
  result: { fits: Number.isSafeInteger, optional: true },
  out: { fits: isValue, optional: true },
  errno: { fits: (value) => Number.isSafeInteger(value) && Number(value) > 0, optional: true },
  code: { fits: isWord, optional: true },
};

/** A call, and when it was: CLOCK_MONOTONIC, ns, as digits. */
export type CallReport = ReportedCall & { t: string };

/** Reads a line as programs report their calls; what it is not, if it is none. */
export function readCallReport(line: string): CallReport | { wrong: Told } {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return { wrong: told('it is not JSON') };
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return { wrong: told('it is not an object') };
  const { t, ...call } = value as Record<string, unknown>;
  if (typeof t !== 'string' || !/^\d{1,19}$/.test(t)) return { wrong: told("'t' is not a time") };
  for (const [name, { fits, optional = false }] of Object.entries(CALL_PARTS)) {
    const isThere = Object.hasOwn(call, name);
    if (isThere && !fits(call[name]))
      return { wrong: told("'{word}' is not what it must be", { word: name }) };
    if (!isThere && !optional) return { wrong: told("'{word}' is missing", { word: name }) };
  }
  const unknown = Object.keys(call).find((name) => !Object.hasOwn(CALL_PARTS, name));
  if (unknown !== undefined)
    return { wrong: told("it has more in it than a call: '{word}'", { word: unknown }) };
  return { t, ...(call as unknown as ReportedCall) };
}

/**
 * What every command exits with. README and `--help` say the same.
 *
 * - `passed`: all expectations were met; doctor: a backend can be used
 * - `failed`: an expectation was not met (`verify`: in the bundle, and again in the replay)
 * - `usage`: the command line is refused, and nothing was started; or a lab cannot be understood: no
 *   lab in its file, a mistake in a pattern, a call or another notation
 * - `unable`: this machine cannot do it, or the lab broke off: nothing is said about TCP
 * - `leftBehind`: something could not be cleaned up
 * - `refused`: a bundle is not believed: it was changed or cut, or contradicts itself
 * - `labChanged`: a bundle holds together, but today's lab does not say the same of it, or its lab is
 *   not known here
 * - `bug`: an error of ours (sysexits.h, EX_SOFTWARE), so that it is never taken for `failed`
 * - `interrupted`: Ctrl-C, or nobody reads the events any more; nothing is left behind. The process
 *   ends with 143 when it was SIGTERM, 129 when it was SIGHUP (process.ts `exitStatus`)
 */
export const EXIT = {
  passed: 0,
  failed: 1,
  usage: 2,
  unable: 3,
  leftBehind: 4,
  refused: 5,
  labChanged: 6,
  bug: 70,
  interrupted: 130,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** From harmless to grave: several labs, or bundles, exit with the gravest. README says the same. */
const GRAVITY: readonly ExitCode[] = [
  EXIT.passed,
  EXIT.failed,
  EXIT.labChanged,
  EXIT.unable,
  EXIT.interrupted,
  EXIT.refused,
  EXIT.usage,
  EXIT.bug,
  EXIT.leftBehind,
];

export function gravest(codes: readonly ExitCode[]): ExitCode {
  return codes.reduce<ExitCode>(
    (worst, code) => (GRAVITY.indexOf(code) > GRAVITY.indexOf(worst) ? code : worst),
    EXIT.passed,
  );
}

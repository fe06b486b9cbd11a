/**
 * What every command exits with. README and `--help` say the same.
 *
 * - `passed`: all expectations were met; doctor: a backend can be used
 * - `failed`: an expectation was not met (`verify`: in the bundle, and again in the replay)
 * - `usage`: the command line, or a bundle given on it, is refused; nothing was started
 * - `unable`: this machine cannot do it, or the lab broke off: nothing is said about TCP
 * - `leftBehind`: something could not be cleaned up
 * - `bug`: an error of ours (sysexits.h, EX_SOFTWARE), so that it is never taken for `failed`
 * - `interrupted`: Ctrl-C, or nobody reads the events any more; nothing is left behind
 */
export const EXIT = {
  passed: 0,
  failed: 1,
  usage: 2,
  unable: 3,
  leftBehind: 4,
  bug: 70,
  interrupted: 130,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** From harmless to grave: several labs exit with the gravest. */
const GRAVITY: readonly ExitCode[] = [
  EXIT.passed,
  EXIT.failed,
  EXIT.unable,
  EXIT.interrupted,
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

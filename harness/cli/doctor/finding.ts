import type { Style } from '../../report/style.ts';

/** One thing that was looked at. */
export interface Finding {
  name: string;
  ok: boolean;
  /** What was found: a version, a reason. One line. */
  text: string;
  /** What would mend it. */
  fix?: string;
}

const STATUS = 8;
const NAME = 12;

export function renderFinding({ name, ok, text, fix }: Finding, { colors }: Style): string {
  const status = (ok ? 'ok' : 'missing').padEnd(STATUS);
  const coloured = ok ? colors.green(status) : colors.red(status);
  const mend = fix === undefined ? '' : `; ${colors.bold(`fix: ${fix}`)}`;
  return `${coloured} ${name.padEnd(NAME)} ${text}${mend}`;
}

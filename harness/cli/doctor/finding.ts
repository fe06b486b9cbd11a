import type { Style } from '../../present/terminal/style.ts';
import { pad } from '../../present/terminal/wrap.ts';

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

export function renderFinding({ name, ok, text, fix }: Finding, { colors, t }: Style): string {
  const status = pad(t(ok ? 'ok' : 'missing'), STATUS);
  const coloured = ok ? colors.green(status) : colors.red(status);
  const mend = fix === undefined ? '' : `; ${colors.bold(t('fix: {hint}', { hint: fix }))}`;
  return `${coloured} ${pad(t(name), NAME)} ${t(text)}${mend}`;
}

import type { Style } from '../../present/terminal/style.ts';
import { pad } from '../../present/terminal/wrap.ts';
import type { Told } from '../../told.ts';

/** One thing that was looked at. */
export interface Finding {
  name: Told;
  ok: boolean;
  /** What was found: a version, a reason. One line. */
  found: Told;
  /** What would mend it. */
  fix?: Told;
}

const STATUS = 8;
const NAME = 12;

export function renderFinding({ name, ok, found, fix }: Finding, { colors, t }: Style): string {
  const status = pad(t(ok ? 'ok' : 'missing'), STATUS);
  const coloured = ok ? colors.green(status) : colors.red(status);
  const mend = fix === undefined ? '' : `; ${colors.bold(t('fix: {hint}', { hint: fix }))}`;
  return `${coloured} ${pad(t(name), NAME)} ${t(found)}${mend}`;
}

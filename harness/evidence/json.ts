import { told, ToldError } from '../told.ts';

/** How deep brackets may lie in one another; the deepest that is written has a quarter of it. */
const DEEPEST = 64;

/** A text that is no JSON, or not what it must hold. */
export class JsonError extends ToldError {
  override readonly name = 'JsonError';
}

/**
 * Reads JSON that somebody else has written.
 * @throws JsonError also where it is nested deeper than what walks through it afterwards could bear
 */
export function parseJson(text: string): unknown {
  if (isTooDeep(text))
    throw new JsonError(told('is nested deeper than {n} brackets', { n: DEEPEST }));
  try {
    return JSON.parse(text);
  } catch {
    throw new JsonError(told('is not JSON'));
  }
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/** Of what is no JSON it may say anything. */
function isTooDeep(text: string): boolean {
  let depth = 0;
  let quoted = false;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (quoted) {
      if (code === BACKSLASH) at++;
      else if (code === QUOTE) quoted = false;
    } else if (code === QUOTE) quoted = true;
    else if (code === 0x5b || code === 0x7b) {
      if (++depth > DEEPEST) return true;
    } else if (code === 0x5d || code === 0x7d) depth--;
  }
  return false;
}

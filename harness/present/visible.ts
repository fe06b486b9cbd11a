/**
 * What would be seen as nothing, move a cursor, or put letters in another order: control characters,
 * the Unicode controls of direction, what has no width, and what is no character. Tabs are text.
 */
const UNSEEN = /[^\P{Cc}\t]|[\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Default_Ignorable_Code_Point}]/gu;

/** Of JSON only what it would let through: it writes quotes, backslashes and C0 itself. */
const UNSEEN_IN_JSON = /[\x7f-\x9f]|[\p{Cf}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;

/** A line that is safe to look at: `\x1b`, `\u202e`, `\u{e0041}` stand where those characters were. */
export const visible = (text: string): string => text.replace(UNSEEN, escaped);

/** The same of text of several lines. */
export const visibleLines = (text: string): string => text.split('\n').map(visible).join('\n');

/** A value as JSON that is safe to look at, and the same value for whoever reads it. */
export const jsonText = (value: unknown, indent?: number): string =>
  JSON.stringify(value, null, indent).replace(UNSEEN_IN_JSON, (character) =>
    Array.from({ length: character.length }, (_, at) => unit(character.charCodeAt(at))).join(''),
  );

/** What may stand in JSON for something that `visible` changes. */
const MAY_HIDE =
  /\\[ubfr]|[^\P{Cc}\t\n]|[\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Default_Ignorable_Code_Point}]/u;

/** The value of JSON with all its texts as `visibleLines` shows them. */
export const parseVisible = (json: string): unknown =>
  MAY_HIDE.test(json)
    ? JSON.parse(json, (_key, value: unknown) =>
        typeof value === 'string' ? visibleLines(value) : value,
      )
    : JSON.parse(json);

function escaped(character: string): string {
  if (character === '\n') return '\\n';
  if (character === '\r') return '\\r';
  const code = character.codePointAt(0) ?? 0;
  if (code <= 0xff) return `\\x${code.toString(16).padStart(2, '0')}`;
  return code <= 0xffff ? unit(code) : `\\u{${code.toString(16)}}`;
}

const unit = (code: number): string => `\\u${code.toString(16).padStart(4, '0')}`;

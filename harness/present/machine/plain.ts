/** The pictures of control characters: U+2400 NUL, U+2401 SOH, ... */
const PICTURES = 0x2400;
const DELETE_PICTURE = '\u2421';
const REPLACEMENT = '\ufffd';
const NO_TEXT =
  /[\x80-\x9f\ufffe\uffff]|[\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Default_Ignorable_Code_Point}]/gu;

/**
 * A text that XML 1.0, YAML and line-based formats can carry: control characters other than tab and
 * line feed become their pictures (ESC: `␛`), line ends line feeds, and U+FFFD what is no character at
 * all (a lone surrogate, U+FFFE, U+FFFF), tells parsers lies about lines, reorders text or is not seen.
 */
export function plain(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(/[\0-\x08\x0b-\x1f]/g, (c) => String.fromCharCode(PICTURES + c.charCodeAt(0)))
    .replaceAll('\x7f', DELETE_PICTURE)
    .replace(NO_TEXT, REPLACEMENT);
}

/** The same in one line. */
export const plainLine = (text: string): string => plain(text).replace(/\s+/g, ' ').trim();

/** Its first line: the reason; what follows is evidence. */
export const firstLine = (text: string): string => plainLine(text.split(/[\r\n]/)[0] ?? '');

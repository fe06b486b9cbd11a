const WIDE =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/g;

/** Columns that a text takes: a Chinese character takes two (Unicode Annex 11). */
export const widthOf = (text: string): number => text.length + (text.match(WIDE)?.length ?? 0);

/** Chinese has no blanks between words: a line may end where a word does (Unicode Annex 29). */
const words = new Intl.Segmenter('zh', { granularity: 'word' });

/** The field's words, which its dictionary does not know. */
const TERMS =
  /(全连接队列|半连接队列|报文段|时间戳|套接字|计数器|描述符|缓冲区|确认号|客户端|服务器|端口|序号|握手|监听|窗口|重传|扣住|放行|丢弃|内核|主机)/;

const OPENS = /[（《“‘([]$/;
const CLOSES = /^[，。、；：！？）》”’…,.;:!?)\]]/;

/** Between what a text may be parted: at its wide characters, but not from their punctuation. */
function piecesOf(word: string): string[] {
  if (widthOf(word) === word.length) return [word];
  const pieces: string[] = [];
  const parts = word
    .split(TERMS)
    .flatMap((part) =>
      TERMS.test(part) ? [part] : [...words.segment(part)].map(({ segment }) => segment),
    );
  for (const segment of parts) {
    const last = pieces.at(-1);
    const isPart =
      last !== undefined &&
      (OPENS.test(last) || CLOSES.test(segment) || !(isWide(last.at(-1)) || isWide(segment[0])));
    if (isPart) pieces[pieces.length - 1] = last + segment;
    else pieces.push(segment);
  }
  return pieces;
}

const isWide = (character: string | undefined): boolean => widthOf(character ?? '') > 1;

/** The words of `text` in lines of at most `width` columns; a longer word has a line of its own. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.trim().split(/\s+/)) {
    for (const [i, piece] of piecesOf(word).entries()) {
      const last = lines.at(-1);
      const joined = `${last ?? ''}${i === 0 ? ' ' : ''}${piece}`;
      if (last === undefined || widthOf(joined) > width) lines.push(piece);
      else lines[lines.length - 1] = joined;
    }
  }
  return lines;
}

/** `text` with blanks behind it, or before it, up to `width` columns. */
export function pad(text: string, width: number, align: 'left' | 'right' = 'left'): string {
  const blanks = ' '.repeat(Math.max(0, width - widthOf(text)));
  return align === 'left' ? text + blanks : blanks + text;
}

/**
 * What somebody else has written, wrapped: further lines are indented, so that none of them begins as
 * a line of ours does.
 */
export const wrapQuoted = (text: string, width: number): string[] =>
  wrap(text, width - 2).map((line, i) => (i === 0 ? line : `  ${line}`));

/** `text` wrapped, its first line after `first` and the others indented as far. */
export function hang(first: string, text: string, width: number): string[] {
  const indent = ' '.repeat(widthOf(first));
  return wrap(text, width - indent.length).map((line, i) => `${i === 0 ? first : indent}${line}`);
}

/** At most `width` columns, the last one an ellipsis when there were more. */
export function truncate(text: string, width: number): string {
  if (widthOf(text) <= width) return text;
  let kept = '';
  for (const character of text) {
    if (widthOf(kept + character) >= width) break;
    kept += character;
  }
  return `${kept}…`;
}

/** `text` in as many columns, what is left filled up. A Chinese character takes two. */
export const fill = (text: string, columns: number, by = ' '): string =>
  text + by.repeat(Math.max(0, columns - widthOf(text)));

export const fillLeft = (text: string, columns: number, by = ' '): string =>
  by.repeat(Math.max(0, columns - widthOf(text))) + text;

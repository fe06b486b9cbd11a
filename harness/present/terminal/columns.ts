import { widthOf } from './wrap.ts';

/** `text` in as many columns, what is left filled up. A Chinese character takes two. */
export const fill = (text: string, columns: number, by = ' '): string =>
  text + by.repeat(Math.max(0, columns - widthOf(text)));

export const fillLeft = (text: string, columns: number, by = ' '): string =>
  by.repeat(Math.max(0, columns - widthOf(text))) + text;

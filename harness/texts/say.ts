/** A text of ours for people in their language; `{name}` in it stands for a parameter. */
export type Say = (text: string, params?: Params) => string;
export type Params = Readonly<Record<string, string | number>>;

/** The texts as they stand in the code. */
export const english: Say = (text, params = {}) => fill(text, params);

/** Puts the parameters in their places. */
export const fill = (text: string, params: Params): string =>
  text.replace(PLACE, (place, name: string) => String(params[name] ?? place));

/** Where a parameter stands; its name says of what kind it is (`PLACES` in template.ts). */
export const PLACE = /\{(\w+)\}/g;

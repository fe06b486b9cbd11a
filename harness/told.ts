/**
 * What we tell people, as data: sentences are made of it where it is shown, in the reader's language.
 * Errors, remarks and findings carry it, and runs record it.
 */
export interface Told {
  /** The English text, as it stands in the code and is found in a catalogue; `{name}` is a place. */
  readonly text: string;
  /** What stands in its places. */
  readonly params?: Params;
}

/**
 * A string stands as it is: a name, a command, what Docker or the kernel said. What is told is said in
 * turn; of a list each, one clause beside the other.
 */
export type Param = string | number | Told | readonly Told[];
export type Params = Readonly<Record<string, Param>>;

export const told = (text: string, params?: Params): Told =>
  params === undefined ? { text } : { text, params };

/** What somebody else has said, word for word: it is the same in every language. */
export const verbatim = (words: string): Told => ({ text: '{words}', params: { words } });

/** Clauses that stand beside each other. */
export const beside = (clauses: readonly Told[]): Told => told('{clauses}', { clauses });

/** What parts them. */
const BESIDE = told('; ');

/** Puts what stands in the places of a text there; what is told is said by `say`. */
export function fill(text: string, params: Params, say: (told: Told) => string): string {
  const said = (param: Param): string => {
    if (typeof param !== 'object') return String(param);
    return 'text' in param ? say(param) : param.map(say).join(say(BESIDE));
  };
  return text.replace(PLACE, (place, name: string) => {
    const param = Object.hasOwn(params, name) ? params[name] : undefined;
    return param === undefined ? place : said(param);
  });
}

const PLACE = /\{(\w+)\}/g;

/** The sentence as it stands in the code. */
export const inEnglish = ({ text, params = {} }: Told): string => fill(text, params, inEnglish);

/** An error that can be told in the reader's language; its `message` is English. */
export class ToldError extends Error {
  readonly told: Told;
  constructor(told: Told, options?: ErrorOptions) {
    super(inEnglish(told), options);
    this.told = told;
  }
}

/** What an error tells: one that is not of ours has words of its own. */
export const toldBy = (error: unknown): Told =>
  error instanceof ToldError
    ? error.told
    : verbatim(error instanceof Error ? error.message : String(error));

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

/** A string stands as it is: a name, a command, what the kernel said. What is told is said in turn. */
export type Param = string | number | Told;
export type Params = Readonly<Record<string, Param>>;

export const told = (text: string, params?: Params): Told =>
  params === undefined ? { text } : { text, params };

/** What somebody else has said, word for word: it is the same in every language. */
export const verbatim = (words: string): Told => ({ text: '{words}', params: { words } });

/** Clauses beside each other. */
export const beside = (clauses: readonly Told[]): Told =>
  joined(clauses, (one, other) => told('{one}; {other}', { one, other }));

/** Items of a list. */
export const listed = (items: readonly Told[]): Told =>
  joined(items, (list, item) => told('{list}, {item}', { list, item }));

const joined = (all: readonly Told[], join: (one: Told, other: Told) => Told): Told =>
  all.length === 0 ? verbatim('') : all.reduce(join);

/** Puts what stands in the places of a text there; what is told is said by `say`. */
export function fill(text: string, params: Params, say: (told: Told) => string): string {
  return text.replace(PLACE, (place, name: string) => {
    const param = Object.hasOwn(params, name) ? params[name] : undefined;
    return typeof param === 'object' ? say(param) : String(param ?? place);
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

/** What somebody wrote in a notation of ours cannot be understood: nothing was tried. */
export class NotationError extends ToldError {}

/** What an error tells: one that is not of ours has words of its own. */
export const toldBy = (error: unknown): Told =>
  error instanceof ToldError
    ? error.told
    : verbatim(error instanceof Error ? error.message : String(error));
